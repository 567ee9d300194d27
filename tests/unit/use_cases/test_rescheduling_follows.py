"""What a move brings with it: the same room at the new time, reminders of the new time alone, and both are told."""

from datetime import datetime, timedelta

import pytest

from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment
from scheduling_core.appointment_parts import MeetingStatus
from scheduling_core.doctor import Doctor
from scheduling_core.patient import Patient
from scheduling_core.ports.notify import Message
from scheduling_core.tasks import MOST_ATTEMPTS, MessageKind
from support.clinic import Clinic
from support.clock import MONDAY
from support.making import minutes

DAY = timedelta(days=1)
FRIDAY = MONDAY + 4 * DAY
REMINDERS = {MessageKind.REMINDER_DAY, MessageKind.REMINDER_SOON}


@pytest.fixture
async def visit(clinic: Clinic, patient: Patient, doctor: Doctor) -> Appointment:
    return await clinic.booked(patient, doctor, minutes=4 * 24 * 60)


async def move(clinic: Clinic, visit: Appointment, to: datetime, *, by: Role = Role.PATIENT) -> Appointment:
    actor = Actor.doctor(visit.doctor_id) if by is Role.DOCTOR else Actor.patient(visit.booked_by)
    return (await clinic.reschedule(actor, None, appointment_id=visit.id, starts_at=to)).appointment


def letters(clinic: Clinic, to: Patient | Doctor, *kinds: MessageKind) -> list[Message]:
    return [letter for letter in clinic.letters.to(to.email) if letter.kind in kinds]


async def test_the_meeting_moves_along_and_keeps_its_link(clinic: Clinic, visit: Appointment) -> None:
    before = (await clinic.see(visit.id)).appointment.meeting
    await move(clinic, visit, FRIDAY + DAY)
    assert (await clinic.see(visit.id)).appointment.meeting == before
    await clinic.settle()
    assert (await clinic.see(visit.id)).appointment.meeting == before
    (event,) = clinic.rooms.events.values()
    assert (event.appointment_id, event.sequence) == (visit.id, 1)
    assert event.interval.start == FRIDAY + DAY


async def test_both_are_told_the_old_and_the_new_time_once(
    clinic: Clinic, visit: Appointment, patient: Patient, doctor: Doctor
) -> None:
    await move(clinic, visit, FRIDAY + DAY)
    await clinic.settle()
    for reader in (patient, doctor):
        (told,) = letters(clinic, reader, MessageKind.RESCHEDULED)
        assert told.visit is not None
        assert (told.visit.moved_from, told.visit.starts_at) == (FRIDAY, FRIDAY + DAY)
        assert (told.visit.sequence, told.visit.cancelled) == (1, False)
        assert told.visit.full_refund_until is None
        assert letters(clinic, reader, MessageKind.LINK_READY) == []


async def test_a_doctors_move_tells_the_patient_what_it_promises(
    clinic: Clinic, visit: Appointment, patient: Patient
) -> None:
    await move(clinic, visit, FRIDAY + DAY, by=Role.DOCTOR)
    await clinic.settle()
    (told,) = letters(clinic, patient, MessageKind.RESCHEDULED)
    assert told.visit is not None
    assert told.visit.full_refund_until == FRIDAY + DAY


async def test_a_visit_moved_twice_at_once_is_told_of_as_it_stands(
    clinic: Clinic, visit: Appointment, patient: Patient
) -> None:
    await move(clinic, visit, FRIDAY + DAY)
    await move(clinic, visit, FRIDAY + 2 * DAY)
    await clinic.settle()
    (told,) = letters(clinic, patient, MessageKind.RESCHEDULED)
    assert told.visit is not None
    assert (told.visit.starts_at, told.visit.sequence) == (FRIDAY + 2 * DAY, 2)


@pytest.mark.parametrize("to", [FRIDAY + DAY, FRIDAY - DAY], ids=["later", "sooner"])
async def test_reminders_are_of_the_new_time_alone(
    clinic: Clinic, visit: Appointment, patient: Patient, doctor: Doctor, to: datetime
) -> None:
    await move(clinic, visit, to)
    for ahead in (timedelta(days=1), minutes(15)):
        clinic.clock.set(min(to, FRIDAY) - ahead)
        await clinic.settle()
    for ahead in (timedelta(days=1), minutes(15)):
        clinic.clock.set(max(to, FRIDAY) - ahead)
        await clinic.settle()
    for reader in (patient, doctor):
        told = letters(clinic, reader, *REMINDERS)
        assert [letter.kind for letter in told] == [MessageKind.REMINDER_DAY, MessageKind.REMINDER_SOON]
        assert {letter.visit and letter.visit.starts_at for letter in told} == {to}


async def test_a_visit_moved_there_and_back_is_reminded_of_once(
    clinic: Clinic, visit: Appointment, patient: Patient
) -> None:
    await move(clinic, visit, FRIDAY + DAY)
    await move(clinic, visit, FRIDAY)
    for moment in (FRIDAY - DAY, FRIDAY - minutes(15)):
        clinic.clock.set(moment)
        await clinic.settle()
    assert [letter.kind for letter in letters(clinic, patient, *REMINDERS)] == [
        MessageKind.REMINDER_DAY,
        MessageKind.REMINDER_SOON,
    ]


async def test_a_visit_moved_into_the_day_has_no_reminder_a_day_ahead(
    clinic: Clinic, visit: Appointment, patient: Patient
) -> None:
    await move(clinic, visit, MONDAY + timedelta(hours=5))
    clinic.clock.set(MONDAY + timedelta(hours=5) - minutes(15))
    await clinic.settle()
    assert [letter.kind for letter in letters(clinic, patient, *REMINDERS)] == [MessageKind.REMINDER_SOON]


async def test_news_of_a_move_waits_a_little_for_the_link(clinic: Clinic, patient: Patient, doctor: Doctor) -> None:
    clinic.rooms.away = True
    visit = await clinic.booked(patient, doctor, minutes=4 * 24 * 60)
    await move(clinic, visit, FRIDAY + DAY)
    await clinic.settle()
    assert letters(clinic, patient, MessageKind.BOOKED, MessageKind.RESCHEDULED) == []
    clinic.rooms.away = False
    await clinic.wait(seconds=30)
    (told,) = letters(clinic, patient, MessageKind.BOOKED, MessageKind.RESCHEDULED, MessageKind.LINK_READY)
    assert told.kind is MessageKind.RESCHEDULED
    assert told.visit is not None
    assert told.visit.join_url is not None


async def test_a_calendar_that_gave_up_is_asked_again(clinic: Clinic, patient: Patient, doctor: Doctor) -> None:
    clinic.rooms.away = True
    visit = await clinic.booked(patient, doctor, minutes=4 * 24 * 60)
    for _ in range(MOST_ATTEMPTS + 1):
        await clinic.wait(minutes=16)
    assert (await clinic.see(visit.id)).appointment.meeting.status is MeetingStatus.FAILED
    clinic.rooms.away = False
    assert (await move(clinic, visit, FRIDAY + DAY)).meeting.status is MeetingStatus.CREATING
    await clinic.settle()
    assert (await clinic.see(visit.id)).appointment.meeting.status is MeetingStatus.READY


async def test_a_moved_visit_that_is_cancelled_ends_under_its_next_sequence(
    clinic: Clinic, visit: Appointment, patient: Patient
) -> None:
    await move(clinic, visit, FRIDAY + DAY)
    await clinic.cancel(Actor.patient(patient.id), None, appointment_id=visit.id)
    await clinic.settle()
    (told,) = letters(clinic, patient, MessageKind.RESCHEDULED, MessageKind.CANCELLED)
    assert told.visit is not None
    assert (told.kind, told.visit.cancelled, told.visit.sequence) == (MessageKind.CANCELLED, True, 2)
    assert clinic.rooms.events == {}
    await clinic.wait(days=7)
    assert letters(clinic, patient, *REMINDERS) == []
