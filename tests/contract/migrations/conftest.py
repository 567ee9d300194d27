"""Databases of each kind: empty ones, and ones of the newest version."""

from collections.abc import AsyncIterator

import pytest

from adapters.persistence.sql import SqlStorage, open_database, open_storage
from adapters.persistence.sql_database import Database, PoolSettings
from support.clock import ManualClock


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of a database with nothing in it; of a migrated one for a test that says `migrated`."""
    # A copy of one that was migrated once: the way there, which other tests walk, takes more than a second.
    state = "" if "migrated" in request.fixturenames else "empty_"
    return str(request.getfixturevalue(f"{state}{request.param}_url"))


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """Connections past the storage, as somebody with a SQL prompt has them."""
    opened = open_database(url, PoolSettings(size=2))
    yield opened
    await opened.close()


@pytest.fixture
async def storage(url: str) -> AsyncIterator[SqlStorage]:
    """A storage over the same database, not migrated yet."""
    opened = open_storage(url, clock=ManualClock())
    yield opened
    await opened.close()


@pytest.fixture
def migrated(storage: SqlStorage) -> SqlStorage:
    """A storage over a database of the newest version."""
    return storage
