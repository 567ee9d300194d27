"""Medical profiles: whose they are, who reads them when, and that each reading is on record."""

from datetime import date

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.errors import InvalidInput, NotFound
from scheduling_core.event import Event
from scheduling_core.ids import AppointmentId
from scheduling_core.medical import READABLE, MedicalProfile
from scheduling_core.patient import Patient, Relation
from scheduling_core.use_cases.dependants import AddDependant, RemoveDependant
from scheduling_core.use_cases.medical import (
    LONGEST,
    ReadMedicalProfile,
    ReadMedicalProfileOfVisit,
    WriteMedicalProfile,
)
from support.clinic import Clinic
from support.clock import MONDAY, ManualClock
from support.desk import assert_only
from support.making import an_id

ASTHMA = {"conditions": "Asthma\nsince 2009", "medication": " Salbutamol ", "allergies": ""}


class House(Clinic):
    def __init__(self) -> None:
        clock = ManualClock()
        super().__init__(MemoryStorage(clock), clock)
        self.read_profile = ReadMedicalProfile(self.storage)
        self.write_profile = WriteMedicalProfile(self.storage)
        self.read_of_visit = ReadMedicalProfileOfVisit(self.storage)

    async def events(self, appointment: Appointment) -> list[Event]:
        async with self.storage.reading() as unit:
            return await unit.appointments.events(appointment.id)


@pytest.fixture
async def house():
    house = House()
    yield house
    await house.close()


async def a_child(house: House, patient: Patient):
    me = Actor.patient(patient.id)
    add = AddDependant(house.storage, house.chance)
    return await add(me, name="Mia Koch", birth_date=date(2019, 5, 1), relation=Relation.CHILD)


async def test_a_patient_writes_and_reads_their_own(house: House):
    patient = await house.patient()
    me = Actor.patient(patient.id)
    assert await house.read_profile(me) == MedicalProfile(person_id=patient.person_id)
    written = await house.write_profile(me, **ASTHMA)
    assert written == MedicalProfile(
        person_id=patient.person_id, conditions="Asthma\nsince 2009", medication="Salbutamol", updated_at=MONDAY
    )
    assert await house.read_profile(me) == written


async def test_a_childs_is_apart_from_the_parents_and_nobody_elses(house: House):
    patient, other = await house.patient(), await house.patient()
    me, mia = Actor.patient(patient.id), await a_child(house, patient)
    hers = await house.write_profile(me, mia.id, conditions="", medication="", allergies="Nuts")
    assert (await house.read_profile(me)).allergies == ""
    assert await house.read_profile(me, mia.id) == hers
    stranger = Actor.patient(other.id)
    for trial in (house.read_profile(stranger, mia.id), house.write_profile(stranger, mia.id, **ASTHMA)):
        with pytest.raises(NotFound):
            await trial
    assert await house.read_profile(me, mia.id) == hers


async def test_removing_a_child_forgets_what_was_told(house: House):
    patient = await house.patient()
    me, mia = Actor.patient(patient.id), await a_child(house, patient)
    await house.write_profile(me, mia.id, **ASTHMA)
    await RemoveDependant(house.storage)(me, mia.id)
    async with house.storage.reading() as unit:
        assert await unit.medical.get(mia.id) == MedicalProfile(person_id=mia.id)
    with pytest.raises(NotFound):
        await house.write_profile(me, mia.id, **ASTHMA)


@pytest.mark.parametrize("field", ["conditions", "medication", "allergies"])
async def test_refuses_more_than_can_be_kept(house: House, field: str):
    me = Actor.patient((await house.patient()).id)
    with pytest.raises(InvalidInput) as refusal:
        await house.write_profile(me, **{**ASTHMA, field: "x" * (LONGEST + 1)})
    assert refusal.value.field == field
    await house.write_profile(me, **{**ASTHMA, field: "x" * LONGEST})


async def test_each_is_refused_what_is_another_roles(house: House):
    id = AppointmentId(an_id())
    await assert_only({Role.PATIENT}, house.read_profile)
    await assert_only({Role.PATIENT}, lambda actor: house.write_profile(actor, **ASTHMA))
    await assert_only({Role.DOCTOR}, lambda actor: house.read_of_visit(actor, id))


async def test_the_doctor_of_a_booked_visit_reads_it_and_that_is_on_record(house: House):
    doctor, patient = await house.doctor(), await house.patient(name="Lena Koch")
    profile = await house.write_profile(Actor.patient(patient.id), **ASTHMA)
    visit = await house.booked(patient, doctor)
    before = await house.events(visit)
    house.clock.advance(minutes=7)
    seen = await house.read_of_visit(Actor.doctor(doctor.id), visit.id)
    assert (seen.name, seen.birth_date, seen.profile) == ("Lena Koch", None, profile)
    (read,) = (await house.events(visit))[len(before) :]
    assert (read.verb, read.role, read.actor_id) == (Verb.READ_MEDICAL_PROFILE, Role.DOCTOR, doctor.id)
    assert (read.person_id, read.at) == (patient.person_id, house.clock.now())
    assert (read.before, read.after) == (Status.BOOKED, Status.BOOKED)


async def test_the_doctor_of_a_childs_visit_reads_the_childs(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    me, mia = Actor.patient(patient.id), await a_child(house, patient)
    await house.write_profile(me, **ASTHMA)
    hers = await house.write_profile(me, mia.id, conditions="", medication="", allergies="Nuts")
    starts_at = house.clock.now().replace(hour=10)
    held = await house.hold_slot(me, None, doctor_id=doctor.id, starts_at=starts_at, dependant_id=mia.id)
    await house.open_checkout(me, held.appointment.id)
    await house.pay(held.appointment.id)
    await house.settle()
    seen = await house.read_of_visit(Actor.doctor(doctor.id), held.appointment.id)
    assert (seen.name, seen.birth_date, seen.profile) == ("Mia Koch", date(2019, 5, 1), hers)


async def test_nobody_but_the_visits_doctor_reads_it_and_a_refusal_leaves_no_record(house: House):
    doctor, other, patient = await house.doctor(), await house.doctor(), await house.patient()
    visit = await house.booked(patient, doctor)
    before = await house.events(visit)
    with pytest.raises(NotFound):
        await house.read_of_visit(Actor.doctor(other.id), visit.id)
    assert await house.events(visit) == before


async def test_is_readable_while_booked_arrived_or_fulfilled_and_at_no_other_time(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    me = Actor.doctor(doctor.id)
    readable = {Status.BOOKED: None, Status.ARRIVED: Verb.ARRIVE, Status.FULFILLED: Verb.FULFIL}
    assert readable.keys() == READABLE
    visit = await house.booked(patient, doctor)
    for status, verb in readable.items():
        if verb is not None:
            async with house.storage.writing() as unit:
                now = await unit.now()
                visit = await unit.appointments.store((await unit.appointments.get(visit.id, me)).move(verb, me, now))
        assert visit.status is status
        await house.read_of_visit(me, visit.id)
    held = await house.hold(patient, doctor, minutes=300)
    with pytest.raises(NotFound):
        await house.read_of_visit(me, held.id)
    cancelled = await house.booked(patient, doctor, minutes=600)
    await house.cancel(me, None, appointment_id=cancelled.id)
    with pytest.raises(NotFound):
        await house.read_of_visit(me, cancelled.id)


def test_no_text_of_a_profile_stands_in_what_a_log_would_show():
    profile = MedicalProfile(person_id=an_id(), conditions="Asthma", medication="Salbutamol", allergies="Nuts")
    shown = f"{profile} {profile!r}"
    for text in ("Asthma", "Salbutamol", "Nuts"):
        assert text not in shown
