"""Those for whom patients book, and what people tell of their health."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from contract.storage.making import NINE, stored_dependant, stored_doctor, stored_hold, stored_patient
from contract.storage.waiting import begin_waiting, outcome
from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment import Status, Verb
from scheduling_core.errors import NotFound, Outdated, PatientBusy
from scheduling_core.event import Event
from scheduling_core.ids import PersonId
from scheduling_core.medical import MedicalProfile
from scheduling_core.ports.storage import Storage
from support.clock import MONDAY
from support.making import a_hold, an_id

UNUSUAL = "Zoë 王 'quoted' \\ % _ \n second line"


async def test_a_dependant_comes_back_exactly(storage: Storage) -> None:
    patient = await stored_patient(storage)
    mia = await stored_dependant(storage, patient, name=UNUSUAL, birth_date=date(1900, 2, 28))
    async with storage.reading() as unit:
        assert await unit.dependants.get(patient.id, mia.id) == mia
        assert await unit.dependants.birth_date(mia.id) == date(1900, 2, 28)
        assert await unit.dependants.birth_date(patient.person_id) is None


async def test_a_dependant_is_nobody_elses(storage: Storage) -> None:
    patient, other = await stored_patient(storage), await stored_patient(storage)
    mia = await stored_dependant(storage, patient)
    async with storage.reading() as unit:
        for owner, id in ((other.id, mia.id), (patient.id, PersonId(an_id())), (patient.id, patient.person_id)):
            with pytest.raises(NotFound):
                await unit.dependants.get(owner, id)
        assert await unit.dependants.list(other.id) == []


async def test_lists_dependants_in_the_order_of_their_adding_without_removed_ones(storage: Storage) -> None:
    patient = await stored_patient(storage)
    second = await stored_dependant(storage, patient, created_at=MONDAY + timedelta(days=1))
    first = await stored_dependant(storage, patient, created_at=MONDAY)
    gone = await stored_dependant(storage, patient, removed_at=MONDAY)
    async with storage.reading() as unit:
        assert await unit.dependants.list(patient.id) == [first, second]
        with pytest.raises(NotFound):
            await unit.dependants.get(patient.id, gone.id)


async def test_saving_a_dependant_makes_its_version_grow_and_refuses_what_is_outdated(storage: Storage) -> None:
    patient = await stored_patient(storage)
    mia = await stored_dependant(storage, patient)
    async with storage.writing() as unit:
        saved = await unit.dependants.save(replace(mia, name="Mia Lund"))
    assert saved == replace(mia, name="Mia Lund", version=saved.version)
    assert saved.version > mia.version
    with pytest.raises(Outdated):
        async with storage.writing() as unit:
            await unit.dependants.save(replace(mia, name="Mia Vogel"))
    async with storage.reading() as unit:
        assert await unit.dependants.get(patient.id, mia.id) == saved


async def test_a_dependant_can_be_locked_after_a_removal_too(storage: Storage) -> None:
    patient = await stored_patient(storage)
    gone = await stored_dependant(storage, patient, removed_at=MONDAY)
    async with storage.writing() as unit:
        await unit.patients.lock_person(gone.id)


async def test_one_waits_for_another_who_locked_the_dependant(storage: Storage) -> None:
    patient = await stored_patient(storage)
    mia = await stored_dependant(storage, patient)

    async def rival() -> str:
        async with storage.writing() as unit:
            await unit.patients.lock_person(mia.id)
            return (await unit.dependants.get(patient.id, mia.id)).name

    async with storage.writing() as unit:
        await unit.patients.lock_person(mia.id)
        waiting = await begin_waiting(rival())
        await unit.dependants.save(replace(mia, name="Mia Lund"))
    assert await outcome(waiting) == "Mia Lund"


async def test_a_child_and_a_parent_have_visits_at_one_time_and_a_child_never_two(storage: Storage) -> None:
    one, two, three = [await stored_doctor(storage) for _ in range(3)]
    patient = await stored_patient(storage)
    mia = await stored_dependant(storage, patient)
    await stored_hold(storage, one, patient)
    await stored_hold(storage, two, patient, person_id=mia.id)
    with pytest.raises(PatientBusy):
        async with storage.writing() as unit:
            await unit.appointments.add(a_hold(three, patient, NINE, person_id=mia.id))


async def test_a_visit_names_who_is_seen_and_who_booked_after_a_removal_too(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage, name="Lena Koch")
    mia = await stored_dependant(storage, patient, name="Mia Koch")
    own = await stored_hold(storage, doctor, patient)
    hers = await stored_hold(storage, doctor, patient, NINE + timedelta(hours=1), person_id=mia.id)
    async with storage.writing() as unit:
        await unit.dependants.save(replace(mia, removed_at=MONDAY))
    async with storage.reading() as unit:
        for appointment, seen in ((own, "Lena Koch"), (hers, "Mia Koch")):
            details = await unit.appointments.details(appointment.id, SYSTEM)
            assert (details.patient_name, details.booker_name) == (seen, "Lena Koch")


async def test_a_medical_profile_is_empty_until_written_replaced_whole_and_forgotten(storage: Storage) -> None:
    patient = await stored_patient(storage)
    mia = await stored_dependant(storage, patient)
    first = MedicalProfile(person_id=mia.id, conditions=UNUSUAL, medication="x" * 4000, updated_at=MONDAY)
    second = MedicalProfile(person_id=mia.id, allergies="Nuts", updated_at=MONDAY + timedelta(microseconds=1))
    nothing = MedicalProfile(person_id=mia.id)
    for profile in (first, second):
        async with storage.writing() as unit:
            await unit.medical.put(profile)
        async with storage.reading() as unit:
            assert await unit.medical.get(mia.id) == profile
            assert await unit.medical.get(patient.person_id) == MedicalProfile(person_id=patient.person_id)
    for _ in range(2):
        async with storage.writing() as unit:
            await unit.medical.remove(mia.id)
        async with storage.reading() as unit:
            assert await unit.medical.get(mia.id) == nothing


async def test_history_takes_what_left_a_visit_as_it_was_and_nothing_else(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, patient)
    reader = Actor.doctor(doctor.id)
    read = Event.unmoved(held, Verb.READ_MEDICAL_PROFILE, reader, MONDAY)
    async with storage.writing() as unit:
        await unit.appointments.note(read)
    async with storage.reading() as unit:
        assert (await unit.appointments.events(held.id))[1:] == [read]
        assert (await unit.appointments.get(held.id, SYSTEM)) == held
    assert (read.before, read.after, read.actor_id) == (Status.PENDING, Status.PENDING, doctor.id)
    with pytest.raises(ValueError, match="store"):
        async with storage.writing() as unit:
            await unit.appointments.note(replace(read, after=Status.BOOKED))
