"""Moving a visit: what must be free, what stays, and what follows."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import ANONYMOUS, SYSTEM, Actor, Role
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import (
    CannotReschedule,
    Forbidden,
    NotFound,
    PatientBusy,
    Refusal,
    SlotNotOffered,
    SlotTaken,
    Superseded,
    Unauthenticated,
)
from scheduling_core.event import Event
from scheduling_core.hours import Span
from scheduling_core.patient import Patient
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.requests import RequestKey
from scheduling_core.use_cases.hours import SetHours
from scheduling_core.use_cases.rescheduling import PreviewReschedule, Reschedule, ReschedulePreview
from scheduling_core.use_cases.visits import PreviewCancellation
from support.clinic import OPEN_ALL_DAY, Clinic
from support.clock import MONDAY
from support.making import a_time_off, an_id, minutes
from support.rivals import ContestedStorage

DAY = timedelta(days=1)
FRIDAY = MONDAY + 4 * DAY


@pytest.fixture
async def visit(clinic: Clinic, patient: Patient, doctor: Doctor) -> Appointment:
    """On Friday, paid for, its link ready."""
    return await clinic.booked(patient, doctor, minutes=4 * 24 * 60)


def mover(visit: Appointment, role: Role) -> Actor:
    return Actor.doctor(visit.doctor_id) if role is Role.DOCTOR else Actor.patient(visit.booked_by)


async def move(
    clinic: Clinic, visit: Appointment, to: datetime, *, by: Role = Role.PATIENT, expected: int | None = None
) -> Appointment:
    actor = mover(visit, by)
    details = await clinic.reschedule(actor, None, appointment_id=visit.id, starts_at=to, expected_version=expected)
    return details.appointment


async def refused(clinic: Clinic, visit: Appointment, to: datetime, *, by: Role = Role.PATIENT) -> Refusal:
    """Why; and that nothing at all has changed."""
    storage = clinic.storage
    assert isinstance(storage, MemoryStorage)
    before = storage.committed()
    with pytest.raises(Refusal) as refusal:
        await move(clinic, visit, to, by=by)
    assert storage.committed() == before
    return refusal.value


async def preview(clinic: Clinic, visit: Appointment, *, by: Role = Role.PATIENT) -> ReschedulePreview:
    return await PreviewReschedule(clinic.storage, clinic.clock, clinic.terms)(mover(visit, by), visit.id)


async def events(clinic: Clinic, visit: Appointment) -> list[Event]:
    async with clinic.storage.reading() as unit:
        return await unit.appointments.events(visit.id)


@pytest.mark.parametrize("by", [Role.PATIENT, Role.DOCTOR])
async def test_moves_the_same_row_with_the_same_money(clinic: Clinic, visit: Appointment, by: Role) -> None:
    payment = await clinic.payment(visit.id)
    moved = await move(clinic, visit, FRIDAY + DAY, by=by)
    await clinic.settle()
    assert (moved.id, moved.status, moved.starts_at) == (visit.id, Status.BOOKED, FRIDAY + DAY)
    assert moved.ends_at - moved.starts_at == visit.ends_at - visit.starts_at
    assert (moved.quote, moved.keep, moved.paid_by) == (visit.quote, visit.keep, visit.paid_by)
    assert moved.receipt_number == visit.receipt_number
    assert await clinic.payment(visit.id) == payment
    assert payment.status is PaymentStatus.CAPTURED
    last = (await events(clinic, visit))[-1]
    assert (last.verb, last.before, last.after, last.role) == (Verb.RESCHEDULE, Status.BOOKED, Status.BOOKED, by)
    assert last.interval == moved.interval


async def test_the_old_time_is_free_at_once_and_the_new_one_is_not(
    clinic: Clinic, visit: Appointment, doctor: Doctor
) -> None:
    await move(clinic, visit, FRIDAY + DAY)
    other = await clinic.patient()
    assert (await clinic.hold(other, doctor, minutes=4 * 24 * 60)).starts_at == FRIDAY
    with pytest.raises(SlotTaken):
        await clinic.hold(other, doctor, minutes=5 * 24 * 60)


async def test_its_own_place_is_not_in_its_way(clinic: Clinic, visit: Appointment, doctor: Doctor) -> None:
    await SetHours(clinic.storage, clinic.chance)(Actor.doctor(doctor.id), replace(OPEN_ALL_DAY, slot_minutes=15))
    moved = await move(clinic, visit, FRIDAY + minutes(15))
    assert moved.interval.overlaps(visit.interval)


async def test_the_time_it_has_already_changes_nothing(clinic: Clinic, visit: Appointment) -> None:
    same = await move(clinic, visit, FRIDAY)
    assert same == (await clinic.see(visit.id)).appointment
    assert (same.version, same.moves) == (visit.version, 0)


async def test_a_taken_time_is_refused_and_nothing_is_lost(clinic: Clinic, visit: Appointment, doctor: Doctor) -> None:
    await clinic.booked(await clinic.patient(), doctor, minutes=5 * 24 * 60)
    assert isinstance(await refused(clinic, visit, FRIDAY + DAY), SlotTaken)


async def test_the_gap_after_the_visit_must_be_free_too(clinic: Clinic, visit: Appointment, doctor: Doctor) -> None:
    await SetHours(clinic.storage, clinic.chance)(Actor.doctor(doctor.id), replace(OPEN_ALL_DAY, gap_minutes=30))
    await clinic.booked(await clinic.patient(), doctor, minutes=5 * 24 * 60)
    await SetHours(clinic.storage, clinic.chance)(Actor.doctor(doctor.id), OPEN_ALL_DAY)
    assert isinstance(await refused(clinic, visit, FRIDAY + DAY + minutes(30)), SlotTaken)
    assert (await move(clinic, visit, FRIDAY + DAY + minutes(60))).starts_at == FRIDAY + DAY + minutes(60)


async def test_a_time_at_which_the_person_is_elsewhere_is_refused(
    clinic: Clinic, visit: Appointment, patient: Patient
) -> None:
    await clinic.booked(patient, await clinic.doctor(), minutes=5 * 24 * 60)
    assert isinstance(await refused(clinic, visit, FRIDAY + DAY, by=Role.DOCTOR), PatientBusy)


async def test_lapsed_holds_in_the_way_are_let_go(clinic: Clinic, visit: Appointment, doctor: Doctor) -> None:
    held = await clinic.hold(await clinic.patient(), doctor, minutes=5 * 24 * 60)
    assert isinstance(await refused(clinic, visit, FRIDAY + DAY), SlotTaken)
    clinic.clock.advance(minutes=10)
    await move(clinic, visit, FRIDAY + DAY)
    assert (await events(clinic, held))[-1].verb is Verb.EXPIRE


async def test_a_patients_own_hold_of_that_time_gives_way(
    clinic: Clinic, visit: Appointment, doctor: Doctor, patient: Patient
) -> None:
    held = await clinic.hold(patient, doctor, minutes=5 * 24 * 60)
    await move(clinic, visit, FRIDAY + DAY)
    assert (await events(clinic, held))[-1].verb is Verb.REPLACE


async def test_a_doctors_move_takes_nobodys_hold_away(
    clinic: Clinic, visit: Appointment, doctor: Doctor, patient: Patient
) -> None:
    await clinic.hold(patient, doctor, minutes=5 * 24 * 60)
    assert isinstance(await refused(clinic, visit, FRIDAY + DAY, by=Role.DOCTOR), SlotTaken)


@pytest.mark.parametrize("by", [Role.PATIENT, Role.DOCTOR])
@pytest.mark.parametrize(
    ("to", "reason"),
    [
        (MONDAY - minutes(30), "past"),
        (MONDAY + minutes(30), "notice"),
        (MONDAY + 31 * DAY, "horizon"),
        (FRIDAY + minutes(7), "off_grid"),
        (FRIDAY + timedelta(hours=14), "closed"),
        (FRIDAY + timedelta(hours=3), "time_off"),
    ],
)
async def test_only_what_the_doctor_offers_can_be_chosen(
    clinic: Clinic, visit: Appointment, doctor: Doctor, to: datetime, reason: str, by: Role
) -> None:
    hours = replace(OPEN_ALL_DAY, minimum_notice_minutes=60, weekly=((Span(0, 20 * 60),),) * 7)
    await SetHours(clinic.storage, clinic.chance)(Actor.doctor(doctor.id), hours)
    async with clinic.storage.writing() as unit:
        await unit.schedules.add_time_off(doctor.id, a_time_off(FRIDAY + timedelta(hours=3, minutes=29)))
    refusal = await refused(clinic, visit, to, by=by)
    assert isinstance(refusal, SlotNotOffered)
    assert refusal.reason == reason


async def test_a_visit_keeps_its_length_when_slots_became_longer(
    clinic: Clinic, visit: Appointment, doctor: Doctor
) -> None:
    await SetHours(clinic.storage, clinic.chance)(Actor.doctor(doctor.id), replace(OPEN_ALL_DAY, slot_minutes=60))
    refusal = await refused(clinic, visit, FRIDAY + minutes(30))
    assert isinstance(refusal, SlotNotOffered)
    assert refusal.reason == "off_grid"
    moved = await move(clinic, visit, FRIDAY + minutes(60))
    assert moved.ends_at == FRIDAY + minutes(90)


async def test_a_visit_keeps_its_length_when_slots_became_shorter(
    clinic: Clinic, visit: Appointment, doctor: Doctor
) -> None:
    hours = replace(OPEN_ALL_DAY, slot_minutes=10, weekly=((Span(0, 12 * 60), Span(13 * 60, 24 * 60)),) * 7)
    await SetHours(clinic.storage, clinic.chance)(Actor.doctor(doctor.id), hours)
    noon = FRIDAY.replace(hour=12)
    await clinic.booked(await clinic.patient(), doctor, minutes=(noon - minutes(90) - MONDAY) / minutes(1))
    assert isinstance(await refused(clinic, visit, noon - minutes(110)), SlotTaken)
    refusal = await refused(clinic, visit, noon - minutes(20))
    assert isinstance(refusal, SlotNotOffered)
    assert refusal.reason == "closed"
    assert (await move(clinic, visit, noon - minutes(30))).ends_at == noon


async def test_nothing_moves_to_a_doctor_who_is_suspended(clinic: Clinic, visit: Appointment, doctor: Doctor) -> None:
    async with clinic.storage.writing() as unit:
        await unit.doctors.save(doctor.become(DoctorStatus.SUSPENDED))
    for by in (Role.PATIENT, Role.DOCTOR):
        refusal = await refused(clinic, visit, FRIDAY + DAY, by=by)
        assert isinstance(refusal, SlotNotOffered)
        assert refusal.reason == "not_listed"
        assert (await preview(clinic, visit, by=by)).why_not == "not_listed"


async def test_a_patient_moves_three_times_and_is_told_how_often_yet(clinic: Clinic, visit: Appointment) -> None:
    left = []
    for days in (1, 2, 3):
        left.append((await preview(clinic, visit)).moves_left)
        await move(clinic, visit, FRIDAY + days * DAY)
    assert left == [3, 2, 1]
    refusal = await refused(clinic, visit, FRIDAY)
    assert isinstance(refusal, CannotReschedule)
    assert refusal.reason == "too_often"
    barred = ReschedulePreview(allowed=False, why_not="too_often", moves_left=0, until=None)
    assert await preview(clinic, visit) == barred
    assert (await move(clinic, visit, FRIDAY, by=Role.DOCTOR)).moves == 3


async def test_a_patient_moves_only_while_everything_would_come_back(clinic: Clinic, visit: Appointment) -> None:
    expected = ReschedulePreview(allowed=True, why_not=None, moves_left=3, until=FRIDAY - DAY)
    assert await preview(clinic, visit) == expected
    clinic.clock.set(FRIDAY - DAY + timedelta(microseconds=1))
    refusal = await refused(clinic, visit, FRIDAY + DAY)
    assert isinstance(refusal, CannotReschedule)
    assert refusal.reason == (await preview(clinic, visit)).why_not == "too_late"
    assert (await preview(clinic, visit, by=Role.DOCTOR)).until == visit.ends_at


async def test_after_a_doctors_move_everything_comes_back_until_the_new_start(
    clinic: Clinic, visit: Appointment
) -> None:
    clinic.clock.set(FRIDAY - timedelta(hours=2))
    patient = mover(visit, Role.PATIENT)
    told = PreviewCancellation(clinic.storage, clinic.clock, clinic.terms)
    assert (await told(patient, visit.id)).refund.amount == 0
    await move(clinic, visit, FRIDAY + timedelta(hours=3), by=Role.DOCTOR)
    promised = await told(patient, visit.id)
    assert (promised.refund, promised.refundable_until) == (visit.quote.total, FRIDAY + timedelta(hours=3))
    clinic.clock.set(FRIDAY + timedelta(hours=3) - minutes(1))
    await clinic.cancel(patient, None, appointment_id=visit.id, expected_refund=visit.quote.total)
    await clinic.settle()
    assert (await clinic.payment(visit.id)).status is PaymentStatus.REFUNDED


async def test_who_decided_on_an_older_version_is_asked_to_look_again(clinic: Clinic, visit: Appointment) -> None:
    await move(clinic, visit, FRIDAY + DAY, expected=visit.version)
    with pytest.raises(Superseded):
        await move(clinic, visit, FRIDAY + 2 * DAY, expected=visit.version)
    await clinic.cancel(mover(visit, Role.PATIENT), None, appointment_id=visit.id)
    with pytest.raises(Superseded):
        await move(clinic, visit, FRIDAY + 2 * DAY, expected=visit.version + 1)
    refusal = await refused(clinic, visit, FRIDAY + 2 * DAY)
    assert isinstance(refusal, CannotReschedule)
    assert refusal.reason == "not_booked"


async def test_a_hold_is_not_moved(clinic: Clinic, doctor: Doctor, patient: Patient) -> None:
    held = await clinic.hold(patient, doctor)
    refusal = await refused(clinic, held, FRIDAY)
    assert isinstance(refusal, CannotReschedule)
    assert refusal.reason == "not_booked"


async def test_a_repeated_request_is_answered_alike_and_done_once(clinic: Clinic, visit: Appointment) -> None:
    actor = mover(visit, Role.PATIENT)
    request = RequestKey(actor, "reschedule", "key", "body")
    answers = [
        await clinic.reschedule(actor, request, appointment_id=visit.id, starts_at=FRIDAY + DAY) for _ in range(3)
    ]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0].appointment.moves == 1
    assert [event.verb for event in await events(clinic, visit)].count(Verb.RESCHEDULE) == 1


async def test_decides_again_when_somebody_was_faster(clinic: Clinic, visit: Appointment) -> None:
    contested = Reschedule(
        ContestedStorage(clinic.storage, times=3), clinic.chance, clinic.terms, clinic.read_busy_times
    )
    actor = mover(visit, Role.PATIENT)
    details = await contested(actor, None, appointment_id=visit.id, starts_at=FRIDAY + DAY)
    assert (details.appointment.starts_at, details.appointment.moves) == (FRIDAY + DAY, 1)


async def test_only_the_two_participants_move_a_visit(clinic: Clinic, visit: Appointment) -> None:
    ask = PreviewReschedule(clinic.storage, clinic.clock, clinic.terms)
    strangers: list[tuple[Actor, type[Refusal]]] = [
        (ANONYMOUS, Unauthenticated),
        (SYSTEM, Unauthenticated),
        (Actor(Role.ADMINISTRATOR, an_id()), Forbidden),
        (Actor(Role.PATIENT, an_id()), NotFound),
        (Actor(Role.DOCTOR, an_id()), NotFound),
    ]
    for actor, refusal in strangers:
        with pytest.raises(refusal):
            await clinic.reschedule(actor, None, appointment_id=visit.id, starts_at=FRIDAY + DAY)
        with pytest.raises(refusal):
            await ask(actor, visit.id)
