"""Those for whom patients book, and what people tell of their health."""

from builtins import list as listing
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import upsert
from adapters.persistence.tables_people import dependants, medical_profiles, persons
from scheduling_core.errors import NotFound, Outdated
from scheduling_core.ids import PatientId, PersonId
from scheduling_core.medical import MedicalProfile
from scheduling_core.patient import Dependant, Relation

_COLUMNS = dependants.c
_OF_PATIENT = (
    select(dependants)
    .where(_COLUMNS.patient_id == bindparam("patient"), _COLUMNS.removed_at.is_(None))
    .order_by(_COLUMNS.created_at, _COLUMNS.id)
)
_ONE = _OF_PATIENT.where(_COLUMNS.id == bindparam("wanted"))
_BIRTH_DATE = select(_COLUMNS.birth_date).where(_COLUMNS.id == bindparam("wanted"))
_SAVE = update(dependants).where(_COLUMNS.id == bindparam("wanted"), _COLUMNS.version == bindparam("read"))

_PROFILE = select(medical_profiles).where(medical_profiles.c.person_id == bindparam("wanted"))
_NEW_PROFILE = upsert(medical_profiles)
_PUT_PROFILE = _NEW_PROFILE.on_conflict_do_update(
    index_elements=[medical_profiles.c.person_id],
    set_={column.name: _NEW_PROFILE.excluded[column.name] for column in medical_profiles.c if not column.primary_key},
)
_REMOVE_PROFILE = delete(medical_profiles).where(medical_profiles.c.person_id == bindparam("wanted"))


class SqlDependants:
    """Matches ports.people.Dependants."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, dependant: Dependant) -> None:
        await self._transaction.run(insert(persons), {"id": dependant.id, "patient_id": dependant.patient_id})
        values = {"id": dependant.id, "version": dependant.version, **_values(dependant)}
        await self._transaction.run(insert(dependants), values)

    async def get(self, patient_id: PatientId, dependant_id: PersonId) -> Dependant:
        row = await self._transaction.first(_ONE, {"patient": patient_id, "wanted": dependant_id})
        if row is None:
            raise NotFound
        return _dependant_of(row)

    async def list(self, patient_id: PatientId) -> listing[Dependant]:
        return [_dependant_of(row) for row in await self._transaction.rows(_OF_PATIENT, {"patient": patient_id})]

    async def birth_date(self, person_id: PersonId) -> date | None:
        row = await self._transaction.first(_BIRTH_DATE, {"wanted": person_id})
        return None if row is None else row.birth_date

    async def save(self, dependant: Dependant) -> Dependant:
        saved = replace(dependant, version=dependant.version + 1)
        values = {"version": saved.version, **_values(saved)}
        if not await self._transaction.run(_SAVE, {"wanted": dependant.id, "read": dependant.version, **values}):
            raise Outdated
        return saved


class SqlMedicalRecords:
    """Matches ports.people.MedicalRecords."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def get(self, person_id: PersonId) -> MedicalProfile:
        row = await self._transaction.first(_PROFILE, {"wanted": person_id})
        if row is None:
            return MedicalProfile(person_id=person_id)
        return MedicalProfile(
            person_id=row.person_id, conditions=row.conditions, medication=row.medication, allergies=row.allergies,
            updated_at=row.updated_at,
        )  # fmt: skip

    async def put(self, profile: MedicalProfile) -> None:
        values = {
            "person_id": profile.person_id, "conditions": profile.conditions, "medication": profile.medication,
            "allergies": profile.allergies, "updated_at": profile.updated_at,
        }  # fmt: skip
        await self._transaction.run(_PUT_PROFILE, values)

    async def remove(self, person_id: PersonId) -> None:
        await self._transaction.run(_REMOVE_PROFILE, {"wanted": person_id})


def _dependant_of(row: Row[Any]) -> Dependant:
    return Dependant(
        id=row.id, patient_id=row.patient_id, name=row.name, birth_date=row.birth_date, relation=Relation(row.relation),
        created_at=row.created_at, removed_at=row.removed_at, version=row.version,
    )  # fmt: skip


def _values(dependant: Dependant) -> dict[str, Any]:
    """All columns but id and version."""
    return {
        "patient_id": dependant.patient_id, "name": dependant.name, "birth_date": dependant.birth_date,
        "relation": dependant.relation.value, "created_at": dependant.created_at, "removed_at": dependant.removed_at,
    }  # fmt: skip
