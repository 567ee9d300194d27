"""A visit in somebody's calendar: one event that moves and goes, whatever program reads the files and however late they come."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.notify.rendering import Letters
from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment
from scheduling_core.doctor import Doctor
from scheduling_core.patient import Patient
from support.calendars import READERS, CalendarProgram, every_order
from support.clinic import Clinic
from support.clock import ManualClock

DAY = timedelta(days=1)


@pytest.fixture
async def clinic(clock: ManualClock) -> AsyncIterator[Clinic]:
    clinic = Clinic(MemoryStorage(clock), clock)
    yield clinic
    await clinic.close()


@pytest.fixture
async def doctor(clinic: Clinic) -> Doctor:
    return await clinic.doctor()


@pytest.fixture
async def patient(clinic: Clinic) -> Patient:
    return await clinic.patient()


@pytest.fixture(params=READERS)
def program(request: pytest.FixtureRequest) -> CalendarProgram:
    return CalendarProgram(READERS[request.param])


def files(clinic: Clinic, letters: Letters, reader: Patient | Doctor) -> list[bytes]:
    """Every calendar file that this reader was ever sent, oldest first."""
    sent = [letters.render(message) for message in clinic.letters.to(reader.email)]
    return [attachment.content for letter in sent for attachment in letter.attachments]


async def cancel(clinic: Clinic, visit: Appointment) -> None:
    await clinic.wait(minutes=1)
    await clinic.cancel(Actor.patient(visit.booked_by), None, appointment_id=visit.id)
    await clinic.settle()


async def move(clinic: Clinic, visit: Appointment, by: timedelta) -> None:
    await clinic.wait(minutes=1)
    actor = Actor.doctor(visit.doctor_id)
    await clinic.reschedule(actor, None, appointment_id=visit.id, starts_at=visit.starts_at + by)
    await clinic.settle()


async def test_a_visit_that_moves_and_is_cancelled_is_one_event_all_along(
    clinic: Clinic, letters: Letters, patient: Patient, doctor: Doctor, program: CalendarProgram
) -> None:
    visit = await clinic.booked(patient, doctor, minutes=4 * 24 * 60)
    for reader in (patient, doctor):
        program.take(*files(clinic, letters, reader))
    assert program.shown() == [(visit.starts_at, visit.ends_at)]
    await move(clinic, visit, DAY)
    for reader in (patient, doctor):
        program.take(*files(clinic, letters, reader))
    assert program.shown() == [(visit.starts_at + DAY, visit.ends_at + DAY)]
    await cancel(clinic, visit)
    for reader in (patient, doctor):
        program.take(*files(clinic, letters, reader))
    assert program.shown() == []
    (event,) = program.events.values()
    assert (event.method, event.status, event.sequence) == ("CANCEL", "CANCELLED", 2)
    assert event.starts_at == visit.starts_at + DAY


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("cancelled", [True, False])
async def test_files_that_come_late_or_out_of_order_change_nothing(
    clinic: Clinic, letters: Letters, patient: Patient, doctor: Doctor, name: str, cancelled: bool
) -> None:
    visit = await clinic.booked(patient, doctor, minutes=4 * 24 * 60)
    await move(clinic, visit, DAY)
    await move(clinic, visit, timedelta(0))
    await move(clinic, visit, 2 * DAY)
    if cancelled:
        await cancel(clinic, visit)
    sent = files(clinic, letters, patient)
    assert len(sent) == 4 + cancelled
    for order in every_order(sent):
        program = CalendarProgram(READERS[name])
        program.take(*order, *order)
        expected = [] if cancelled else [(visit.starts_at + 2 * DAY, visit.ends_at + 2 * DAY)]
        assert program.shown() == expected


async def test_two_visits_are_two_events(
    clinic: Clinic, letters: Letters, patient: Patient, doctor: Doctor, program: CalendarProgram
) -> None:
    one, other = [await clinic.booked(patient, doctor, minutes=60 * number) for number in (30, 40)]
    await cancel(clinic, one)
    program.take(*files(clinic, letters, patient))
    assert program.shown() == [(other.starts_at, other.ends_at)]


async def test_both_readers_see_the_same(clinic: Clinic, letters: Letters, patient: Patient, doctor: Doctor) -> None:
    visit = await clinic.booked(patient, doctor, minutes=4 * 24 * 60)
    await move(clinic, visit, DAY)
    await cancel(clinic, visit)
    for content in files(clinic, letters, patient):
        one, other = (read(content) for read in READERS.values())
        assert one == other
