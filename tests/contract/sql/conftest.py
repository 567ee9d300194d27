"""SQL storages over migrated databases, each with its clock and with a database that a test may reach into."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters.persistence import sql_rounds
from adapters.persistence.sql import SqlStorage, open_database
from adapters.persistence.sql_database import Database, PoolSettings
from contract.sql.meeting import InterruptedDatabase, Meeting
from support.clinic import Clinic
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


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, claims that may go together do."""
    monkeypatch.setattr(sql_rounds, "LONGEST_ALONE", 30.0)
    monkeypatch.setattr(sql_rounds, "LONGEST_ROUND", 30.0)
    monkeypatch.setattr(sql_rounds, "LONGEST_DECISION", 30.0)


@pytest.fixture
async def meeting(database: Database, clock: ManualClock) -> AsyncIterator[Meeting]:
    interrupted = InterruptedDatabase(database)
    clinic = Clinic(SqlStorage(interrupted, clock), clock)
    yield Meeting(clinic, interrupted)
    await clinic.close()
