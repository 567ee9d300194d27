"""Who waits for what, in which order, and which released time is noted for them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contract.storage.making import DAY, HOUR, NINE, stored_doctor, stored_patient, stored_visit
from scheduling_core.doctor import Doctor
from scheduling_core.errors import NotFound, Outdated
from scheduling_core.ids import WaitlistId
from scheduling_core.instants import Interval
from scheduling_core.patient import Patient
from scheduling_core.ports.storage import Storage
from scheduling_core.waitlist import PartOfDay, Release, WaitlistEntry, WaitState
from support.clock import MONDAY
from support.making import a_release, a_wait, an_id, minutes


async def _waits(storage: Storage, patient: Patient, doctor: Doctor | None, **changes: Any) -> WaitlistEntry:
    entry = a_wait(patient, doctor, **changes)
    async with storage.writing() as unit:
        await unit.waitlist.add(entry)
    return entry


async def _released(storage: Storage, release: Release) -> bool:
    async with storage.writing() as unit:
        return await unit.waitlist.release(release)


async def test_a_wait_comes_back_exactly(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    visit = await stored_visit(storage, doctor, patient)
    entries = [
        await _waits(storage, patient, doctor),
        await _waits(storage, patient, None, specialization="Très ж", part_of_day=PartOfDay.EVENING),
        await _waits(
            storage,
            patient,
            doctor,
            appointment_id=visit.id,
            window=Interval(start=MONDAY + timedelta(microseconds=1), end=NINE),
            created_at=MONDAY + timedelta(microseconds=123_457),
        ),
    ]
    async with storage.reading() as unit:
        assert [await unit.waitlist.get(entry.id) for entry in entries] == entries
        assert await unit.waitlist.of_patient(patient.id) == entries
        with pytest.raises(NotFound):
            await unit.waitlist.get(WaitlistId(an_id()))


async def test_a_change_is_stored_by_whoever_read_last(storage: Storage) -> None:
    patient = await stored_patient(storage)
    entry = await _waits(storage, patient, await stored_doctor(storage))
    closed = entry.close(WaitState.LEFT, NINE)
    async with storage.writing() as unit:
        saved = await unit.waitlist.save(closed)
    assert saved == replace(closed, version=2)
    with pytest.raises(Outdated):
        async with storage.writing() as unit:
            await unit.waitlist.save(closed)
    async with storage.reading() as unit:
        assert await unit.waitlist.of_patient(patient.id) == [saved]


async def test_the_line_is_in_the_order_of_coming_and_holds_only_those_who_wait(storage: Storage) -> None:
    doctor, other = await stored_doctor(storage), await stored_doctor(storage, specialization="Dermatology")
    patients = [await stored_patient(storage) for _ in range(4)]
    third = await _waits(storage, patients[2], doctor, created_at=MONDAY + minutes(3))
    first = await _waits(storage, patients[0], None, created_at=MONDAY + minutes(1))
    second = await _waits(storage, patients[1], doctor, created_at=MONDAY + minutes(2))
    await _waits(storage, patients[3], other)
    await _waits(storage, patients[3], None, specialization="Dermatology")
    await _waits(storage, patients[3], doctor, state=WaitState.SATISFIED, closed_at=MONDAY)
    await _waits(storage, patients[3], doctor, window=Interval(start=MONDAY, end=NINE))
    async with storage.reading() as unit:
        assert await unit.waitlist.line(doctor.id, now=NINE) == [first, second, third]
        assert len(await unit.waitlist.line(doctor.id, now=NINE - timedelta(microseconds=1))) == 4


async def test_released_time_is_noted_only_for_somebody_who_waits_for_it(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    other = await stored_doctor(storage, specialization="Dermatology")
    window = Interval(start=NINE, end=NINE + HOUR)
    await _waits(storage, patient, doctor, window=window)
    assert not await _released(storage, a_release(doctor, NINE - HOUR, HOUR))
    assert not await _released(storage, a_release(doctor, NINE + HOUR))
    assert not await _released(storage, a_release(other, NINE))
    assert not await _released(storage, a_release(doctor, NINE, at=window.end))
    later = a_release(doctor, NINE + minutes(30), at=MONDAY + minutes(1))
    sooner = a_release(doctor, NINE - HOUR, 2 * DAY, at=MONDAY)
    assert await _released(storage, later)
    assert await _released(storage, sooner)
    async with storage.reading() as unit:
        assert await unit.waitlist.releases(doctor.id) == [sooner, later]
        assert await unit.waitlist.releases(other.id) == []


async def test_any_doctor_of_a_specialization_releases_for_those_who_wait_for_it(storage: Storage) -> None:
    await _waits(storage, await stored_patient(storage), None)
    cardiologist, dermatologist = await stored_doctor(storage), await stored_doctor(storage, specialization="Skin")
    assert await _released(storage, a_release(cardiologist, NINE))
    assert not await _released(storage, a_release(dermatologist, NINE))


async def test_what_is_forgotten_is_gone_and_nothing_else(storage: Storage) -> None:
    doctor, other, patient = await stored_doctor(storage), await stored_doctor(storage), await stored_patient(storage)
    await _waits(storage, patient, None)
    releases = [a_release(each, NINE + minutes(number)) for number, each in enumerate((doctor, doctor, other))]
    for release in releases:
        await _released(storage, release)
    async with storage.writing() as unit:
        await unit.waitlist.forget([])
        await unit.waitlist.forget([releases[0], releases[2]])
    async with storage.reading() as unit:
        assert await unit.waitlist.releases(doctor.id) == [releases[1]]
        assert await unit.waitlist.releases(other.id) == []


async def test_nothing_of_a_release_is_kept_when_its_transaction_fails(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    await _waits(storage, await stored_patient(storage), doctor)

    async def fail() -> None:
        async with storage.writing() as unit:
            await unit.waitlist.release(a_release(doctor, NINE))
            await unit.waitlist.get(WaitlistId(an_id()))

    with pytest.raises(NotFound):
        await fail()
    async with storage.reading() as unit:
        assert await unit.waitlist.releases(doctor.id) == []
