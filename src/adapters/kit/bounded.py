"""Slow work of our own, off the event loop and never more than a few at once."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from scheduling_core.errors import ProviderUnavailable

T = TypeVar("T")


class BoundedThreads:
    """So many `threads`, and `waiting` in a queue at most: beyond it callers are sent away at once. `close` it at the end."""

    def __init__(self, name: str, *, threads: int = 2, waiting: int = 16) -> None:
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)
        self._room = threads + waiting
        self._inside = 0

    async def run(self, work: Callable[[], T]) -> T:
        """What it answers or raises. Raise ProviderUnavailable when the queue is full."""
        if self._inside >= self._room:
            raise ProviderUnavailable
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._inside -= 1

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown()
