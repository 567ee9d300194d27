"""Waits, offers and follow-up times among everything else that people do: every promise kept, no overlap, no lost cent."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from adapters.persistence.memory import MemoryStorage
from scheduling_core.ports.storage import Storage
from simulation.waiting import WaitingMachine
from support.clock import ManualClock

MEMORY = settings(
    max_examples=50, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)  # 3,000 operations


class InMemory(WaitingMachine):
    @staticmethod
    async def open_storage(clock: ManualClock) -> Storage:
        return MemoryStorage(clock)

    @staticmethod
    async def close_storage(storage: Storage) -> None:
        return None


def test_keeps_every_promise_to_those_who_wait() -> None:
    run_state_machine_as_test(InMemory, settings=MEMORY)
