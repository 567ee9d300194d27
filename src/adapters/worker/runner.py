"""What delivers tasks and tidies lapsed holds, beside the HTTP server or in a process of its own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog

from adapters.worker.hands import Deliveries, Hands
from scheduling_core.errors import Refusal

log = structlog.get_logger(__name__)

Work = Callable[[], Awaitable[int]]
"""Does some of what is due and answers how much it was."""


@dataclass(frozen=True, slots=True)
class Round:
    """Work of its own loop: done again at once while there is some, and otherwise `every` so many seconds."""

    work: Work
    every: float


class Bell:
    """Rung after a commit that wrote tasks, so that this process looks at once instead of at its next round."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, timeout: float) -> None:  # the wait's own bound is the point, not a deadline
        """Until it is rung, `timeout` seconds at most."""
        try:
            await asyncio.wait_for(self._rung.wait(), timeout)
        except TimeoutError:
            return
        self._rung.clear()


class Runner:
    """Delivers what is due, many tasks at once, and runs `tidy` and each of the `rounds` in a loop of its own.

    A loop outlives every failure: a database that is away is asked again after a pause. Stopping lets what is in hand
    finish within `grace` seconds; what does not is taken up again by any process when its lease ends.
    """

    def __init__(
        self,
        deliveries: Deliveries,
        tidy: Work,
        bell: Bell,
        *,
        rounds: Sequence[Round] = (),
        poll: float = 1.0,
        tidy_every: float = 15.0,
        grace: float = 10.0,
    ) -> None:
        self._hands, self._bell = Hands(deliveries, bell.ring), bell
        self._rounds = (Round(tidy, tidy_every), *rounds)
        self._poll, self._grace = poll, grace
        self._stopping = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work goes on for as long as the block lasts."""
        tasks = [asyncio.create_task(self._repeat(self._hands.work, self._rest))]
        tasks += [asyncio.create_task(self._repeat(each.work, self._pause_for(each.every))) for each in self._rounds]
        try:
            yield
        finally:
            self._stopping.set()
            self._bell.ring()
            over = asyncio.get_running_loop().time() + self._grace
            _, late = await asyncio.wait(tasks, timeout=self._grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._hands.let_go(grace=max(0.0, over - asyncio.get_running_loop().time()))

    async def forever(self) -> None:
        """Work until cancelled."""
        async with self.running():
            await self._stopping.wait()

    async def _repeat(self, work: Work, rest: Callable[[], Awaitable[None]]) -> None:
        while not self._stopping.is_set():
            try:
                done = await work()
            except (Refusal, OSError) as trouble:
                log.warning("worker_pauses", error=repr(trouble))
                done = 0
            except Exception:
                log.exception("worker_failed")
                done = 0
            if not done:
                await rest()

    async def _rest(self) -> None:
        if not self._stopping.is_set():
            await self._bell.wait(self._poll)

    def _pause_for(self, seconds: float) -> Callable[[], Awaitable[None]]:
        async def pause() -> None:
            try:
                await asyncio.wait_for(self._stopping.wait(), seconds)
            except TimeoutError:
                return

        return pause
