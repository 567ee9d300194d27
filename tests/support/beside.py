"""An event loop in a thread, for servers that must answer while the test itself waits for something else."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass
class Beside:
    """What is given to it is done in its loop."""

    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """What came of it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=60)

    @contextmanager
    def holding(self, held: AbstractAsyncContextManager[T]) -> Iterator[T]:
        """What is held there for as long as the block lasts."""
        ready: Future[T] = Future()
        over = asyncio.Event()

        async def hold() -> None:
            async with held as value:
                ready.set_result(value)
                await over.wait()

        holding = asyncio.run_coroutine_threadsafe(hold(), self.loop)
        holding.add_done_callback(lambda ended: ready.done() or ready.set_exception(ended.exception()))
        try:
            yield ready.result(timeout=60)
        finally:
            self.loop.call_soon_threadsafe(over.set)
            holding.result(timeout=60)


@contextmanager
def beside() -> Iterator[Beside]:
    """One that runs for as long as the block lasts."""
    made = Beside()
    thread = threading.Thread(target=made.loop.run_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.loop.call_soon_threadsafe(made.loop.stop)
        thread.join()
        made.loop.close()
