"""25,000 random operations in memory: no overlap, no unexplained cent, every refusal foretold by the model."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from adapters.persistence.memory import MemoryStorage
from scheduling_core.ports.storage import Storage
from simulation.machine import BookingMachine
from support.clock import ManualClock

MANY = settings(max_examples=250, stateful_step_count=100, deadline=None, suppress_health_check=list(HealthCheck))


class InMemory(BookingMachine):
    @staticmethod
    async def open_storage(clock: ManualClock) -> Storage:
        return MemoryStorage(clock)

    @staticmethod
    async def close_storage(storage: Storage) -> None:
        return None


def test_agrees_with_the_model_in_memory() -> None:
    run_state_machine_as_test(InMemory, settings=MANY)
