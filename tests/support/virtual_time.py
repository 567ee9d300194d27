"""A loop whose time is virtual: hours of waiting pass in no time, in the same order on every run."""

import asyncio
import heapq
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Deadlock(Exception):
    """Everybody waits for somebody, and nothing will ever happen."""


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """Leaps to the next timer as soon as nobody is ready to run. Knows timers and tasks only: no sockets, no threads."""

    _ready: Any  # asyncio's own: who can run now
    _scheduled: Any  # asyncio's own: timers, the next one first
    _clock_resolution: float  # asyncio's own: what is due within it is due now
    _timer_cancelled_count: int  # asyncio's own: how many of them nobody waits for any more

    def __init__(self) -> None:
        super().__init__()
        self._virtual = 0.0
        # Finer than this a float cannot tell moments apart after half a year, and a timer that is due would never run.
        self._clock_resolution = 1e-6

    def time(self) -> float:
        return self._virtual

    def _run_once(self) -> None:
        if not self._ready:
            # Left to itself the loop would sleep in real time for what comes after them.
            while self._scheduled and self._scheduled[0].cancelled():
                heapq.heappop(self._scheduled)._scheduled = False
                self._timer_cancelled_count -= 1
            if not self._scheduled:
                raise Deadlock
            self._virtual = max(self._virtual, self._scheduled[0].when())
        super()._run_once()  # type: ignore[misc]  # asyncio's own


def run_in_virtual_time(coroutine: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(coroutine)
