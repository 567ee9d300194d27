"""Calls of libraries that block, each in a thread of its own: whoever waits for one can stop waiting."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")


def in_thread(work: Callable[[], T], *, name: str, ended: Callable[[], None]) -> "asyncio.Future[T]":
    """What `work` answers or raises. `ended` is called in the event loop when the thread is through, awaited or not, and at once
    if it cannot begin (RuntimeError).

    No executor has a place for it, so that one which hangs blocks none; and the thread is a daemon: the process can end
    without it. Cancelling the future only stops the waiting.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()
    context = copy_context()

    def settle(result: T | None, error: BaseException | None) -> None:
        ended()
        if answer.done():
            return
        if error is None:
            answer.set_result(result)  # type: ignore[arg-type]  # None only where T is
        else:
            answer.set_exception(error)

    def run() -> None:
        result, error = None, None
        try:
            result = context.run(work)
        except BaseException as trouble:  # noqa: BLE001  # raised again where it is awaited
            error = trouble
        # A loop that was closed meanwhile has nobody left who waits.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, result, error)

    try:
        threading.Thread(target=run, name=name, daemon=True).start()
    except RuntimeError:
        # The process may have no more of them: then nothing has begun, and nothing will end by itself.
        ended()
        raise
    return answer
