"""What goes on beside a test, in a thread with an event loop of its own: mail that arrives, people who ask."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class Background:
    """An event loop that turns while the test does something else."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="beside the test")

    def do(self, work: Coroutine[Any, Any, T], *, seconds: float = 120) -> T:
        """Wait for it here."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(seconds)

    @contextmanager
    def holding(self, manager: AbstractAsyncContextManager[T]) -> Iterator[T]:
        """An asynchronous context, opened and closed over there."""
        opened = self.do(manager.__aenter__())
        try:
            yield opened
        finally:
            self.do(manager.__aexit__(None, None, None))


@contextmanager
def background() -> Iterator[Background]:
    beside = Background()
    beside._thread.start()
    try:
        yield beside
    finally:
        beside.loop.call_soon_threadsafe(beside.loop.stop)
        beside._thread.join()
        beside.loop.close()
