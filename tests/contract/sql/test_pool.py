"""Connections that are lent: never more than there may be, none that is known to be gone, and none left at the end."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import asyncpg
import pytest

from adapters.persistence.sql_pool import Pool
from support.until import until

LONG, SHORT = 30.0, 0.05


@pytest.fixture
async def make(postgresql_url: str) -> AsyncIterator[Callable[..., Pool]]:
    """Pools that are closed with the test."""
    made: list[Pool] = []

    def make(**settings: Any) -> Pool:
        async def connect() -> Any:
            return await asyncpg.connect(postgresql_url)

        made.append(Pool(connect, **{"size": 2, "wait_seconds": LONG, **settings}))
        return made[-1]

    yield make
    for pool in made:
        await pool.close(SHORT)


async def test_lends_again_what_came_back_last(make: Callable[..., Pool]) -> None:
    pool = make()
    first, second = await pool.lend(), await pool.lend()
    assert first is not second
    pool.release(first)
    pool.release(second)
    assert await pool.lend() is second
    assert await pool.lend() is first
    assert await first.fetchval("SELECT 1") == 1
    pool.release(first)
    pool.release(second)


async def test_has_no_more_than_it_may_and_lets_nobody_wait_for_ever(make: Callable[..., Pool]) -> None:
    pool = make(size=1, wait_seconds=SHORT)
    only = await pool.lend()
    with pytest.raises(TimeoutError):
        await pool.lend()
    pool.release(only)
    assert await pool.lend() is only
    pool.release(only)


async def test_whoever_waits_gets_what_comes_back_before_those_who_come_later(make: Callable[..., Pool]) -> None:
    pool, order = make(size=1), []

    async def use(name: str) -> None:
        lent = await pool.lend()
        order.append(name)
        pool.release(lent)

    only = await pool.lend()
    waiting = asyncio.create_task(use("first"))
    await asyncio.sleep(0)
    pool.release(only)
    await use("second")
    await waiting
    assert order == ["first", "second"]


async def test_what_is_gone_is_not_lent_again(make: Callable[..., Pool]) -> None:
    pool = make(size=1)
    gone = await pool.lend()
    gone.terminate()
    pool.release(gone)
    fresh = await pool.lend()
    assert await fresh.fetchval("SELECT 1") == 1
    pool.release(fresh)
    fresh.terminate()
    another = await pool.lend()
    assert await another.fetchval("SELECT 1") == 1
    pool.release(another)


async def test_whoever_gives_up_waiting_takes_no_place(make: Callable[..., Pool]) -> None:
    pool = make(size=1)
    only = await pool.lend()
    waiting = asyncio.create_task(pool.lend())
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    pool.release(only)
    assert await pool.lend() is only
    pool.release(only)


async def test_a_connection_that_cannot_be_made_takes_no_place() -> None:
    async def refuse() -> Any:
        raise ConnectionRefusedError

    pool = Pool(refuse, size=1, wait_seconds=LONG)
    for _ in range(3):
        with pytest.raises(ConnectionRefusedError):
            await pool.lend()
    await pool.close(LONG)


async def test_ends_what_was_idle_for_long(make: Callable[..., Pool]) -> None:
    pool = make(idle_seconds=SHORT)
    idle = await pool.lend()
    pool.release(idle)
    await until(idle.is_closed)
    fresh = await pool.lend()
    assert fresh is not idle
    pool.release(fresh)


async def test_closing_waits_for_what_is_lent(make: Callable[..., Pool]) -> None:
    pool = make()
    lent = await pool.lend()
    closing = asyncio.create_task(pool.close(LONG))
    await asyncio.sleep(0)
    assert await lent.fetchval("SELECT 1") == 1
    pool.release(lent)
    await closing
    assert lent.is_closed()


async def test_closing_ends_by_force_what_does_not_come_back(postgresql_url: str) -> None:
    async def connect() -> Any:
        return await asyncpg.connect(postgresql_url)

    pool = Pool(connect, size=1, wait_seconds=LONG)
    kept = await pool.lend()
    await pool.close(SHORT)
    assert kept.is_closed()
    pool.release(kept)
