"""The storages that keep the promises of ports/storage.py: every test here runs over each of them."""

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.ports.storage import Storage
from support.clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def woken() -> list[str]:
    """A line for each time that the storage said that there are tasks to do."""
    return []


@pytest.fixture(params=["memory"])
async def storage(request: pytest.FixtureRequest, clock: ManualClock, woken: list[str]) -> Storage:
    return MemoryStorage(clock, after_tasks=lambda: woken.append("tasks"))
