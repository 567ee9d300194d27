"""SQL storages over migrated databases, each with its clock and with engines that a test may reach into."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_engines import Engines, PoolSettings, open_engines
from support.clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def open_engines_with(request: pytest.FixtureRequest) -> AsyncIterator[Callable[[str, PoolSettings], Engines]]:
    """Opens engines that end with the test."""
    opened: list[Engines] = []

    def make(url: str, pool: PoolSettings) -> Engines:
        opened.append(open_engines(url, pool))
        return opened[-1]

    yield make
    for engines in opened:
        await engines.dispose()


@pytest.fixture
def engines(database_url: str, open_engines_with: Callable[[str, PoolSettings], Engines]) -> Engines:
    return open_engines_with(database_url, PoolSettings(size=20))


@pytest.fixture
def storage(engines: Engines, clock: ManualClock) -> SqlStorage:
    return SqlStorage(engines, clock, None)
