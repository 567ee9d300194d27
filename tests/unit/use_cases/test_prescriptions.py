"""Prescriptions: who writes them, how long, what is kept, and who reads them."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment
from scheduling_core.errors import Forbidden, IllegalTransition, InvalidInput, NotFound, TooLate
from scheduling_core.ids import AdministratorId
from scheduling_core.prescription import Medicine, Prescription
from scheduling_core.use_cases.prescriptions import Prescribe, ReadPrescription
from support.clinic import Clinic
from support.clock import ManualClock
from support.making import an_id

MICROSECOND = timedelta(microseconds=1)
BOSS = Actor.administrator(AdministratorId(an_id()))
CREAM = Medicine(name="Hydrocortisone 1 %", dose="Thinly", instructions="Twice a day", days=7)


@dataclass
class Case:
    clinic: Clinic
    patient: Actor
    doctor: Actor
    visit: Appointment

    async def write(self, *medicines: Medicine, advice: str = "", actor: Actor | None = None) -> Prescription:
        prescribe = Prescribe(self.clinic.storage, self.clinic.terms)
        return await prescribe(actor or self.doctor, self.visit.id, medicines=medicines, advice=advice)

    async def read(self, actor: Actor) -> Prescription:
        printed = await ReadPrescription(self.clinic.storage, self.clinic.terms)(actor, self.visit.id)
        return printed.prescription


@pytest.fixture
async def case(clinic: Clinic, clock: ManualClock) -> Case:
    """A visit that was fulfilled at its end, which is now."""
    patient, doctor = await clinic.patient(), await clinic.doctor()
    visit = await clinic.booked(patient, doctor)
    clock.set(visit.ends_at)
    case = Case(clinic, Actor.patient(patient.id), Actor.doctor(doctor.id), visit)
    with pytest.raises(IllegalTransition):
        await case.write(CREAM)
    await clinic.fulfil(case.doctor, None, appointment_id=visit.id)
    return case


async def test_both_who_were_there_read_it_and_nobody_else(case: Case) -> None:
    for actor in (case.patient, case.doctor):
        with pytest.raises(NotFound):
            await case.read(actor)
    written = await case.write(CREAM, advice=" Rest.\n\nDrink. ")
    assert (written.medicines, written.advice, written.revision) == ((CREAM,), "Rest.\n\nDrink.", 1)
    assert await case.read(case.patient) == await case.read(case.doctor) == written
    with pytest.raises(Forbidden):
        await case.read(BOSS)
    for stranger in (
        Actor.patient((await case.clinic.patient()).id),
        Actor.doctor((await case.clinic.doctor()).id),
    ):
        with pytest.raises(NotFound):
            await case.read(stranger)


async def test_is_written_by_the_doctor_of_the_visit_alone(case: Case) -> None:
    other = Actor.doctor((await case.clinic.doctor()).id)
    with pytest.raises(NotFound):
        await case.write(CREAM, actor=other)
    for actor in (case.patient, BOSS):
        with pytest.raises(Forbidden):
            await case.write(CREAM, actor=actor)


async def test_can_be_written_anew_for_a_day_and_keeps_what_stood_there(case: Case) -> None:
    first = await case.write(CREAM)
    case.clinic.clock.set(first.written_at + timedelta(hours=24) - MICROSECOND)
    second = await case.write(advice="No cream after all.")
    assert (second.revision, second.first_written_at) == (2, first.written_at)
    case.clinic.clock.set(first.written_at + timedelta(hours=24))
    with pytest.raises(TooLate):
        await case.write(CREAM)
    assert await case.read(case.patient) == second
    async with case.clinic.storage.reading() as unit:
        assert await unit.prescriptions.of_appointment(case.visit.id) == [first, second]


@pytest.mark.parametrize(
    ("medicine", "field"),
    [
        (Medicine(name=" ", dose="1"), "medicines[1].name"),
        (Medicine(name="x", dose=""), "medicines[1].dose"),
        (Medicine(name="x", dose="1", days=0), "medicines[1].days"),
        (Medicine(name="x", dose="1", instructions="y" * 301), "medicines[1].instructions"),
    ],
)
async def test_names_what_cannot_be_read_at_a_pharmacy(case: Case, medicine: Medicine, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await case.write(CREAM, medicine)
    assert refusal.value.field == field


async def test_says_something_and_not_too_much(case: Case) -> None:
    for medicines in ((), (CREAM,) * 21):
        with pytest.raises(InvalidInput):
            await case.write(*medicines)
    with pytest.raises(InvalidInput):
        await case.write(CREAM, advice="x" * 4001)


async def test_is_gone_with_a_visit_that_was_struck(case: Case) -> None:
    await case.write(CREAM)
    await case.clinic.void(BOSS, None, appointment_id=case.visit.id, reason="Somebody else's visit.")
    with pytest.raises(NotFound):
        await case.read(case.patient)


async def test_stands_in_no_log(case: Case) -> None:
    assert "Hydrocortisone" not in repr(await case.write(CREAM, advice="Secret"))
    assert "Hydrocortisone" not in repr(CREAM)


async def test_nothing_is_written_any_more_about_whoever_was_erased(case: Case) -> None:
    async with case.clinic.storage.writing() as unit:
        await unit.privacy.erase(case.patient, at=case.clinic.clock.now())
    with pytest.raises(NotFound):
        await case.write(CREAM)
