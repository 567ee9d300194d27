"""SQL storages over migrated databases, each with its clock and with a database that a test may reach into."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters.persistence.sql import SqlStorage, open_database
from adapters.persistence.sql_database import Database, PoolSettings
from support.clock import ManualClock


@pytest.fixture
async def open_with(request: pytest.FixtureRequest) -> AsyncIterator[Callable[[str, PoolSettings], Database]]:
    """Opens databases that are closed with the test."""
    opened: list[Database] = []

    def make(url: str, pool: PoolSettings) -> Database:
        opened.append(open_database(url, pool))
        return opened[-1]

    yield make
    for database in opened:
        await database.close()


@pytest.fixture
def database(database_url: str, open_with: Callable[[str, PoolSettings], Database]) -> Database:
    return open_with(database_url, PoolSettings(size=20))


@pytest.fixture
def storage(database: Database, clock: ManualClock) -> SqlStorage:
    return SqlStorage(database, clock, None)
