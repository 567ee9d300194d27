"""A storage and providers that can die at a chosen moment: before or after the n-th thing that leaves the process."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from scheduling_core.ids import DoctorId
from scheduling_core.instants import Interval
from scheduling_core.ports.schedules import Glance
from scheduling_core.ports.storage import Storage, Unit


class Died(BaseException):
    """The process is gone: nothing of it, no handler either, runs any more."""


@dataclass
class Fate:
    """Dies at the step with this number. `seen` names the steps that were reached."""

    at: int
    after: bool
    seen: list[str]

    def before_step(self, name: str) -> None:
        self.seen.append(name)
        if len(self.seen) == self.at and not self.after:
            raise Died(name)

    def after_step(self) -> None:
        if len(self.seen) == self.at and self.after:
            raise Died(self.seen[-1])


class DyingStorage:
    """Each commit is a step. Dying before it rolls back, as a database does with whoever is gone."""

    def __init__(self, storage: Storage, fate: Fate) -> None:
        self._storage, self._fate = storage, fate

    def reading(self) -> AbstractAsyncContextManager[Unit]:
        return self._storage.reading()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Unit]:
        async with self._storage.writing() as unit:
            yield unit
            self._fate.before_step("commit")
        self._fate.after_step()

    async def glance(self, doctor_id: DoctorId, within: Interval) -> Glance:
        return await self._storage.glance(doctor_id, within)

    async def listed_version(self, doctor_id: DoctorId) -> int:
        return await self._storage.listed_version(doctor_id)

    async def foremost(self, specialization: str | None, *, limit: int) -> str:
        return await self._storage.foremost(specialization, limit=limit)

    async def ready(self) -> bool:
        return await self._storage.ready()


class Dying:
    """Each call of this provider is a step: before it nothing was done, after it nobody learned of it."""

    def __init__(self, provider: object, fate: Fate) -> None:
        self._provider, self._fate = provider, fate

    def __getattr__(self, name: str) -> object:
        method = getattr(self._provider, name)
        if name.startswith("read_") or not callable(method):
            return method

        async def step(*args: object, **kwargs: object) -> object:
            self._fate.before_step(name)
            answer = await method(*args, **kwargs)
            self._fate.after_step()
            return answer

        return step
