"""Whose an appointment is: for anybody else it is not there."""

import pytest

from contract.storage.making import stored_doctor, stored_hold, stored_patient
from scheduling_core.access import ANONYMOUS, SYSTEM, Actor, Role
from scheduling_core.errors import NotFound
from scheduling_core.ids import AdministratorId, AppointmentId, DoctorId, PatientId
from scheduling_core.ports.storage import Storage
from support.making import an_id


async def test_an_appointment_is_found_by_those_whose_it_is(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    helper = await stored_patient(storage)
    held = await stored_hold(storage, doctor, helper, person_id=patient.person_id)
    owners = (
        Actor.patient(helper.id),
        Actor.doctor(doctor.id),
        Actor.administrator(AdministratorId(an_id())),
        SYSTEM,
    )
    for actor in owners:
        async with storage.writing() as unit:
            assert await unit.appointments.get(held.id, actor) == held
            assert await unit.appointments.lock(held.id, actor) == held
            assert (await unit.appointments.details(held.id, actor)).appointment == held


async def test_an_appointment_is_not_there_for_anybody_else(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, patient)
    strangers = (
        Actor.patient(PatientId(an_id())),
        Actor.doctor(DoctorId(an_id())),
        Actor(Role.DOCTOR, patient.id),
        Actor(Role.PATIENT, doctor.id),
        Actor(Role.PATIENT),
        ANONYMOUS,
    )
    for actor in strangers:
        async with storage.writing() as unit:
            with pytest.raises(NotFound):
                await unit.appointments.get(held.id, actor)
            with pytest.raises(NotFound):
                await unit.appointments.lock(held.id, actor)
            with pytest.raises(NotFound):
                await unit.appointments.details(held.id, actor)
    async with storage.reading() as unit:
        with pytest.raises(NotFound):
            await unit.appointments.get(AppointmentId(an_id()), SYSTEM)
