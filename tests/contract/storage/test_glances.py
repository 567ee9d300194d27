"""A glance at a schedule: all that its slots are made of, of one moment, however many ask at once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from contract.storage.making import DAY, HOUR, NINE, stored_doctor, stored_hold, stored_patient, stored_visit
from scheduling_core.availability import Taken
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import NotFound
from scheduling_core.hours import Source
from scheduling_core.ids import DoctorId
from scheduling_core.instants import Interval
from scheduling_core.ports.schedules import Glance
from scheduling_core.ports.storage import Storage
from support.making import a_time_off, an_id, some_hours

WITHIN = Interval(start=NINE, end=NINE + DAY)


async def the_same_in_parts(storage: Storage, doctor: Doctor, within: Interval) -> Glance:
    async with storage.reading() as unit:
        return Glance(
            version=await unit.schedules.version(doctor.id),
            hours=await unit.schedules.hours(doctor.id),
            time_off=await unit.schedules.time_off(doctor.id, within=within),
            taken=await unit.appointments.taken(doctor.id, within),
        )


def in_order(seen: Glance) -> Glance:
    return replace(
        seen,
        time_off=sorted(seen.time_off, key=lambda each: each.interval.start),
        taken=sorted(seen.taken, key=lambda each: each.interval.start),
    )


async def test_shows_what_the_parts_say(storage: Storage) -> None:
    doctor, other, patient = await stored_doctor(storage), await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, patient, NINE)
    booked = await stored_visit(storage, doctor, patient, NINE + HOUR)
    await stored_visit(storage, doctor, patient, NINE + 3 * DAY)
    await stored_visit(storage, other, patient, NINE + 2 * HOUR)
    async with storage.writing() as unit:
        for hours in (3, 5, 200):
            source, counts = (Source.UNREAD, NINE + DAY) if hours == 3 else (Source.CALENDAR, None)
            time_off = a_time_off(NINE + hours * HOUR, note=f"after {hours}", source=source, counts_from=counts)
            await unit.schedules.add_time_off(doctor.id, time_off)

    seen = in_order(await storage.glance(doctor.id, WITHIN))
    assert seen == await the_same_in_parts(storage, doctor, WITHIN)
    assert [each.note for each in seen.time_off] == ["after 3", "after 5"]
    assert [each.source for each in seen.time_off] == [Source.UNREAD, Source.CALENDAR]
    assert [each.counts_from for each in seen.time_off] == [NINE + DAY, None]
    assert seen.taken == [
        Taken(interval=held.occupied, held=True, expires_at=held.hold_expires_at),
        Taken(interval=booked.occupied, held=False, expires_at=None),
    ]
    assert await storage.listed_version(doctor.id) == seen.version


async def test_shows_what_reaches_into_the_window_and_nothing_that_only_touches_it(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    visit = await stored_visit(storage, doctor, patient, NINE)
    moment = timedelta(microseconds=1)
    seen = {}
    for name, start, end in (
        ("before", NINE - HOUR, NINE),
        ("into its start", NINE - HOUR, NINE + moment),
        ("into its end", visit.occupied.end - moment, NINE + DAY),
        ("after", visit.occupied.end, NINE + DAY),
    ):
        seen[name] = len((await storage.glance(doctor.id, Interval(start=start, end=end))).taken)
    assert seen == {"before": 0, "into its start": 1, "into its end": 1, "after": 0}


async def test_each_write_of_a_schedule_changes_the_version_that_is_seen(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    versions = [await storage.listed_version(doctor.id)]
    async with storage.writing() as unit:
        await unit.schedules.set_hours(doctor.id, some_hours(slot_minutes=20))
    versions.append(await storage.listed_version(doctor.id))
    async with storage.writing() as unit:
        await unit.schedules.lock(doctor.id)
    versions.append(await storage.listed_version(doctor.id))
    assert versions == sorted(set(versions))
    seen = await storage.glance(doctor.id, WITHIN)
    assert (seen.version, seen.hours.slot_minutes, seen.taken) == (versions[-1], 20, [])


@pytest.mark.parametrize("status", [None, DoctorStatus.PENDING, DoctorStatus.SUSPENDED])
async def test_shows_nothing_of_whoever_is_not_listed(storage: Storage, status: DoctorStatus | None) -> None:
    doctor_id = DoctorId(an_id()) if status is None else (await stored_doctor(storage, status=status)).id
    with pytest.raises(NotFound):
        await storage.glance(doctor_id, WITHIN)
    with pytest.raises(NotFound):
        await storage.listed_version(doctor_id)


async def test_many_who_ask_at_once_each_get_their_own_answer(storage: Storage) -> None:
    patient = await stored_patient(storage)
    doctors = [await stored_doctor(storage, some_hours(slot_minutes=10 + number)) for number in range(5)]
    for number, doctor in enumerate(doctors):
        await stored_visit(storage, doctor, patient, NINE + number * DAY)
    days = [Interval(start=NINE + number * DAY, end=NINE + number * DAY + HOUR) for number in range(5)]
    nobody = DoctorId(an_id())

    async def look(doctor_id: DoctorId, day: Interval) -> tuple[int, int] | None:
        try:
            seen = await storage.glance(doctor_id, day)
        except NotFound:
            return None
        return seen.hours.slot_minutes, len(seen.taken)

    asked = [(doctor.id, day) for doctor in doctors for day in days] * 2 + [(nobody, days[0])]
    seen = await asyncio.gather(*(look(*each) for each in asked))
    expected = [(10 + number, int(number == day)) for number in range(5) for day in range(5)] * 2
    assert seen == [*expected, None]
    versions = await asyncio.gather(*(storage.listed_version(doctor.id) for doctor in doctors * 9))
    assert versions == [await storage.listed_version(doctor.id) for doctor in doctors] * 9


async def test_whoever_gives_up_keeps_nobody_else_waiting(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    looks = [asyncio.ensure_future(storage.glance(doctor.id, WITHIN)) for _ in range(6)]
    await asyncio.sleep(0)
    for each in looks[::2]:
        each.cancel()
    ended = await asyncio.gather(*looks, return_exceptions=True)
    assert [type(each) for each in ended[1::2]] == [Glance] * 3
    assert await storage.listed_version(doctor.id) == (await storage.glance(doctor.id, WITHIN)).version
