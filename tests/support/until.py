"""Waiting in an event loop for what is true soon."""

import asyncio
from collections.abc import Callable

_DEADLINE = 15.0


async def until(condition: Callable[[], bool]) -> None:
    """Return once it is true. Raise AssertionError when it is not in time."""
    loop = asyncio.get_running_loop()
    end = loop.time() + _DEADLINE
    while not condition():
        assert loop.time() < end, "it never came true"
        await asyncio.sleep(0.01)
