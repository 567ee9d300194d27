"""Databases of each kind: empty ones, and ones brought to the newest version by the storage itself."""

from collections.abc import AsyncIterator

import pytest

from adapters.persistence.sql import SqlStorage, open_database, open_storage
from adapters.persistence.sql_database import Database, PoolSettings
from support.clock import ManualClock


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """The address of a database with nothing in it."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))


@pytest.fixture
async def database(empty_url: str) -> AsyncIterator[Database]:
    """Connections past the storage, as somebody with a SQL prompt has them."""
    opened = open_database(empty_url, PoolSettings(size=2))
    yield opened
    await opened.close()


@pytest.fixture
async def storage(empty_url: str) -> AsyncIterator[SqlStorage]:
    """A storage over the same database, not migrated yet."""
    opened = open_storage(empty_url, clock=ManualClock())
    yield opened
    await opened.close()


@pytest.fixture
async def migrated(storage: SqlStorage) -> SqlStorage:
    await storage.migrate()
    return storage
