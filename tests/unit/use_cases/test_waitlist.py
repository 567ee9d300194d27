"""Waiting for a time: who may, which times are offered, who is asked and in which order."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from scheduling_core.access import Actor
from scheduling_core.appointment import Status
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.doctor import DoctorStatus
from scheduling_core.hours import Span, TimeOff
from scheduling_core.ids import TimeOffId
from scheduling_core.instants import Interval
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.administration import DecideDoctor
from scheduling_core.use_cases.hours import AddTimeOff, RemoveTimeOff, SetHours
from scheduling_core.waitlist import PartOfDay, WaitState
from support.clinic import Clinic
from support.clock import MONDAY
from support.making import minutes, some_hours
from support.waiting import call_off, entry_now, offered, taken_and_released, waits

NINE = MONDAY + timedelta(hours=1)
HALF = timedelta(minutes=30)


async def test_a_cancelled_visits_time_is_offered_to_the_first_who_waits_and_to_nobody_else(clinic: Clinic):
    doctor = await clinic.doctor()
    visit = await clinic.booked(await clinic.patient(), doctor)
    first, second = (await waits(clinic, doctor))[0], (await waits(clinic, doctor))[0]
    await call_off(clinic, visit)
    [offer] = await offered(clinic, first)
    assert (offer.interval, offer.hold_kind, offer.status) == (visit.interval, HoldKind.WAITLIST, Status.PENDING)
    assert offer.hold_expires_at == clinic.clock.now() + clinic.terms.offer
    assert await offered(clinic, second) == []
    [letter] = [letter for letter in clinic.letters.to(first.email) if letter.kind is MessageKind.OFFER]
    assert letter.visit is not None
    assert letter.visit.offered_until == offer.hold_expires_at
    assert [letter.kind for letter in clinic.letters.to(second.email)] == []


async def test_nobody_is_asked_while_nothing_is_released(clinic: Clinic):
    doctor = await clinic.doctor()
    patient, _ = await waits(clinic, doctor)
    await clinic.wait(hours=1)
    assert await offered(clinic, patient) == []


async def test_what_the_public_took_meanwhile_is_offered_to_nobody(clinic: Clinic):
    doctor = await clinic.doctor()
    visit = await clinic.booked(await clinic.patient(), doctor)
    patient, _ = await waits(clinic, doctor)
    await clinic.cancel(Actor.patient(visit.booked_by), None, appointment_id=visit.id)
    await clinic.hold(await clinic.patient(), doctor)
    await clinic.settle()
    assert await offered(clinic, patient) == []


async def test_the_lapse_of_an_unpaid_hold_releases_its_time(clinic: Clinic):
    doctor = await clinic.doctor()
    await clinic.hold(await clinic.patient(), doctor)
    patient, _ = await waits(clinic, doctor)
    clinic.clock.advance(minutes=10)
    await clinic.expire_holds()
    await clinic.settle()
    assert len(await offered(clinic, patient)) == 1


async def test_who_is_busy_then_is_passed_over(clinic: Clinic):
    doctor = await clinic.doctor()
    visit = await clinic.booked(await clinic.patient(), doctor)
    busy, _ = await waits(clinic, doctor)
    free, _ = await waits(clinic, doctor)
    await clinic.hold(busy, await clinic.doctor())
    await call_off(clinic, visit)
    assert (await offered(clinic, busy), len(await offered(clinic, free))) == ([], 1)


async def test_any_doctor_of_the_specialization_will_do_and_one_offer_at_a_time(clinic: Clinic):
    doctors = [await clinic.doctor() for _ in range(2)]
    patient, _ = await waits(clinic, None, specialization="General practice")
    visits = [
        await clinic.booked(await clinic.patient(), doctor, minutes=60 + 60 * number)
        for number, doctor in enumerate(doctors)
    ]
    for visit in visits:
        await clinic.cancel(Actor.patient(visit.booked_by), None, appointment_id=visit.id)
    await clinic.settle()
    [offer] = await offered(clinic, patient)
    assert offer.doctor_id == doctors[0].id
    await clinic.cancel(Actor.patient(patient.id), None, appointment_id=offer.id)
    await clinic.wait(seconds=20)
    [offer] = await offered(clinic, patient)
    assert offer.interval == visits[1].interval


@pytest.mark.parametrize(
    ("window", "part", "asked"),
    [
        ((0, 90), None, True),
        ((60, 90), None, True),
        ((61, 90), None, False),
        ((0, 89), None, False),
        ((0, 600), PartOfDay.MORNING, True),
        ((0, 600), PartOfDay.AFTERNOON, False),
        ((0, 600), PartOfDay.EVENING, False),
    ],
)
async def test_only_slots_wholly_in_the_window_and_the_part_of_day_are_offered(
    clinic: Clinic, window: tuple[int, int], part: PartOfDay | None, asked: bool
):
    doctor = await clinic.doctor()
    first, last = window
    wanted = Interval(start=MONDAY + minutes(first), end=MONDAY + minutes(last))
    patient, _ = await waits(clinic, doctor, window=wanted, part_of_day=part)
    await taken_and_released(clinic, doctor)
    assert bool(await offered(clinic, patient)) is asked


async def test_the_part_of_the_day_is_the_doctors(clinic: Clinic):
    doctor = await clinic.doctor(some_hours(time_zone="Asia/Tokyo", weekly=((Span(0, 1440),),) * 7))
    patient, _ = await waits(clinic, doctor, part_of_day=PartOfDay.EVENING)
    await taken_and_released(clinic, doctor)
    assert len(await offered(clinic, patient)) == 1


async def test_whoever_left_or_began_to_wait_later_is_not_asked(clinic: Clinic):
    doctor = await clinic.doctor()
    left, entry = await waits(clinic, doctor)
    await clinic.leave_waitlist(Actor.patient(left.id), entry.id)
    stays, _ = await waits(clinic, doctor, window=Interval(start=NINE, end=NINE + HALF))
    visit = await clinic.booked(await clinic.patient(), doctor)
    await clinic.cancel(Actor.patient(visit.booked_by), None, appointment_id=visit.id)
    clinic.clock.advance(seconds=1)
    late, _ = await waits(clinic, doctor)
    await clinic.settle()
    assert [len(await offered(clinic, each)) for each in (left, stays, late)] == [0, 1, 0]


async def test_a_suspended_doctors_time_is_offered_to_nobody(clinic: Clinic):
    doctor = await clinic.doctor()
    visit = await clinic.booked(await clinic.patient(), doctor)
    patient, _ = await waits(clinic, doctor)
    await clinic.cancel(Actor.patient(visit.booked_by), None, appointment_id=visit.id)
    boss = Actor.administrator(clinic.chance.new_id())  # type: ignore[arg-type]  # any id will do
    await DecideDoctor(clinic.storage, clinic.chance)(boss, doctor.id, DoctorStatus.SUSPENDED)
    await clinic.settle()
    assert await offered(clinic, patient) == []


async def test_time_off_taken_back_is_offered(clinic: Clinic):
    doctor = await clinic.doctor()
    actor, span = Actor.doctor(doctor.id), Interval(start=NINE, end=NINE + 2 * HALF)
    first, second, third = [(await waits(clinic, doctor))[0] for _ in range(3)]
    added = await AddTimeOff(clinic.storage, clinic.chance)(actor, None, interval=span)
    assert isinstance(added.time_off, TimeOff)
    await clinic.settle()
    assert await offered(clinic, first) == []
    await RemoveTimeOff(clinic.storage, clinic.chance)(actor, TimeOffId(added.time_off.id))
    await clinic.settle()
    starts = [[each.starts_at for each in await offered(clinic, who)] for who in (first, second, third)]
    assert starts == [[NINE], [NINE + HALF], []]


@pytest.mark.parametrize(
    ("hours", "starts"),
    [
        (some_hours(weekly=((Span(9 * 60, 12 * 60),),) * 7), [NINE + 2 * HALF]),
        (some_hours(weekly=((Span(9 * 60, 10 * 60),),) * 7), []),
        (some_hours(weekly=((Span(9 * 60, 10 * 60),),) * 7, slot_minutes=15), []),
        (some_hours(weekly=((Span(8 * 60, 9 * 60),),) * 7), [MONDAY + HALF]),
    ],
)
async def test_widened_hours_offer_what_they_open_and_nothing_that_was_open(
    clinic: Clinic, hours: Any, starts: list[datetime]
):
    doctor = await clinic.doctor(some_hours(weekly=((Span(9 * 60, 10 * 60),),) * 7))
    patient, _ = await waits(clinic, doctor, window=Interval(start=MONDAY + minutes(1), end=MONDAY + 10 * HALF))
    await SetHours(clinic.storage, clinic.chance)(Actor.doctor(doctor.id), hours)
    await clinic.settle()
    assert [each.starts_at for each in await offered(clinic, patient)] == starts


async def test_a_wait_whose_window_has_passed_is_over_without_anybody_writing_it_down(clinic: Clinic):
    doctor = await clinic.doctor()
    patient, entry = await waits(clinic, doctor, window=Interval(start=MONDAY, end=NINE))
    clinic.clock.set(NINE)
    seen = (await entry_now(clinic, entry)).seen_at(NINE)
    assert (seen.state, seen.closed_at) == (WaitState.ENDED, NINE)
    assert await clinic.list_waits(Actor.patient(patient.id)) == []
    async with clinic.storage.reading() as unit:
        assert (await unit.appointments.pending_of(patient.id)) == []
