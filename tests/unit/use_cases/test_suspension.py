"""A doctor who is suspended: nothing new, nothing lost unseen, and everything called off when an administrator says so."""

from datetime import timedelta

import pytest

from scheduling_core.access import ANONYMOUS, Actor, Role
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import (
    Forbidden,
    IllegalTransition,
    InvalidInput,
    NotFound,
    Outdated,
    Refusal,
    SlotNotOffered,
    Unauthenticated,
)
from scheduling_core.event import Event
from scheduling_core.ids import AdministratorId, DoctorId
from scheduling_core.instants import Interval
from scheduling_core.patient import Patient
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.requests import RequestKey
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.administration import DecideDoctor
from scheduling_core.use_cases.suspension import CancelDoctorVisits, CancelledVisits, ListDoctorVisits
from scheduling_core.use_cases.waitlist import Wish
from support.clinic import Clinic
from support.clock import MONDAY
from support.making import an_id
from support.rivals import ContestedStorage

BOSS = Actor.administrator(AdministratorId(an_id()))


async def decide(clinic: Clinic, doctor: Doctor, status: DoctorStatus) -> None:
    await DecideDoctor(clinic.storage, clinic.chance)(BOSS, doctor.id, status)


async def ahead(clinic: Clinic, doctor: Doctor) -> list[Appointment]:
    found = await ListDoctorVisits(clinic.storage, clinic.clock)(BOSS, doctor.id)
    return [each.appointment for each in found]


async def call_off(
    clinic: Clinic, doctor: Doctor, request: RequestKey | None = None, reason: str = ""
) -> CancelledVisits:
    cancel = CancelDoctorVisits(clinic.storage, clinic.clock, clinic.chance)
    return await cancel(BOSS, request, doctor_id=doctor.id, reason=reason)


async def history(clinic: Clinic, visit: Appointment) -> list[Event]:
    async with clinic.storage.reading() as unit:
        return await unit.appointments.events(visit.id)


async def arrive(clinic: Clinic, visit: Appointment) -> Appointment:
    async with clinic.storage.writing() as unit:
        fresh = await unit.appointments.lock(visit.id, BOSS)
        return await unit.appointments.store(fresh.move(Verb.ARRIVE, Actor.doctor(visit.doctor_id), clinic.clock.now()))


async def test_lists_what_is_booked_and_still_to_begin(clinic: Clinic, doctor: Doctor, patient: Patient) -> None:
    later = await clinic.booked(patient, doctor, minutes=26 * 60)
    soon = await arrive(clinic, await clinic.booked(patient, doctor, minutes=90))
    began = await clinic.booked(patient, doctor, minutes=30)
    cancelled = await clinic.booked(patient, doctor, minutes=300)
    await clinic.cancel(Actor.patient(patient.id), None, appointment_id=cancelled.id)
    await clinic.booked(patient, await clinic.doctor(), minutes=360)
    await clinic.hold(patient, doctor, minutes=420)
    clinic.clock.set(began.starts_at)
    assert [each.id for each in await ahead(clinic, doctor)] == [soon.id, later.id]


async def test_lists_a_page_at_a_time(clinic: Clinic, doctor: Doctor, patient: Patient) -> None:
    visits = [await clinic.booked(patient, doctor, minutes=60 * (number + 1)) for number in range(3)]
    read = ListDoctorVisits(clinic.storage, clinic.clock)
    first = await read(BOSS, doctor.id, limit=2)
    last = first[-1].appointment
    rest = await read(BOSS, doctor.id, after=(last.starts_at, last.id), limit=2)
    assert [each.appointment.id for each in (*first, *rest)] == [visit.id for visit in visits]


async def test_suspending_keeps_visits_and_lets_live_holds_go(clinic: Clinic, doctor: Doctor, patient: Patient) -> None:
    visit = await clinic.booked(patient, doctor, minutes=120)
    lapsed = await clinic.hold(await clinic.patient(), doctor, minutes=300)
    clinic.clock.advance(minutes=10)
    held = await clinic.hold(patient, doctor, minutes=170)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.authorize(held.id)
    await decide(clinic, doctor, DoctorStatus.SUSPENDED)
    await clinic.settle()
    assert [each.id for each in await ahead(clinic, doctor)] == [visit.id]
    last = (await history(clinic, held))[-1]
    assert (last.verb, last.role, last.after) == (Verb.STRIKE, Role.ADMINISTRATOR, Status.CANCELLED)
    assert (await clinic.payment(held.id)).status is PaymentStatus.RELEASED
    assert [event.verb for event in await history(clinic, lapsed)] == [Verb.HOLD]


async def test_nothing_new_can_be_claimed_or_moved_until_the_doctor_is_back(
    clinic: Clinic, doctor: Doctor, patient: Patient
) -> None:
    visit = await clinic.booked(patient, doctor, minutes=3 * 24 * 60)
    to = visit.starts_at + timedelta(days=1)
    await decide(clinic, doctor, DoctorStatus.SUSPENDED)
    for actor in (Actor.patient(patient.id), Actor.doctor(doctor.id)):
        with pytest.raises(SlotNotOffered) as refusal:
            await clinic.reschedule(actor, None, appointment_id=visit.id, starts_at=to)
        assert refusal.value.reason == "not_listed"
    with pytest.raises(SlotNotOffered):
        await clinic.hold(await clinic.patient(), doctor, minutes=60)
    await decide(clinic, doctor, DoctorStatus.APPROVED)
    moved = await clinic.reschedule(Actor.patient(patient.id), None, appointment_id=visit.id, starts_at=to)
    assert moved.appointment.starts_at == to
    assert (await clinic.hold(await clinic.patient(), doctor, minutes=60)).status is Status.PENDING


async def test_money_that_arrives_after_the_hold_lapsed_books_nobody_with_a_suspended_doctor(
    clinic: Clinic, doctor: Doctor, patient: Patient
) -> None:
    held = await clinic.hold(patient, doctor, minutes=120)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.authorize(held.id)
    clinic.clock.advance(minutes=10)
    await decide(clinic, doctor, DoctorStatus.SUSPENDED)
    await clinic.settle()
    assert (await clinic.see(held.id)).appointment.status is Status.CANCELLED
    assert (await clinic.payment(held.id)).status is PaymentStatus.RELEASED


async def test_calls_off_everything_ahead_with_full_refunds(clinic: Clinic, doctor: Doctor, patient: Patient) -> None:
    visits = [await clinic.booked(patient, doctor, minutes=30 * (number + 1)) for number in range(4)]
    arrived = await arrive(clinic, visits[1])
    elsewhere = await clinic.booked(patient, await clinic.doctor(), minutes=300)
    clinic.clock.set(visits[0].starts_at)
    await decide(clinic, doctor, DoctorStatus.SUSPENDED)
    assert await call_off(clinic, doctor, reason="left the clinic") == CancelledVisits(cancelled=3, left=0)
    await clinic.settle()
    assert await ahead(clinic, doctor) == []
    for visit in visits[1:]:
        seen = (await clinic.see(visit.id)).appointment
        assert seen.cancellation is not None
        assert (seen.status, seen.cancellation.by, seen.cancellation.reason) == (
            Status.CANCELLED,
            Role.ADMINISTRATOR,
            "left the clinic",
        )
        assert (await clinic.payment(visit.id)).status is PaymentStatus.REFUNDED
    assert (await history(clinic, arrived))[-1].verb is Verb.STRIKE
    for untouched in (visits[0], elsewhere):
        assert (await clinic.see(untouched.id)).appointment.status is Status.BOOKED
    told = [letter for letter in clinic.letters.to(patient.email) if letter.kind is MessageKind.CANCELLED]
    assert len(told) == 3
    assert await call_off(clinic, doctor) == CancelledVisits(cancelled=0, left=0)


async def test_a_long_list_is_called_off_in_several_requests(clinic: Clinic, doctor: Doctor) -> None:
    cancel = CancelDoctorVisits(clinic.storage, clinic.clock, clinic.chance, most_at_once=2)
    for number in range(3):
        await clinic.booked(await clinic.patient(), doctor, minutes=30 * (number + 1))
    await decide(clinic, doctor, DoctorStatus.SUSPENDED)
    assert await cancel(BOSS, None, doctor_id=doctor.id) == CancelledVisits(cancelled=2, left=1)
    assert await cancel(BOSS, None, doctor_id=doctor.id) == CancelledVisits(cancelled=1, left=0)


async def test_one_key_is_answered_alike(clinic: Clinic, doctor: Doctor, patient: Patient) -> None:
    await clinic.booked(patient, doctor)
    await decide(clinic, doctor, DoctorStatus.SUSPENDED)
    request = RequestKey(BOSS, "cancel-visits", "key", "body")
    assert await call_off(clinic, doctor, request) == CancelledVisits(cancelled=1, left=0)
    assert await call_off(clinic, doctor, request) == CancelledVisits(cancelled=1, left=0)
    other = RequestKey(BOSS, "cancel-visits", "other", "body")
    assert await call_off(clinic, doctor, other) == CancelledVisits(cancelled=0, left=0)


async def test_what_was_called_off_stays_so_when_it_is_interrupted(
    clinic: Clinic, doctor: Doctor, patient: Patient
) -> None:
    visits = [await clinic.booked(patient, doctor, minutes=60 * (number + 1)) for number in range(2)]
    await decide(clinic, doctor, DoctorStatus.SUSPENDED)
    contested = ContestedStorage(clinic.storage, times=99)
    with pytest.raises(Outdated):
        await CancelDoctorVisits(contested, clinic.clock, clinic.chance)(BOSS, None, doctor_id=doctor.id)
    assert len(await ahead(clinic, doctor)) == 2
    patient_first = ContestedStorage(clinic.storage, times=3)
    cancel = CancelDoctorVisits(patient_first, clinic.clock, clinic.chance)
    assert await cancel(BOSS, None, doctor_id=doctor.id) == CancelledVisits(cancelled=2, left=0)
    assert [(await clinic.see(visit.id)).appointment.sequence for visit in visits] == [1, 1]


@pytest.mark.parametrize("booked", [True, False])
async def test_only_a_suspended_doctors_visits_are_called_off(
    clinic: Clinic, doctor: Doctor, patient: Patient, booked: bool
) -> None:
    if booked:
        await clinic.booked(patient, doctor)
    with pytest.raises(IllegalTransition):
        await call_off(clinic, doctor)
    assert len(await ahead(clinic, doctor)) == int(booked)


async def test_a_reason_is_bounded_and_a_doctor_must_exist(clinic: Clinic, doctor: Doctor) -> None:
    await decide(clinic, doctor, DoctorStatus.SUSPENDED)
    with pytest.raises(InvalidInput):
        await call_off(clinic, doctor, reason="x" * 501)
    nobody = DoctorId(an_id())
    with pytest.raises(NotFound):
        await ListDoctorVisits(clinic.storage, clinic.clock)(BOSS, nobody)
    with pytest.raises(NotFound):
        await CancelDoctorVisits(clinic.storage, clinic.clock, clinic.chance)(BOSS, None, doctor_id=nobody)


async def test_only_administrators_see_and_call_off(clinic: Clinic, doctor: Doctor) -> None:
    refusals: list[tuple[Actor, type[Refusal]]] = [
        (ANONYMOUS, Unauthenticated),
        (Actor.doctor(doctor.id), Forbidden),
        (Actor(Role.PATIENT, an_id()), Forbidden),
    ]
    for actor, refusal in refusals:
        with pytest.raises(refusal):
            await ListDoctorVisits(clinic.storage, clinic.clock)(actor, doctor.id)
        with pytest.raises(refusal):
            await CancelDoctorVisits(clinic.storage, clinic.clock, clinic.chance)(actor, None, doctor_id=doctor.id)


async def test_a_doctor_who_may_be_booked_again_is_offered_to_those_who_wait(clinic: Clinic) -> None:
    doctor, patient = await clinic.doctor(), await clinic.patient()
    wish = Wish(window=Interval(start=MONDAY, end=MONDAY + timedelta(days=2)), doctor_id=doctor.id)
    await clinic.join_waitlist(Actor.patient(patient.id), None, wish)
    for status, offered in ((DoctorStatus.SUSPENDED, 0), (DoctorStatus.APPROVED, 1)):
        await DecideDoctor(clinic.storage, clinic.chance)(BOSS, doctor.id, status)
        await clinic.settle()
        async with clinic.storage.reading() as unit:
            assert len(await unit.appointments.pending_of(patient.id)) == offered
