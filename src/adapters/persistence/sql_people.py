"""Doctors and patients."""

from builtins import list as listing
from dataclasses import replace

from sqlalchemy import bindparam, insert, select, update

from adapters.persistence import tables_doctors
from adapters.persistence.sql_rows import doctor_of, doctor_values, hours_values, patient_of, patient_values
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import upsert
from adapters.persistence.tables_doctors import doctors, schedules
from adapters.persistence.tables_people import patients, persons
from adapters.persistence.tables_visits import ratings
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import NotFound, Outdated
from scheduling_core.hours import Hours
from scheduling_core.ids import DoctorId, PatientId, PersonId
from scheduling_core.patient import Patient
from scheduling_core.search import searchable

_ALL_DOCTORS = select(doctors).order_by(doctors.c.created_at, doctors.c.id)
_DOCTORS_IN = _ALL_DOCTORS.where(doctors.c.status == bindparam("wanted"))
_DOCTOR = select(doctors).where(doctors.c.id == bindparam("wanted"))
_SAVE_DOCTOR = update(doctors).where(doctors.c.id == bindparam("wanted"), doctors.c.version == bindparam("read"))

_ADD_PATIENT = upsert(patients).on_conflict_do_nothing().returning(patients.c.id)
_PATIENT = select(patients).where(patients.c.id == bindparam("wanted"))
_FIND_PATIENT = select(patients).where(
    patients.c.issuer == bindparam("known_by"), patients.c.subject == bindparam("known_as")
)
_SAVE_PATIENT = update(patients).where(patients.c.id == bindparam("wanted"), patients.c.version == bindparam("read"))
# Rows that point at the person are written meanwhile (FOR KEY SHARE), other claims are not. SQLite has one writer anyway.
_LOCK_PERSON = select(persons.c.id).where(persons.c.id == bindparam("wanted")).with_for_update(key_share=True)


class SqlDoctors:
    """Matches ports.storage.Doctors."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, doctor: Doctor, hours: Hours) -> None:
        values = {
            "id": doctor.id,
            "version": doctor.version,
            "folded": _folded(doctor),
            **doctor_values(doctor),
        }
        await self._transaction.run(insert(doctors), values)
        await self._transaction.run(insert(schedules), {"doctor_id": doctor.id, "version": 1})
        await self._transaction.run(insert(tables_doctors.hours), {"doctor_id": doctor.id, **hours_values(hours)})
        await self._transaction.run(insert(ratings), {"doctor_id": doctor.id, "stars": 0, "given": 0})

    async def get(self, doctor_id: DoctorId) -> Doctor:
        row = await self._transaction.first(_DOCTOR, {"wanted": doctor_id})
        if row is None:
            raise NotFound
        return doctor_of(row)

    async def save(self, doctor: Doctor) -> Doctor:
        saved = replace(doctor, version=doctor.version + 1)
        values = {
            "version": saved.version,
            "folded": _folded(saved),
            **doctor_values(saved),
        }
        if not await self._transaction.run(_SAVE_DOCTOR, {"wanted": doctor.id, "read": doctor.version, **values}):
            raise Outdated
        return saved

    async def list(self, status: DoctorStatus | None) -> listing[Doctor]:
        if status is None:
            rows = await self._transaction.rows(_ALL_DOCTORS)
        else:
            rows = await self._transaction.rows(_DOCTORS_IN, {"wanted": status.value})
        return [doctor_of(row) for row in rows]


class SqlPatients:
    """Matches ports.storage.Patients. A patient is a person, of the same id."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, patient: Patient) -> None:
        values = {"id": patient.id, "version": patient.version, **patient_values(patient)}
        if not await self._transaction.rows(_ADD_PATIENT, values):
            raise Outdated
        await self._transaction.run(insert(persons), {"id": patient.person_id, "patient_id": patient.id})

    async def get(self, patient_id: PatientId) -> Patient:
        row = await self._transaction.first(_PATIENT, {"wanted": patient_id})
        if row is None:
            raise NotFound
        return patient_of(row)

    async def find(self, issuer: str, subject: str) -> Patient | None:
        row = await self._transaction.first(_FIND_PATIENT, {"known_by": issuer, "known_as": subject})
        return None if row is None else patient_of(row)

    async def save(self, patient: Patient) -> Patient:
        saved = replace(patient, version=patient.version + 1)
        values = {"version": saved.version, **patient_values(saved)}
        if not await self._transaction.run(_SAVE_PATIENT, {"wanted": patient.id, "read": patient.version, **values}):
            raise Outdated
        return saved

    async def lock_person(self, person_id: PersonId) -> None:
        if await self._transaction.first(_LOCK_PERSON, {"wanted": person_id}) is None:
            raise NotFound


def _folded(doctor: Doctor) -> str:
    return searchable(doctor.name, doctor.specialization)
