"""Those for whom patients book, and what people tell of their health."""

from builtins import list as listing
from dataclasses import replace
from datetime import date

from adapters.persistence.memory import places
from adapters.persistence.memory.transaction import Transaction
from scheduling_core.errors import NotFound, Outdated
from scheduling_core.ids import PatientId, PersonId
from scheduling_core.medical import MedicalProfile
from scheduling_core.patient import Dependant


class MemoryDependants:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, dependant: Dependant) -> None:
        (await self._transaction.view()).dependants.insert(dependant.id, dependant)

    async def get(self, patient_id: PatientId, dependant_id: PersonId) -> Dependant:
        dependant = (await self._transaction.view()).dependants.get(dependant_id)
        if dependant is None or dependant.patient_id != patient_id or dependant.removed_at is not None:
            raise NotFound
        return dependant

    async def list(self, patient_id: PatientId) -> listing[Dependant]:
        return [*(await self._transaction.view()).dependants.walk(places.dependant_of_patient, patient_id)]

    async def birth_date(self, person_id: PersonId) -> date | None:
        dependant = (await self._transaction.view()).dependants.get(person_id)
        return dependant.birth_date if dependant else None

    async def save(self, dependant: Dependant) -> Dependant:
        view = await self._transaction.view()
        stored = view.dependants.get(dependant.id)
        if stored is None or stored.version != dependant.version:
            raise Outdated
        saved = replace(dependant, version=dependant.version + 1)
        view.dependants.put(dependant.id, saved)
        return saved


class MemoryMedicalRecords:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def get(self, person_id: PersonId) -> MedicalProfile:
        kept = (await self._transaction.view()).medical.get(person_id)
        return kept or MedicalProfile(person_id=person_id)

    async def put(self, profile: MedicalProfile) -> None:
        (await self._transaction.view()).medical.put(profile.person_id, profile)

    async def remove(self, person_id: PersonId) -> None:
        (await self._transaction.view()).medical.put(person_id, MedicalProfile(person_id=person_id))
