"""What a storage says when its database cannot, does not, or may not have done what was asked."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from adapters.persistence.sql import SqlStorage, open_storage
from adapters.persistence.sql_database import Database, PoolSettings
from contract.storage.waiting import begin, begin_waiting, outcome
from scheduling_core.doctor import Doctor
from scheduling_core.errors import NotFound, Outdated, SlotTaken, StorageBusy
from scheduling_core.patient import Patient
from scheduling_core.ports.storage import Storage
from support.clock import MONDAY, ManualClock
from support.making import a_doctor, a_hold, a_patient, a_task, a_time_off, some_hours

NINE = MONDAY + timedelta(hours=1)
Open = Callable[[str, PoolSettings], Database]


async def _doctor(storage: Storage) -> Doctor:
    doctor = a_doctor()
    async with storage.writing() as unit:
        await unit.doctors.add(doctor, some_hours())
    return doctor


async def _patient(storage: Storage) -> Patient:
    patient = a_patient()
    async with storage.writing() as unit:
        await unit.patients.add(patient)
    return patient


async def _time_off(storage: Storage, doctor: Doctor) -> int:
    async with storage.reading() as unit:
        return len(await unit.schedules.time_off(doctor.id))


async def _end_others(database: Database) -> None:
    """End every other connection to this database, as a restart of the server does."""
    async with database.engine.connect() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


async def test_a_refusal_that_is_not_heeded_keeps_anything_from_being_stored(storage: SqlStorage) -> None:
    doctor, first, second = await _doctor(storage), await _patient(storage), await _patient(storage)
    async with storage.writing() as unit:
        await unit.appointments.add(a_hold(doctor, first, NINE))

    async def goes_on_regardless() -> None:
        async with storage.writing() as unit:
            await unit.schedules.add_time_off(doctor.id, a_time_off(NINE))
            with pytest.raises(SlotTaken):
                await unit.appointments.add(a_hold(doctor, second, NINE))

    with pytest.raises(Outdated):
        await goes_on_regardless()
    assert await _time_off(storage, doctor) == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_lost_connection_is_told_and_forgotten(storage: SqlStorage, database: Database) -> None:
    doctor = await _doctor(storage)

    async def goes_on_regardless() -> None:
        async with storage.writing() as unit:
            await unit.schedules.add_time_off(doctor.id, a_time_off(NINE))
            await _end_others(database)
            await unit.schedules.version(doctor.id)

    with pytest.raises(StorageBusy):
        await goes_on_regardless()
    assert await _time_off(storage, doctor) == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_commit_whose_outcome_is_unknown_is_never_called_a_success(
    storage: SqlStorage, database: Database
) -> None:
    doctor = await _doctor(storage)

    async def ends_while_the_server_goes() -> None:
        async with storage.writing() as unit:
            await unit.schedules.add_time_off(doctor.id, a_time_off(NINE))
            await _end_others(database)

    with pytest.raises(StorageBusy):
        await ends_while_the_server_goes()
    assert await _time_off(storage, doctor) == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_connections_that_died_in_the_pool_trouble_nobody_twice(storage: SqlStorage, database: Database) -> None:
    doctor = await _doctor(storage)
    await _end_others(database)
    # Whether the end of a connection is noticed before it is used is a matter of luck.
    with suppress(StorageBusy):
        await _time_off(storage, doctor)
    assert await _time_off(storage, doctor) == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_of_two_who_wait_for_each_other_one_decides_again(storage: SqlStorage) -> None:
    first, second = await _doctor(storage), await _doctor(storage)
    both = asyncio.Barrier(2)

    async def lock(one: Doctor, other: Doctor) -> None:
        async with storage.writing() as unit:
            await unit.schedules.lock(one.id)
            await both.wait()
            await unit.schedules.lock(other.id)

    ended = await asyncio.gather(lock(first, second), lock(second, first), return_exceptions=True)
    assert sorted(type(each) for each in ended if each is not None) == [Outdated]
    assert ended.count(None) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_whoever_waits_too_long_for_a_schedule_is_told_to_come_again(
    database_url: str, open_with: Open, clock: ManualClock
) -> None:
    hasty = f"{database_url}?options=-clock_timeout=100ms"
    storage = SqlStorage(open_with(hasty, PoolSettings(size=2)), clock, None)
    doctor = await _doctor(storage)
    async with storage.writing() as holder:
        await holder.schedules.lock(doctor.id)
        with pytest.raises(StorageBusy):
            async with storage.writing() as unit:
                await unit.schedules.lock(doctor.id)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_whoever_finds_no_connection_is_told_to_come_again(
    database_url: str, open_with: Open, clock: ManualClock
) -> None:
    storage = SqlStorage(open_with(database_url, PoolSettings(size=1, wait_seconds=1)), clock, None)
    doctor = await _doctor(storage)
    async with storage.writing() as holder:
        await holder.schedules.lock(doctor.id)
        with pytest.raises(StorageBusy):
            await _time_off(storage, doctor)
    assert await _time_off(storage, doctor) == 0


async def test_an_unreachable_server_is_busy_and_not_a_crash() -> None:
    storage = open_storage("postgresql://openhours@127.0.0.1:1/nobody")
    with pytest.raises(StorageBusy):
        async with storage.reading() as unit:
            await unit.now()
    await storage.close()


def _told(database: Database, pragma: str) -> None:
    """Tell every connection of the writer this, too."""

    def tell(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute(pragma)
        cursor.close()

    event.listen(database.engine.sync_engine, "connect", tell)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_full_disk_is_told_and_leaves_everything_as_it_was(
    database_url: str, open_with: Open, storage: SqlStorage, clock: ManualClock
) -> None:
    doctor = await _doctor(storage)
    database = open_with(database_url, PoolSettings())
    _told(database, "PRAGMA max_page_count = 1")

    async def fill() -> None:
        async with SqlStorage(database, clock, None).writing() as unit:
            await unit.schedules.add_time_off(doctor.id, a_time_off(NINE, note="x" * 100_000))

    with pytest.raises(StorageBusy):
        await fill()
    assert await _time_off(storage, doctor) == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_another_process_that_writes_for_too_long_keeps_nobody_for_ever(
    database_url: str, open_with: Open, storage: SqlStorage, clock: ManualClock
) -> None:
    doctor = await _doctor(storage)
    database = open_with(database_url, PoolSettings())
    _told(database, "PRAGMA busy_timeout = 50")
    impatient = SqlStorage(database, clock, None)
    async with storage.writing() as holder:
        await holder.schedules.lock(doctor.id)
        with pytest.raises(StorageBusy):
            async with impatient.writing() as unit:
                await unit.schedules.lock(doctor.id)
    async with impatient.writing() as unit:
        await unit.schedules.lock(doctor.id)


async def test_a_transaction_that_failed_tells_nobody_that_there_is_work(
    database: Database, clock: ManualClock
) -> None:
    told: list[str] = []
    storage = SqlStorage(database, clock, lambda: told.append("tasks"))

    async def fails() -> None:
        async with storage.writing() as unit:
            await unit.tasks.wake(a_task())
            raise NotFound

    with pytest.raises(NotFound):
        await fails()
    assert told == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_the_databases_own_time_is_fresh_after_a_wait(database: Database) -> None:
    storage = SqlStorage(database, None, None)
    doctor = await _doctor(storage)

    async def lock() -> Any:
        async with storage.writing() as unit:
            # The transaction, and with it now(), begins here; the schedule comes much later.
            await unit.now()
            return await unit.schedules.lock(doctor.id)

    async with storage.writing() as holder:
        await holder.schedules.lock(doctor.id)
        waiting = await begin_waiting(lock())
        released = await holder.now()
    assert await outcome(waiting) > released


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_work_is_leased_by_the_databases_own_time(database: Database) -> None:
    storage = SqlStorage(database, None, None)
    async with storage.writing() as unit:
        now = await unit.now()
        soon, later = a_task(due_at=now), a_task(due_at=now + timedelta(hours=1))
        await unit.tasks.add_once(soon)
        await unit.tasks.add_once(later)
    async with storage.writing() as unit:
        (leased,) = await unit.tasks.lease(limit=9, token=soon.id, lease=timedelta(seconds=30))
    assert leased.id == soon.id
    assert leased.leased_until is not None
    assert now + timedelta(seconds=30) < leased.leased_until < now + timedelta(seconds=90)


async def test_a_reading_is_one_moment(storage: SqlStorage) -> None:
    doctor = await _doctor(storage)

    async def add() -> None:
        async with storage.writing() as unit:
            await unit.schedules.add_time_off(doctor.id, a_time_off(NINE))

    async with storage.reading() as unit:
        version = await unit.schedules.version(doctor.id)
        await outcome(await begin(add()))
        assert await unit.schedules.time_off(doctor.id) == []
        assert await unit.schedules.version(doctor.id) == version
    assert await _time_off(storage, doctor) == 1
