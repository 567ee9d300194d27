"""Rivals in tests: who waits for whom."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_NOTICEABLE = 0.15
_DEADLINE = 15.0


async def begin(rival: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """The rival, started, and given time to get as far as it can."""
    task = asyncio.create_task(rival)
    await asyncio.wait({task}, timeout=_NOTICEABLE)
    return task


async def begin_waiting(rival: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """The rival, started, and found waiting for somebody."""
    task = await begin(rival)
    assert not task.done(), "it went ahead although it had to wait"
    return task


async def outcome(rival: asyncio.Task[T]) -> T:
    """What became of the rival, which must not wait for ever."""
    return await asyncio.wait_for(rival, _DEADLINE)


async def outcomes(*rivals: Coroutine[Any, Any, T]) -> list[T | BaseException]:
    """What became of rivals who all began at once, refusals included."""
    return await asyncio.wait_for(asyncio.gather(*rivals, return_exceptions=True), 2 * _DEADLINE)
