"""Waiting in virtual time ends, however long the loop has lived through."""

import asyncio

import pytest

from support.virtual_time import run_in_virtual_time


@pytest.mark.parametrize("lived", [0.0, 2.0**24, 2.0**32])
def test_a_short_wait_ends_after_any_long_one(lived: float) -> None:
    # From 2 ** 24 seconds on, half a year, two moments a nanosecond apart are the same float.
    async def wait() -> float:
        await asyncio.sleep(lived)
        for _ in range(3):
            await asyncio.sleep(0.5)
        return asyncio.get_running_loop().time()

    assert run_in_virtual_time(wait()) == lived + 1.5
