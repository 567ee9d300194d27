"""Doctors' own calendars: no visit falls on a time at which the doctor is busy elsewhere, and what cannot be read is not free."""

from datetime import timedelta

import pytest

from scheduling_core.access import Actor
from scheduling_core.availability import SlotStatus
from scheduling_core.doctor import Doctor
from scheduling_core.errors import Forbidden, InvalidInput, NotFound, ProviderUnavailable, SlotNotOffered
from scheduling_core.hours import Source
from scheduling_core.instants import Interval
from scheduling_core.own_calendar import CLOSES_AFTER, READ_EVERY
from scheduling_core.ports.directory import DoctorFilter
from scheduling_core.tasks import MessageKind, TaskState
from scheduling_core.use_cases.directory import FindDoctors
from scheduling_core.use_cases.hours import AddTimeOff, ListTimeOff, RemoveTimeOff
from scheduling_core.use_cases.slots import FindSlots
from scheduling_core.use_cases.soonest import KeepOutlooks
from scheduling_core.use_cases.waitlist import Wish
from support.clinic import Clinic
from support.clock import MONDAY

HOUR = timedelta(hours=1)


def span(start: float, end: float) -> Interval:
    return Interval(start=MONDAY + start * HOUR, end=MONDAY + end * HOUR)


async def connected(clinic: Clinic, *busy: Interval) -> Doctor:
    doctor = await clinic.doctor(fee=0)
    clinic.rooms.diaries[doctor.email] = list(busy)
    await clinic.connect(Actor.doctor(doctor.id), doctor.email)
    return doctor


async def free(clinic: Clinic, doctor: Doctor) -> set[float]:
    """The hours of the first day at which a slot is free."""
    find = FindSlots(clinic.storage, clinic.clock, clinic.terms)
    found = await find(doctor.id, first=MONDAY.date(), last=MONDAY.date() + timedelta(days=1))
    return {(slot.interval.start - MONDAY) / HOUR for slot in found.slots if slot.status is SlotStatus.FREE}


async def refusal(clinic: Clinic, doctor: Doctor, *, minutes: float = 120) -> str:
    """Why somebody who wants the time so many minutes from now does not get it; nothing if they do."""
    try:
        await clinic.hold(await clinic.patient(), doctor, minutes=minutes)
    except SlotNotOffered as no:
        return no.reason
    return ""


async def state_of(clinic: Clinic, doctor: Doctor) -> tuple[str, TaskState]:
    async with clinic.storage.reading() as unit:
        own, task = await unit.own_calendars.of(doctor.id), await unit.tasks.of_key(f"calendar:{doctor.id}")
    assert own is not None
    assert task is not None
    return own.trouble, task.state


async def error_of(clinic: Clinic, doctor: Doctor) -> str:
    """What administrators read of the task that reads the calendar."""
    async with clinic.storage.reading() as unit:
        task = await unit.tasks.of_key(f"calendar:{doctor.id}")
    assert task is not None
    return task.last_error


def told(clinic: Clinic, doctor: Doctor) -> list[MessageKind]:
    return [letter.kind for letter in clinic.letters.to(doctor.email)]


async def test_a_time_at_which_the_doctor_is_busy_is_neither_shown_nor_held(clinic: Clinic) -> None:
    doctor = await connected(clinic, span(2, 3))
    assert {1.5, 3} <= await free(clinic, doctor)
    assert not {2, 2.5} & await free(clinic, doctor)
    assert await refusal(clinic, doctor, minutes=120) == "calendar_busy"
    assert await refusal(clinic, doctor, minutes=180) == ""


async def test_what_is_entered_later_is_known_within_minutes_and_what_is_removed_is_free_again(clinic: Clinic) -> None:
    doctor = await connected(clinic)
    diary = clinic.rooms.diaries[doctor.email]
    diary.append(span(2, 3))
    await clinic.wait(seconds=READ_EVERY.total_seconds())
    assert not {2, 2.5} & await free(clinic, doctor)
    diary.clear()
    await clinic.wait(seconds=READ_EVERY.total_seconds())
    assert {2, 2.5} <= await free(clinic, doctor)


async def test_kept_answers_are_not_trusted_after_a_reading_that_changed_something(clinic: Clinic) -> None:
    doctor = await connected(clinic)
    keep, find = (verb(clinic.storage, clinic.clock, clinic.terms) for verb in (KeepOutlooks, FindDoctors))
    await keep(limit=9)
    versions = [await clinic.storage.listed_version(doctor.id)]
    soonest = MONDAY + READ_EVERY + timedelta(minutes=27)
    for diary in ([span(0, 5)], []):
        clinic.rooms.diaries[doctor.email] = diary
        await clinic.wait(seconds=READ_EVERY.total_seconds())
        versions.append(await clinic.storage.listed_version(doctor.id))
        (item,) = (await find(DoctorFilter())).items
        assert item.next_free_at == (MONDAY + 5 * HOUR if diary else soonest)
        await keep(limit=9)
    assert versions == sorted(set(versions))


async def test_our_own_visits_block_nothing_but_their_own_time(clinic: Clinic) -> None:
    doctor, patient = await connected(clinic), await clinic.patient()
    visit = await clinic.hold(patient, doctor, minutes=120)
    await clinic.open_checkout(Actor.patient(patient.id), visit.id)
    await clinic.settle()
    await clinic.wait(seconds=READ_EVERY.total_seconds())
    assert clinic.rooms.events[visit.id].interval in await clinic.rooms.busy(doctor.email, span(0, 9))
    # It can move to a time that overlaps the one it has.
    async with clinic.storage.reading() as unit:
        assert [each for each in await unit.schedules.time_off(doctor.id) if each.source is Source.CALENDAR] == []
    await clinic.cancel(Actor.patient(patient.id), None, appointment_id=visit.id)
    assert 2 in await free(clinic, doctor)


async def test_a_hold_asks_first_where_the_last_reading_is_old(clinic: Clinic) -> None:
    doctor = await connected(clinic)
    clinic.clock.advance(minutes=4)
    clinic.rooms.diaries[doctor.email].append(span(2, 3))
    asked = clinic.rooms.asked
    assert await refusal(clinic, doctor, minutes=176 - 60) == ""
    assert clinic.rooms.asked == asked
    # Nobody has read it for more than five minutes: no worker runs.
    clinic.clock.advance(minutes=2)
    assert await refusal(clinic, doctor, minutes=174 - 30) == "calendar_busy"
    assert clinic.rooms.asked == asked + 1
    assert await refusal(clinic, doctor, minutes=174 - 30) == "calendar_busy"
    assert clinic.rooms.asked == asked + 1


async def test_a_hold_asks_no_calendar_of_a_doctor_who_has_none(clinic: Clinic) -> None:
    doctor = await clinic.doctor(fee=0)
    clinic.clock.advance(minutes=60)
    assert await refusal(clinic, doctor, minutes=60) == ""
    assert clinic.rooms.asked == 0


async def test_while_nothing_answers_bookings_go_on_by_what_was_read_last_and_close_in_time(clinic: Clinic) -> None:
    doctor = await connected(clinic, span(2, 3))
    clinic.rooms.away = True
    await clinic.wait(minutes=20)
    assert await refusal(clinic, doctor, minutes=100) == "calendar_busy"
    assert await refusal(clinic, doctor, minutes=160) == ""
    asked = clinic.rooms.asked
    assert await refusal(clinic, doctor, minutes=190) == ""
    assert clinic.rooms.asked == asked, "nobody waits twice within a minute for what does not answer"
    assert told(clinic, doctor) == []
    await clinic.wait(minutes=CLOSES_AFTER.total_seconds() / 60 - 20)
    assert await free(clinic, doctor) == set()
    assert await refusal(clinic, doctor, minutes=240) == "calendar_unread"
    await clinic.wait(minutes=60)
    assert told(clinic, doctor).count(MessageKind.CALENDAR_UNREAD) == 1
    assert await state_of(clinic, doctor) == ("unavailable", TaskState.DUE)
    assert await error_of(clinic, doctor) == "ProviderUnavailable: the calendar is away"


async def test_it_opens_by_itself_once_the_calendar_answers_again(clinic: Clinic) -> None:
    doctor = await connected(clinic, span(2, 3))
    clinic.rooms.away = True
    await clinic.wait(minutes=40)
    assert await free(clinic, doctor) == set()
    clinic.rooms.away = False
    await clinic.wait(seconds=READ_EVERY.total_seconds())
    assert {1.5, 3} <= await free(clinic, doctor)
    assert 2 not in await free(clinic, doctor)
    assert await state_of(clinic, doctor) == ("", TaskState.DUE)
    assert await error_of(clinic, doctor) == ""


async def test_a_calendar_that_is_shared_no_longer_is_told_at_once_to_doctor_and_administrator(clinic: Clinic) -> None:
    doctor = await connected(clinic)
    diary = clinic.rooms.diaries.pop(doctor.email)
    await clinic.wait(seconds=READ_EVERY.total_seconds())
    assert told(clinic, doctor) == [MessageKind.CALENDAR_UNREAD]
    (letter,) = clinic.letters.to(doctor.email)
    assert letter.closes_at == MONDAY + CLOSES_AFTER
    # A failed task is what administrators see, with the reason.
    assert await state_of(clinic, doctor) == ("unshared", TaskState.DEAD)
    clinic.clock.set(MONDAY + CLOSES_AFTER)
    assert await refusal(clinic, doctor) == "calendar_unread"
    # The doctor shares it again, and says so.
    clinic.rooms.diaries[doctor.email] = diary
    await clinic.connect(Actor.doctor(doctor.id), doctor.email)
    assert await refusal(clinic, doctor) == ""
    assert await state_of(clinic, doctor) == ("", TaskState.DUE)


async def test_nothing_is_connected_that_cannot_be_read(clinic: Clinic) -> None:
    doctor = await clinic.doctor()
    actor = Actor.doctor(doctor.id)
    for wrong in ("nobody@example.com", "no address", "Clinic@Example.com"):
        with pytest.raises(InvalidInput, check=lambda no: no.field == "address"):
            await clinic.connect(actor, wrong)
    clinic.rooms.away = True
    with pytest.raises(ProviderUnavailable):
        await clinic.connect(actor, doctor.email)
    async with clinic.storage.reading() as unit:
        assert await unit.own_calendars.of(doctor.id) is None
        assert await unit.schedules.time_off(doctor.id) == []


async def test_only_doctors_have_one(clinic: Clinic) -> None:
    patient = await clinic.patient()
    with pytest.raises(Forbidden):
        await clinic.connect(Actor.patient(patient.id), patient.email)
    with pytest.raises(Forbidden):
        await clinic.disconnect(Actor.patient(patient.id))


async def test_a_calendar_that_is_read_no_more_closes_nothing(clinic: Clinic) -> None:
    doctor = await connected(clinic, span(2, 3))
    clinic.rooms.away = True
    await clinic.wait(minutes=60)
    await clinic.disconnect(Actor.doctor(doctor.id))
    assert {2, 2.5, 3} <= await free(clinic, doctor)
    asked = clinic.rooms.asked
    await clinic.wait(minutes=60)
    assert clinic.rooms.asked == asked
    async with clinic.storage.reading() as unit:
        assert await unit.schedules.time_off(doctor.id) == []


async def test_another_calendar_takes_the_place_of_the_first(clinic: Clinic) -> None:
    doctor = await connected(clinic, span(2, 3))
    clinic.rooms.diaries["private@example.com"] = [span(4, 5)]
    await clinic.connect(Actor.doctor(doctor.id), "Private@Example.com ")
    await clinic.wait(seconds=READ_EVERY.total_seconds())
    assert {2, 2.5} <= await free(clinic, doctor)
    assert not {4, 4.5} & await free(clinic, doctor)


async def test_the_doctors_own_time_off_stays_theirs(clinic: Clinic) -> None:
    doctor = await connected(clinic, span(2, 3))
    actor, interval = Actor.doctor(doctor.id), span(5, 6)
    own = (await AddTimeOff(clinic.storage, clinic.chance)(actor, None, interval=interval)).time_off
    assert own is not None
    assert await ListTimeOff(clinic.storage, clinic.clock)(actor) == [own]
    async with clinic.storage.reading() as unit:
        time_off = await unit.schedules.time_off(doctor.id)
    assert {each.source for each in time_off} == set(Source)
    for each in time_off:
        if each != own:
            with pytest.raises(NotFound):
                await RemoveTimeOff(clinic.storage, clinic.chance)(actor, each.id)
    await clinic.disconnect(actor)
    async with clinic.storage.reading() as unit:
        assert await unit.schedules.time_off(doctor.id) == [own]


async def test_time_that_a_calendar_gives_back_is_offered_to_those_who_wait(clinic: Clinic) -> None:
    doctor, patient = await connected(clinic, span(0, 24)), await clinic.patient()
    await clinic.join_waitlist(Actor.patient(patient.id), None, Wish(doctor_id=doctor.id, window=span(0, 24)))
    clinic.rooms.diaries[doctor.email] = [span(0, 5), span(6, 24)]
    await clinic.wait(seconds=READ_EVERY.total_seconds())
    (offer,) = [letter for letter in clinic.letters.to(patient.email) if letter.kind is MessageKind.OFFER]
    assert offer.visit is not None
    assert offer.visit.starts_at == MONDAY + 5 * HOUR
