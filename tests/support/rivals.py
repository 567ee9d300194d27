"""Storage in which somebody else is always a little faster."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from scheduling_core.errors import Outdated
from scheduling_core.ids import DoctorId
from scheduling_core.instants import Interval
from scheduling_core.ports.schedules import Glance
from scheduling_core.ports.storage import Storage, Unit


class ContestedStorage:
    """Matches ports.storage.Storage. The first `times` transactions that write find, at their end, that a rival was first."""

    def __init__(self, storage: Storage, *, times: int) -> None:
        self._storage, self._times = storage, times

    def reading(self) -> AbstractAsyncContextManager[Unit]:
        return self._storage.reading()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Unit]:
        async with self._storage.writing() as unit:
            yield unit
            if self._times:
                self._times -= 1
                raise Outdated

    async def glance(self, doctor_id: DoctorId, within: Interval) -> Glance:
        return await self._storage.glance(doctor_id, within)

    async def listed_version(self, doctor_id: DoctorId) -> int:
        return await self._storage.listed_version(doctor_id)

    async def ready(self) -> bool:
        return await self._storage.ready()
