"""What doctors wrote down, revision by revision."""

from datetime import timedelta
from typing import Any

import pytest

from contract.storage.making import NINE, stored_doctor, stored_patient, stored_visit
from scheduling_core.access import SYSTEM
from scheduling_core.appointment import Appointment
from scheduling_core.errors import Outdated
from scheduling_core.ports.storage import Storage
from scheduling_core.prescription import Medicine, Prescription

LATER = NINE + timedelta(hours=1, microseconds=1)


def a_prescription(visit: Appointment, **changes: Any) -> Prescription:
    facts: dict[str, Any] = {
        "revision": 1,
        "medicines": (
            Medicine(name="Łek «№ 1» 💊", dose="½", instructions="a\nb", days=7),
            Medicine(name="x", dose="1"),
        ),
        "advice": "Пейте воду.\n\n" + "é" * 4000,
        "written_at": LATER,
        "first_written_at": LATER,
    }
    return Prescription(
        appointment_id=visit.id, doctor_id=visit.doctor_id, person_id=visit.person_id, **{**facts, **changes}
    )


async def test_every_revision_comes_back_exactly_oldest_first(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    visit = await stored_visit(storage, doctor, patient)
    first = a_prescription(visit)
    second = a_prescription(visit, revision=2, medicines=(), written_at=LATER + timedelta(hours=1))
    for each in (first, second):
        async with storage.writing() as unit:
            await unit.prescriptions.add(each)
    async with storage.reading() as unit:
        assert await unit.prescriptions.of_appointment(visit.id) == [first, second]
        assert (await unit.appointments.details(visit.id, SYSTEM)).prescribed_at == LATER


async def test_of_two_who_write_at_once_one_decides_again(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    visit = await stored_visit(storage, doctor, patient)
    first = a_prescription(visit)
    async with storage.writing() as unit:
        await unit.prescriptions.add(first)
    with pytest.raises(Outdated):
        async with storage.writing() as unit:
            await unit.prescriptions.add(a_prescription(visit, advice="Other"))
    async with storage.reading() as unit:
        assert await unit.prescriptions.of_appointment(visit.id) == [first]


async def test_most_visits_have_none(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    visit = await stored_visit(storage, doctor, patient)
    async with storage.reading() as unit:
        assert await unit.prescriptions.of_appointment(visit.id) == []
        assert (await unit.appointments.details(visit.id, SYSTEM)).prescribed_at is None
