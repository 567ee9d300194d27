"""A random machine over each kind of storage."""

from typing import TypeVar

from adapters.persistence.memory import MemoryStorage
from adapters.persistence.sql import open_storage
from scheduling_core.ports.storage import Storage
from simulation.machine import BookingMachine
from support.clock import ManualClock

Machine = TypeVar("Machine", bound=BookingMachine)


def in_memory(machine: type[Machine]) -> type[Machine]:
    """The machine over memory storage."""

    class InMemory(machine):
        @staticmethod
        async def open_storage(clock: ManualClock) -> Storage:
            return MemoryStorage(clock)

        @staticmethod
        async def close_storage(storage: Storage) -> None:
            return None

    return InMemory


def over_database(machine: type[Machine], url: str) -> type[Machine]:
    """The machine over the migrated database at `url`."""

    class OverDatabase(machine):
        @staticmethod
        async def open_storage(clock: ManualClock) -> Storage:
            return open_storage(url, clock=clock)

        @staticmethod
        async def close_storage(storage: Storage) -> None:
            await storage.close()  # only what has connections has a close

    return OverDatabase
