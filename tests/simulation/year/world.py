"""What a simulated year is made of: its time, its chance, its storage with pauses, its weather and its providers afar."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from inspect import iscoroutinefunction
from random import Random
from typing import Any

from adapters.persistence.memory import MemoryStorage, places
from scheduling_core.errors import ProviderUnavailable
from scheduling_core.instants import Interval
from scheduling_core.ports.storage import Unit
from scheduling_core.ports.system import Clock
from scheduling_core.tasks import Task

DEADLINE = 10.0
"""Seconds after which a call to a provider that does not answer is given up."""


class LoopClock:
    """Goes by the event loop's time, which is virtual. Matches ports.system.Clock."""

    def __init__(self, start: datetime) -> None:
        self._start = start

    def now(self) -> datetime:
        return self._start + timedelta(seconds=asyncio.get_running_loop().time())

    async def until(self, instant: datetime) -> None:
        """Wait for it; past ones are there already."""
        await asyncio.sleep(max(0.0, (instant - self.now()).total_seconds()))


class PausingStorage(MemoryStorage):
    """Lets others in before and within its transactions, as a network between process and database would."""

    def __init__(self, clock: Clock, random: Random, *, after_tasks: Callable[[], None]) -> None:
        super().__init__(clock, after_tasks=after_tasks)
        self._random = random

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        await self._pause()
        async with super().reading() as unit:
            yield unit

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Unit]:
        await self._pause()
        async with super().writing() as unit:
            yield unit
            await self._pause()

    def next_due(self) -> datetime | None:
        """When there is something to do next, somebody's lost lease included."""
        best: datetime | None = None
        for due_at, key in self._tables.tasks.group(places.due_tasks, places.EVERYBODY):
            if best is not None and due_at >= best:
                break
            task: Task = self._tables.tasks.rows[key]
            free_at = due_at if task.leased_until is None else max(due_at, task.leased_until)
            best = free_at if best is None else min(best, free_at)
        return best

    async def _pause(self) -> None:
        await asyncio.sleep(self._random.random() * 0.01)


@dataclass(slots=True)
class Weather:
    """How the providers are: away in every one of `storms`, otherwise slow, and now and then without an answer."""

    clock: Clock
    random: Random
    storms: Sequence[Interval]
    failing: float = 0.01

    def away(self) -> bool:
        now = self.clock.now()
        return any(storm.start <= now < storm.end for storm in self.storms)

    async def travel(self) -> None:
        await asyncio.sleep(0.02 + self.random.random() * 0.5)


class Afar:
    """A provider at the far end of a network: each of its calls takes time, may never arrive, and may lose its answer."""

    def __init__(self, provider: object, weather: Weather) -> None:
        self._provider, self._weather = provider, weather

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._provider, name)
        return self._called(found) if iscoroutinefunction(found) else found

    def _called(self, method: Callable[..., Coroutine[Any, Any, Any]]) -> Callable[..., Coroutine[Any, Any, Any]]:
        async def call(*args: Any, **kwargs: Any) -> Any:
            weather = self._weather
            await weather.travel()
            if weather.away():
                await asyncio.sleep(DEADLINE)
                raise ProviderUnavailable("nobody answers")
            if weather.random.random() < weather.failing:
                raise ProviderUnavailable("the call was lost")
            answer = await method(*args, **kwargs)
            await weather.travel()
            if weather.random.random() < weather.failing:
                raise ProviderUnavailable("the answer was lost")
            return answer

        return call
