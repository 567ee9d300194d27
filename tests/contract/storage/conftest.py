"""The storages that keep the promises of ports/storage.py: every test here runs over each of them."""

from collections.abc import AsyncIterator

import pytest

from adapters.persistence.memory import MemoryStorage
from adapters.persistence.sql import open_storage
from scheduling_core.ports.storage import Storage
from support.clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def woken() -> list[str]:
    """A line for each time that the storage said that there are tasks to do."""
    return []


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def storage(request: pytest.FixtureRequest, clock: ManualClock, woken: list[str]) -> AsyncIterator[Storage]:
    def after_tasks() -> None:
        woken.append("tasks")

    if request.param == "memory":
        yield MemoryStorage(clock, after_tasks=after_tasks)
        return
    stored = open_storage(request.getfixturevalue(f"empty_{request.param}_url"), clock=clock, after_tasks=after_tasks)
    await stored.migrate()
    yield stored
    await stored.close()
