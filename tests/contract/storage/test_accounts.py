"""How doctors and administrators sign in."""

from datetime import timedelta

import pytest

from contract.storage.making import NINE, stored_doctor
from contract.storage.waiting import begin_waiting, outcome, outcomes
from scheduling_core.access import Actor
from scheduling_core.errors import EmailTaken, NotFound
from scheduling_core.ids import DoctorId
from scheduling_core.ports.accounts import Credential
from scheduling_core.ports.storage import Storage
from support.making import a_doctor, an_administrator, some_hours


async def test_a_credential_is_found_whatever_its_capitals(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    credential = Credential(Actor.doctor(doctor.id), "Ada.Okafor@Example.com", "$argon2id$v=19$äöü")
    async with storage.writing() as unit:
        await unit.accounts.add_credential(credential)
    async with storage.reading() as unit:
        assert await unit.accounts.find_credential("ada.okafor@EXAMPLE.com") == credential
        assert await unit.accounts.find_credential("ada.okafor@example.org") is None


async def test_an_email_is_taken_across_doctors_and_administrators(storage: Storage) -> None:
    doctor, administrator = a_doctor(), an_administrator()
    async with storage.writing() as unit:
        await unit.doctors.add(doctor, some_hours())
        await unit.accounts.add_credential(Credential(Actor.doctor(doctor.id), "One@example.com", "hash"))
    rival = Credential(Actor.administrator(administrator.id), "ONE@example.com", "other")

    async def employ() -> None:
        async with storage.writing() as unit:
            await unit.accounts.add_administrator(administrator)
            await unit.accounts.add_credential(rival)

    with pytest.raises(EmailTaken):
        await employ()
    async with storage.reading() as unit:
        with pytest.raises(NotFound):
            await unit.accounts.administrator(administrator.id)
        found = await unit.accounts.find_credential("one@example.com")
    assert found == Credential(Actor.doctor(doctor.id), "One@example.com", "hash")


async def test_of_rivals_for_one_email_one_registers(storage: Storage) -> None:
    async def register() -> DoctorId:
        doctor = a_doctor()
        async with storage.writing() as unit:
            await unit.doctors.add(doctor, some_hours())
            await unit.accounts.add_credential(Credential(Actor.doctor(doctor.id), "One@example.com", "hash"))
        return doctor.id

    ends = await outcomes(*(register() for _ in range(4)))
    assert sorted(type(end).__name__ for end in ends) == ["EmailTaken"] * 3 + ["UUID"]
    async with storage.reading() as unit:
        registered = [doctor.id for doctor in await unit.doctors.list(None)]
    assert registered == [end for end in ends if not isinstance(end, EmailTaken)]


async def test_an_administrator_comes_back_exactly(storage: Storage) -> None:
    administrator = an_administrator(name="Žofie 王 🗝", created_at=NINE + timedelta(microseconds=1))
    async with storage.writing() as unit:
        await unit.accounts.add_administrator(administrator)
    async with storage.reading() as unit:
        assert await unit.accounts.administrator(administrator.id) == administrator


async def test_a_better_hash_replaces_the_one_that_was_read_and_no_other(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    first = Credential(Actor.doctor(doctor.id), "ada@example.com", "first")
    async with storage.writing() as unit:
        await unit.accounts.add_credential(first)
    for better in ("second", "third"):
        async with storage.writing() as unit:
            await unit.accounts.rehash(first, better)
    async with storage.reading() as unit:
        found = await unit.accounts.find_credential("ada@example.com")
    assert found == Credential(first.actor, "ada@example.com", "second")


async def test_a_locked_credential_keeps_others_waiting(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    first = Credential(Actor.doctor(doctor.id), "ada@example.com", "first")

    async def lock() -> Credential | None:
        async with storage.writing() as unit:
            return await unit.accounts.lock_credential("ADA@example.com")

    assert await lock() is None
    async with storage.writing() as unit:
        await unit.accounts.add_credential(first)
    async with storage.writing() as unit:
        assert await unit.accounts.lock_credential("ada@example.com") == first
        rival = await begin_waiting(lock())
        await unit.accounts.rehash(first, "second")
    assert await outcome(rival) == Credential(first.actor, "ada@example.com", "second")
