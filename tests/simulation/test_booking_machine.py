"""Thousands of random operations: no overlap, no unexplained cent, every refusal foretold by the model."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from adapters.persistence.memory import MemoryStorage
from adapters.persistence.sql import open_storage
from scheduling_core.ports.storage import Storage
from simulation.machine import BookingMachine
from simulation.moving import MovingMachine
from support.clock import ManualClock

MEMORY = settings(max_examples=250, stateful_step_count=100, deadline=None, suppress_health_check=list(HealthCheck))
DATABASE = settings(max_examples=24, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck))


class InMemory(MovingMachine):
    @staticmethod
    async def open_storage(clock: ManualClock) -> Storage:
        return MemoryStorage(clock)

    @staticmethod
    async def close_storage(storage: Storage) -> None:
        return None


def over_database(url: str) -> type[BookingMachine]:
    """The machine over the migrated database at `url`."""

    class OverDatabase(MovingMachine):
        @staticmethod
        async def open_storage(clock: ManualClock) -> Storage:
            return open_storage(url, clock=clock)

        @staticmethod
        async def close_storage(storage: Storage) -> None:
            await storage.close()  # type: ignore[attr-defined]  # only what has connections has a close

    return OverDatabase


def agree(machine: type[BookingMachine]) -> None:
    run_state_machine_as_test(machine, settings=DATABASE)
    assert machine.operations >= 1_000


def test_agrees_with_the_model_in_memory() -> None:
    run_state_machine_as_test(InMemory, settings=MEMORY)
    assert InMemory.operations >= 25_000


def test_agrees_with_the_model_on_sqlite(sqlite_url: str) -> None:
    agree(over_database(sqlite_url))


def test_agrees_with_the_model_on_postgresql(postgresql_url: str) -> None:
    agree(over_database(postgresql_url))
