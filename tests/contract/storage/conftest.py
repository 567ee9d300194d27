"""The storages that keep the promises of ports/storage.py: every test here runs over each of them."""

from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from adapters.persistence.memory import MemoryStorage
from adapters.persistence.sql import open_storage
from scheduling_core.ports.storage import Storage
from servers.databases import drop_postgresql, fresh_postgresql
from support.clock import ManualClock

# TRUNCATE makes every table and index anew, which costs more than deleting a handful of rows.
_EMPTYING = """
SELECT string_agg(format('DELETE FROM %I', tablename), '; ') FROM pg_tables
WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""


@pytest.fixture
def woken() -> list[str]:
    """A line for each time that the storage said that there are tasks to do."""
    return []


@pytest.fixture(scope="session")
def shared_postgresql_url() -> Iterator[str]:
    """One database for all tests of this suite: making one for each would cost more than the tests themselves."""
    url = fresh_postgresql()
    yield url
    drop_postgresql(url)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def storage(request: pytest.FixtureRequest, clock: ManualClock, woken: list[str]) -> AsyncIterator[Storage]:
    def after_tasks() -> None:
        woken.append("tasks")

    if request.param == "memory":
        yield MemoryStorage(clock, after_tasks=after_tasks)
        return
    if request.param == "postgresql":
        url = request.getfixturevalue("shared_postgresql_url")
        await _empty(url)
    else:
        url = request.getfixturevalue("sqlite_url")
    stored = open_storage(url, clock=clock, after_tasks=after_tasks)
    yield stored
    await stored.close()


async def _empty(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        # History refuses to be emptied, except where triggers are told to sleep.
        await connection.execute("SET session_replication_role = replica")
        await connection.execute(await connection.fetchval(_EMPTYING))
    finally:
        await connection.close()
