"""Doctors' schedules: the lock, the version, hours and time off."""

from datetime import date, timedelta

import pytest

from contract.storage.making import DAY, HOUR, NINE, stored_doctor
from contract.storage.waiting import begin_waiting, outcome
from scheduling_core.errors import NotFound
from scheduling_core.hours import Span
from scheduling_core.ids import DoctorId, TimeOffId
from scheduling_core.instants import Interval
from scheduling_core.ports.storage import Storage
from support.clock import ManualClock
from support.making import a_time_off, an_id, some_hours


async def test_lock_answers_the_time_after_its_wait(storage: Storage, clock: ManualClock) -> None:
    doctor = await stored_doctor(storage)

    async def lock() -> object:
        async with storage.writing() as unit:
            return await unit.schedules.lock(doctor.id)

    async with storage.writing() as unit:
        assert await unit.schedules.lock(doctor.id) == clock.now()
        rival = await begin_waiting(lock())
        later = clock.advance(minutes=5)
    assert await outcome(rival) == later


async def test_whoever_waited_for_the_lock_sees_what_was_written_meanwhile(storage: Storage) -> None:
    doctor, time_off = await stored_doctor(storage), a_time_off(NINE)

    async def lock_and_look() -> object:
        async with storage.writing() as unit:
            await unit.schedules.lock(doctor.id)
            return await unit.schedules.time_off(doctor.id)

    async with storage.writing() as unit:
        await unit.schedules.lock(doctor.id)
        rival = await begin_waiting(lock_and_look())
        await unit.schedules.add_time_off(doctor.id, time_off)
    assert await outcome(rival) == [time_off]


async def test_the_version_grows_with_every_lock_and_every_write(storage: Storage) -> None:
    doctor, time_off = await stored_doctor(storage), a_time_off(NINE)
    versions = []
    async with storage.writing() as unit:
        versions.append(await unit.schedules.version(doctor.id))
        await unit.schedules.lock(doctor.id)
        versions.append(await unit.schedules.version(doctor.id))
        await unit.schedules.set_hours(doctor.id, some_hours(slot_minutes=20))
        versions.append(await unit.schedules.version(doctor.id))
        await unit.schedules.add_time_off(doctor.id, time_off)
        versions.append(await unit.schedules.version(doctor.id))
        await unit.schedules.remove_time_off(doctor.id, time_off.id)
        versions.append(await unit.schedules.version(doctor.id))
    assert versions == sorted(set(versions))


async def test_one_doctors_lock_leaves_anothers_version_alone(storage: Storage) -> None:
    locked, other = await stored_doctor(storage), await stored_doctor(storage)
    async with storage.writing() as unit:
        before = await unit.schedules.version(other.id)
        await unit.schedules.lock(locked.id)
        assert await unit.schedules.version(other.id) == before


async def test_hours_come_back_exactly(storage: Storage) -> None:
    split = (Span(0, 12 * 60 + 30), Span(13 * 60, 24 * 60))
    hours = some_hours(
        time_zone="America/Argentina/ComodRivadavia",
        slot_minutes=25,
        gap_minutes=5,
        minimum_notice_minutes=90,
        horizon_days=730,
        weekly=(split, (), split, (), split, (), ()),
        overrides={date(2027, 12, 24): (Span(540, 600),), date(2027, 12, 25): ()},
    )
    doctor = await stored_doctor(storage, hours)
    async with storage.reading() as unit:
        assert await unit.schedules.hours(doctor.id) == hours


async def test_set_hours_replaces_all_that_was(storage: Storage) -> None:
    doctor = await stored_doctor(storage, some_hours(overrides={date(2027, 3, 2): ()}))
    after = some_hours(time_zone="Asia/Kolkata", weekly=((),) * 7, overrides={date(2027, 3, 3): (Span(60, 120),)})
    async with storage.writing() as unit:
        await unit.schedules.lock(doctor.id)
        await unit.schedules.set_hours(doctor.id, after)
    async with storage.reading() as unit:
        assert await unit.schedules.hours(doctor.id) == after


async def test_time_off_is_in_order_of_its_start(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    first, second, third = (a_time_off(NINE + DAY * day, note=f"day {day} — été 🌴") for day in range(3))
    async with storage.writing() as unit:
        for each in (second, third, first):
            await unit.schedules.add_time_off(doctor.id, each)
    async with storage.reading() as unit:
        assert await unit.schedules.time_off(doctor.id) == [first, second, third]


async def test_time_off_within_is_what_overlaps_and_not_what_touches(storage: Storage) -> None:
    doctor, other = await stored_doctor(storage), await stored_doctor(storage)
    instant = timedelta(microseconds=1)
    ends_as_it_starts, ends_inside = a_time_off(NINE - HOUR, HOUR), a_time_off(NINE - HOUR, HOUR + instant)
    around, begins_inside = a_time_off(NINE - DAY, 3 * DAY), a_time_off(NINE + HOUR - instant)
    begins_as_it_ends, somebody_elses = a_time_off(NINE + HOUR), a_time_off(NINE)
    async with storage.writing() as unit:
        for each in (ends_as_it_starts, ends_inside, around, begins_inside, begins_as_it_ends):
            await unit.schedules.add_time_off(doctor.id, each)
        await unit.schedules.add_time_off(other.id, somebody_elses)
    async with storage.reading() as unit:
        found = await unit.schedules.time_off(doctor.id, within=Interval(start=NINE, end=NINE + HOUR))
    assert found == [around, ends_inside, begins_inside]


async def test_removed_time_off_is_gone(storage: Storage) -> None:
    doctor, kept, removed = await stored_doctor(storage), a_time_off(NINE), a_time_off(NINE)
    async with storage.writing() as unit:
        await unit.schedules.add_time_off(doctor.id, kept)
        await unit.schedules.add_time_off(doctor.id, removed)
    async with storage.writing() as unit:
        await unit.schedules.remove_time_off(doctor.id, removed.id)
    async with storage.reading() as unit:
        assert await unit.schedules.time_off(doctor.id) == [kept]


async def test_nobody_removes_anothers_time_off(storage: Storage) -> None:
    doctor, other, time_off = await stored_doctor(storage), await stored_doctor(storage), a_time_off(NINE)
    async with storage.writing() as unit:
        await unit.schedules.add_time_off(doctor.id, time_off)
    for whose, which in ((other.id, time_off.id), (doctor.id, TimeOffId(an_id()))):
        with pytest.raises(NotFound):
            async with storage.writing() as unit:
                await unit.schedules.remove_time_off(whose, which)
    async with storage.reading() as unit:
        assert await unit.schedules.time_off(doctor.id) == [time_off]


async def test_an_unknown_doctor_has_no_schedule(storage: Storage) -> None:
    nobody = DoctorId(an_id())
    with pytest.raises(NotFound):
        async with storage.writing() as unit:
            await unit.schedules.lock(nobody)
    with pytest.raises(NotFound):
        async with storage.reading() as unit:
            await unit.schedules.hours(nobody)
