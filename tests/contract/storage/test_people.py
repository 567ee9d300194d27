"""Doctors and patients."""

from dataclasses import replace
from datetime import timedelta

import pytest

from contract.storage.making import stored_doctor, stored_patient
from contract.storage.waiting import begin_waiting, outcome, outcomes
from scheduling_core.doctor import DoctorStatus
from scheduling_core.errors import NotFound, Outdated
from scheduling_core.ids import AdministratorId, DoctorId, PatientId, PersonId
from scheduling_core.ports.storage import Storage
from support.clock import MONDAY
from support.making import a_doctor, a_patient, an_id, some_hours, usd

UNUSUAL = "Zoë Łuczyńska-Ōno 王 👩🏽‍⚕️ 'quoted' \"twice\" \\ % _ \n second line"


async def test_a_doctor_comes_back_exactly(storage: Storage) -> None:
    doctor = a_doctor(
        name=UNUSUAL,
        languages=("Türkçe", "日本語", "Español, Castellano"),
        qualifications="MD; " * 200,
        about="Ü" * 10_000,
        photo_url="https://photos.example/ä.jpg",
        fee=usd(0),
        status=DoctorStatus.SUSPENDED,
        status_reason="Lizenz läuft ab",
        created_at=MONDAY + timedelta(microseconds=123_457),
    )
    async with storage.writing() as unit:
        await unit.doctors.add(doctor, some_hours())
    async with storage.reading() as unit:
        assert await unit.doctors.get(doctor.id) == doctor


async def test_saving_a_doctor_makes_its_version_grow(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    async with storage.writing() as unit:
        saved = await unit.doctors.save(replace(doctor, about="New.", fee=usd(7)))
    assert saved == replace(doctor, about="New.", fee=usd(7), version=saved.version)
    assert saved.version > doctor.version
    async with storage.reading() as unit:
        assert await unit.doctors.get(doctor.id) == saved


async def test_a_doctor_read_before_somebodys_change_is_outdated(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    async with storage.writing() as unit:
        saved = await unit.doctors.save(replace(doctor, about="First."))
    with pytest.raises(Outdated):
        async with storage.writing() as unit:
            await unit.doctors.save(replace(doctor, about="Second."))
    async with storage.reading() as unit:
        assert await unit.doctors.get(doctor.id) == saved


async def test_of_rivals_who_save_a_doctor_one_succeeds(storage: Storage) -> None:
    doctor = await stored_doctor(storage)

    async def save(about: str) -> str:
        async with storage.writing() as unit:
            await unit.doctors.save(replace(doctor, about=about))
        return about

    ends = await outcomes(*(save(f"number {number}") for number in range(5)))
    (winner,) = (end for end in ends if isinstance(end, str))
    assert [type(end) for end in ends if end != winner] == [Outdated] * 4
    async with storage.reading() as unit:
        assert (await unit.doctors.get(doctor.id)).about == winner


async def test_lists_doctors_by_status_oldest_registration_first(storage: Storage) -> None:
    new = await stored_doctor(storage, status=DoctorStatus.PENDING, created_at=MONDAY + timedelta(days=2))
    old = await stored_doctor(storage, status=DoctorStatus.PENDING, created_at=MONDAY)
    listed = await stored_doctor(storage, created_at=MONDAY + timedelta(days=1))
    async with storage.reading() as unit:
        assert await unit.doctors.list(DoctorStatus.PENDING) == [old, new]
        assert await unit.doctors.list(DoctorStatus.REJECTED) == []
        assert await unit.doctors.list(None) == [old, listed, new]


async def test_a_patient_comes_back_exactly(storage: Storage) -> None:
    full = a_patient(name=UNUSUAL, time_zone="Pacific/Chatham", photo_url="https://photos.example/1")
    bare = a_patient(phone=None, photo_url=None, created_at=MONDAY + timedelta(microseconds=1))
    async with storage.writing() as unit:
        await unit.patients.add(full)
        await unit.patients.add(bare)
    async with storage.reading() as unit:
        assert await unit.patients.get(full.id) == full
        assert await unit.patients.get(bare.id) == bare


async def test_finds_a_patient_by_issuer_and_subject_together(storage: Storage) -> None:
    patient = await stored_patient(storage, issuer="https://one", subject="7")
    namesake = await stored_patient(storage, issuer="https://two", subject="7")
    async with storage.reading() as unit:
        assert await unit.patients.find("https://one", "7") == patient
        assert await unit.patients.find("https://two", "7") == namesake
        assert await unit.patients.find("https://one", "8") is None


async def test_one_identity_is_one_patient_also_among_rivals(storage: Storage) -> None:
    async def sign_up() -> PatientId:
        patient = a_patient(issuer="https://one", subject="7")
        async with storage.writing() as unit:
            await unit.patients.add(patient)
        return patient.id

    ends = await outcomes(*(sign_up() for _ in range(5)))
    assert sorted(type(end).__name__ for end in ends) == ["Outdated"] * 4 + ["UUID"]
    async with storage.reading() as unit:
        found = await unit.patients.find("https://one", "7")
    assert found is not None
    assert found.id in ends


async def test_saving_a_patient_makes_its_version_grow_once(storage: Storage) -> None:
    patient = await stored_patient(storage, phone=None)
    async with storage.writing() as unit:
        saved = await unit.patients.save(replace(patient, phone="+390612345", name=UNUSUAL))
    assert saved.version > patient.version
    with pytest.raises(Outdated):
        async with storage.writing() as unit:
            await unit.patients.save(replace(patient, name="Too late"))
    async with storage.reading() as unit:
        assert await unit.patients.get(patient.id) == saved


async def test_who_is_not_there_is_not_found(storage: Storage) -> None:
    async with storage.reading() as unit:
        with pytest.raises(NotFound):
            await unit.doctors.get(DoctorId(an_id()))
        with pytest.raises(NotFound):
            await unit.patients.get(PatientId(an_id()))
        with pytest.raises(NotFound):
            await unit.accounts.administrator(AdministratorId(an_id()))
    with pytest.raises(NotFound):
        async with storage.writing() as unit:
            await unit.patients.lock_person(PersonId(an_id()))


async def test_a_locked_person_keeps_rivals_waiting(storage: Storage) -> None:
    first, second = await stored_doctor(storage), await stored_doctor(storage)
    patient = await stored_patient(storage)
    order = []

    async def claim(doctor_id: DoctorId, name: str) -> None:
        async with storage.writing() as unit:
            await unit.schedules.lock(doctor_id)
            await unit.patients.lock_person(patient.person_id)
            order.append(name)

    async with storage.writing() as unit:
        await unit.schedules.lock(first.id)
        await unit.patients.lock_person(patient.person_id)
        rival = await begin_waiting(claim(second.id, "rival"))
        order.append("first")
    await outcome(rival)
    assert order == ["first", "rival"]
