"""`writing()` keeps everything or nothing; `reading()` sees what was kept."""

import asyncio
from contextlib import suppress

import pytest

from contract.storage.making import NINE, stored_doctor, stored_patient
from contract.storage.waiting import begin, begin_waiting, outcome, outcomes
from scheduling_core.access import SYSTEM
from scheduling_core.errors import NotFound
from scheduling_core.ids import AppointmentId, DoctorId
from scheduling_core.ports.storage import Storage, Unit
from support.clock import ManualClock
from support.making import a_doctor, a_hold, a_task, a_time_off, an_id, some_hours


class Mishap(Exception):
    """Something that goes wrong in the middle of a transaction."""


async def _schedule_version(storage: Storage, doctor_id: DoctorId) -> int:
    async with storage.reading() as unit:
        return await unit.schedules.version(doctor_id)


async def test_keeps_what_a_finished_transaction_wrote(storage: Storage) -> None:
    doctor = a_doctor()
    async with storage.writing() as unit:
        await unit.doctors.add(doctor, some_hours())
    async with storage.reading() as unit:
        assert await unit.doctors.get(doctor.id) == doctor


async def test_sees_its_own_changes_before_they_are_kept(storage: Storage) -> None:
    doctor = a_doctor()
    async with storage.writing() as unit:
        await unit.doctors.add(doctor, some_hours())
        assert await unit.doctors.get(doctor.id) == doctor


async def test_undoes_every_part_of_a_transaction_that_raises(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    before = await _schedule_version(storage, doctor.id)
    move, task, newcomer = a_hold(doctor, patient, NINE), a_task(), a_doctor()

    async def writes_and_fails() -> None:
        async with storage.writing() as unit:
            await unit.schedules.lock(doctor.id)
            await unit.schedules.add_time_off(doctor.id, a_time_off(NINE))
            await unit.doctors.add(newcomer, some_hours())
            await unit.appointments.add(move)
            await unit.tasks.add_once(task)
            assert await unit.payments.note_webhook("evt_1", "ref", at=NINE)
            raise Mishap

    with pytest.raises(Mishap):
        await writes_and_fails()

    async with storage.writing() as unit:
        assert await unit.schedules.version(doctor.id) == before
        assert await unit.schedules.time_off(doctor.id) == []
        assert await unit.doctors.list(None) == [doctor]
        assert await unit.appointments.occupying(doctor.id, move.after.interval) == []
        assert await unit.appointments.events(move.after.id) == []
        assert await unit.tasks.list(None, after=None, limit=10) == []
        assert await unit.payments.note_webhook("evt_1", "ref", at=NINE)


async def test_undoes_a_transaction_that_is_cancelled_and_lets_others_go_on(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    reached = asyncio.Event()

    async def writes_and_lingers() -> None:
        async with storage.writing() as unit:
            await unit.schedules.lock(doctor.id)
            await unit.schedules.add_time_off(doctor.id, a_time_off(NINE))
            reached.set()
            await asyncio.Event().wait()

    lingering = await begin(writes_and_lingers())
    await asyncio.wait_for(reached.wait(), 10)
    lingering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await lingering

    async with asyncio.timeout(10), storage.writing() as unit:
        await unit.schedules.lock(doctor.id)
        assert await unit.schedules.time_off(doctor.id) == []


async def test_survives_the_cancellation_of_somebody_who_waits(storage: Storage) -> None:
    doctor = await stored_doctor(storage)

    async def lock() -> None:
        async with storage.writing() as unit:
            await unit.schedules.lock(doctor.id)

    async with storage.writing() as unit:
        await unit.schedules.lock(doctor.id)
        impatient = await begin_waiting(lock())
        patient = await begin_waiting(lock())
        impatient.cancel()
        with suppress(asyncio.CancelledError):
            await impatient
    await outcome(patient)
    await asyncio.wait_for(lock(), 10)


async def test_shows_readers_nothing_of_what_is_not_committed(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    before = await _schedule_version(storage, doctor.id)
    async with storage.writing() as unit:
        await unit.schedules.lock(doctor.id)
        await unit.schedules.add_time_off(doctor.id, a_time_off(NINE))
        async with storage.reading() as reader:
            assert await reader.schedules.time_off(doctor.id) == []
            assert await reader.schedules.version(doctor.id) == before
    async with storage.reading() as reader:
        assert len(await reader.schedules.time_off(doctor.id)) == 1


async def test_lets_readers_read_while_somebody_writes(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    async with storage.writing() as unit:
        await unit.schedules.lock(doctor.id)
        async with asyncio.timeout(5), storage.reading() as reader:
            assert await reader.doctors.get(doctor.id) == doctor


async def test_writes_nothing_while_reading(storage: Storage) -> None:
    newcomer = a_doctor()
    # Whether a storage refuses at once or forgets quietly is its own business.
    with suppress(Exception):
        async with storage.reading() as unit:
            await unit.doctors.add(newcomer, some_hours())
    async with storage.reading() as unit:
        with pytest.raises(NotFound):
            await unit.doctors.get(newcomer.id)


async def test_can_be_used_again_after_a_refusal(storage: Storage) -> None:
    with pytest.raises(NotFound):
        async with storage.writing() as unit:
            await unit.appointments.get(AppointmentId(an_id()), SYSTEM)
    doctor = await stored_doctor(storage)
    async with storage.reading() as unit:
        assert await unit.doctors.get(doctor.id) == doctor


async def test_loses_no_change_of_many_writers(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    before = await _schedule_version(storage, doctor.id)

    async def grow() -> None:
        async with storage.writing() as unit:
            await unit.schedules.lock(doctor.id)
            await unit.schedules.add_time_off(doctor.id, a_time_off(NINE))

    assert await outcomes(*(grow() for _ in range(20))) == [None] * 20
    async with storage.reading() as unit:
        assert len(await unit.schedules.time_off(doctor.id)) == 20
    assert await _schedule_version(storage, doctor.id) >= before + 40


async def test_tells_the_time_of_its_clock(storage: Storage, clock: ManualClock) -> None:
    async def told(unit: Unit) -> None:
        assert await unit.now() == clock.now()
        clock.advance(minutes=1, microseconds=1)
        assert await unit.now() == clock.now()

    async with storage.reading() as reader:
        await told(reader)
    async with storage.writing() as writer:
        await told(writer)


async def test_is_ready(storage: Storage) -> None:
    assert await storage.ready()
