"""What memory promises beyond its port: it waits in virtual time only, and a writer that never ends does not stop the rest."""

import asyncio

import pytest

from adapters.persistence.memory import MemoryStorage
from adapters.persistence.memory.transaction import LONGEST_WAIT
from scheduling_core.access import SYSTEM
from scheduling_core.errors import RequestInFlight, StorageBusy
from scheduling_core.ports.requests import RequestKey
from support.clock import ManualClock
from support.making import a_doctor, some_hours
from support.virtual_time import run_in_virtual_time

REQUEST = RequestKey(SYSTEM, "hold_slot", "key", "body")


def test_a_writer_that_waits_too_long_is_told_that_storage_is_busy() -> None:
    async def story() -> tuple[float, int]:
        storage, ended = MemoryStorage(ManualClock()), asyncio.Event()
        doctor = a_doctor()

        async def never_ends() -> None:
            async with storage.writing() as unit:
                await unit.doctors.add(doctor, some_hours())
                await ended.wait()

        lingering = asyncio.create_task(never_ends())
        await asyncio.sleep(0)
        began = asyncio.get_running_loop().time()
        with pytest.raises(StorageBusy):
            async with storage.writing() as unit:
                await unit.doctors.list(None)
        waited = asyncio.get_running_loop().time() - began
        ended.set()
        await lingering
        async with storage.writing() as unit:
            return waited, len(await unit.doctors.list(None))

    assert run_in_virtual_time(story()) == (LONGEST_WAIT, 1)


def test_a_rival_of_a_request_waits_two_seconds() -> None:
    async def story() -> float:
        storage = MemoryStorage(ManualClock())
        async with storage.writing() as unit:
            await unit.requests.begin(REQUEST, str)
            began = asyncio.get_running_loop().time()
            with pytest.raises(RequestInFlight):
                async with storage.writing() as rival:
                    await rival.requests.begin(REQUEST, str)
            return asyncio.get_running_loop().time() - began

    assert run_in_virtual_time(story()) == 2.0


def test_what_is_committed_can_be_compared_as_a_whole() -> None:
    async def story() -> None:
        storage = MemoryStorage(ManualClock())
        before = storage.committed()
        async with storage.writing() as unit:
            await unit.doctors.add(a_doctor(), some_hours())
            assert storage.committed() == before
        assert storage.committed() != before

    run_in_virtual_time(story())
