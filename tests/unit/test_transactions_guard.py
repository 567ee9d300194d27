"""No provider is called while a transaction is open, and whoever tries is stopped."""

import asyncio

import pytest

from adapters.kit.simulator_state import SimulatorState
from adapters.kit.transactions import CalledInsideTransaction, require_no_transaction
from adapters.persistence.memory import MemoryStorage
from support.clock import ManualClock


@pytest.mark.parametrize("kind", ["reading", "writing"])
async def test_a_provider_called_inside_a_transaction_is_stopped(kind: str) -> None:
    storage, state = MemoryStorage(ManualClock()), SimulatorState()
    async with getattr(storage, kind)():
        with pytest.raises(CalledInsideTransaction):
            await state.read(lambda books: None)
    assert await state.read(lambda books: "outside") == "outside"
    await state.close()


async def test_a_transaction_of_another_task_does_not_count() -> None:
    storage, inside, leave = MemoryStorage(ManualClock()), asyncio.Event(), asyncio.Event()

    async def other() -> None:
        async with storage.reading():
            inside.set()
            await leave.wait()

    task = asyncio.create_task(other())
    await inside.wait()
    require_no_transaction()
    leave.set()
    await task


async def test_a_transaction_that_failed_no_longer_counts() -> None:
    with pytest.raises(LookupError):
        async with MemoryStorage(ManualClock()).writing():
            raise LookupError
    require_no_transaction()
