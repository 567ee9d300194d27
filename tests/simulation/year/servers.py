"""Processes of the product: they handle requests, deliver tasks, and die without a warning."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from simulation.year.world import LoopClock, PausingStorage
from support.clinic import Clinic

T = TypeVar("T")
LOOPS = 2
TIDY_EVERY = 3600.0
POLL = 1.0
LONGEST_REST = 3600.0


class Unreachable(Exception):
    """The process is gone: whether what was asked of it was done, nobody can say."""


class Server:
    """One process. `clinic` is its wiring over the storage that all share; `ring` is heard by all of them."""

    def __init__(self, clinic: Clinic, storage: PausingStorage, clock: LoopClock) -> None:
        self.clinic = clinic
        self._storage, self._clock = storage, clock
        self._bell = asyncio.Event()
        self._running: set[asyncio.Task[Any]] = set()
        self.alive = False

    def start(self) -> None:
        self.alive = True
        for _ in range(LOOPS):
            self._run(self._deliver())
        self._run(self._tidy())

    def ring(self) -> None:
        self._bell.set()

    async def handle(self, verb: Callable[[Clinic], Awaitable[T]]) -> T:
        """A request to this process. Raise Unreachable when it is down, or dies meanwhile."""
        if not self.alive:
            raise Unreachable
        work = self._run(self._asked(verb))
        await asyncio.wait([work])
        if work.cancelled():
            raise Unreachable
        return work.result()

    async def die(self) -> None:
        """At once, in the middle of whatever it does."""
        self.alive = False
        dying = list(self._running)
        for task in dying:
            task.cancel()
        for task in dying:
            with suppress(asyncio.CancelledError, Exception):
                await task

    async def _asked(self, verb: Callable[[Clinic], Awaitable[T]]) -> T:
        return await verb(self.clinic)

    def _run(self, work: Any) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _deliver(self) -> None:
        """As the product's own runner does, but that it knows when something will be due and need not look before."""
        while True:
            self._bell.clear()
            due = self._storage.next_due()
            ahead = LONGEST_REST if due is None else (due - self._clock.now()) / timedelta(seconds=1)
            if ahead <= 0:
                if await self.clinic.deliver_tasks(limit=4):
                    continue
                ahead = POLL
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), min(ahead + 0.001, LONGEST_REST))

    async def _tidy(self) -> None:
        while True:
            await self.clinic.expire_holds()
            await asyncio.sleep(TIDY_EVERY)
