"""Who may learn how to reach a patient, and while what is true of their visit."""

import pytest

from scheduling_core.access import Actor, Role
from scheduling_core.errors import NotFound
from scheduling_core.ids import AppointmentId
from scheduling_core.use_cases.contacts import Contact, ReadContactOfVisit
from support.clinic import Clinic
from support.desk import assert_only
from support.making import an_id


async def test_the_doctor_of_a_booked_visit_reaches_who_booked_it_and_nobody_elses_does(clinic: Clinic):
    doctor, other, patient = await clinic.doctor(), await clinic.doctor(), await clinic.patient(name="Lena Koch")
    read = ReadContactOfVisit(clinic.storage)
    visit = await clinic.booked(patient, doctor)
    mine = await read(Actor.doctor(doctor.id), visit.id)
    assert mine == Contact(name="Lena Koch", email=patient.email, phone=patient.phone)
    with pytest.raises(NotFound):
        await read(Actor.doctor(other.id), visit.id)


async def test_a_hold_and_a_visit_that_was_called_off_tell_no_contact(clinic: Clinic):
    doctor, patient = await clinic.doctor(), await clinic.patient()
    read, me = ReadContactOfVisit(clinic.storage), Actor.doctor(doctor.id)
    hold = await clinic.hold(patient, doctor)
    with pytest.raises(NotFound):
        await read(me, hold.id)
    visit = await clinic.booked(patient, doctor, minutes=120)
    await clinic.cancel(me, None, appointment_id=visit.id)
    with pytest.raises(NotFound):
        await read(me, visit.id)


async def test_only_doctors_ask(clinic: Clinic):
    id = AppointmentId(an_id())
    await assert_only({Role.DOCTOR}, lambda actor: ReadContactOfVisit(clinic.storage)(actor, id))
