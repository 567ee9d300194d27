"""Doctors, patients, those for whom patients book, and what they tell of their health."""

from datetime import date
from typing import Protocol

from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.hours import Hours
from scheduling_core.ids import DoctorId, PatientId, PersonId
from scheduling_core.medical import MedicalProfile
from scheduling_core.patient import Dependant, Patient


class Doctors(Protocol):
    async def add(self, doctor: Doctor, hours: Hours) -> None:
        """A new doctor with their schedule."""
        ...

    async def get(self, doctor_id: DoctorId) -> Doctor:
        """Raise NotFound."""
        ...

    async def save(self, doctor: Doctor) -> Doctor:
        """Store it where the version is still the one it was read at, else raise Outdated; the doctor with its new version."""
        ...

    async def list(self, status: DoctorStatus | None) -> list[Doctor]:
        """For administrators: oldest registration first."""
        ...


class Patients(Protocol):
    async def add(self, patient: Patient) -> None:
        """Raise Outdated if a patient with this issuer and subject exists already: read again."""
        ...

    async def get(self, patient_id: PatientId) -> Patient:
        """Raise NotFound."""
        ...

    async def find(self, issuer: str, subject: str) -> Patient | None:
        """The patient whom this identity provider knows by this subject."""
        ...

    async def save(self, patient: Patient) -> Patient:
        """Store it where the version is still the one it was read at, else raise Outdated; with its new version."""
        ...

    async def lock_person(self, person_id: PersonId) -> None:
        """Be the only one who claims time of this person, patient or dependant, until the transaction ends. Raise NotFound."""
        ...


class Dependants(Protocol):
    """Those for whom patients book. Each is a person of its own, whose time `Patients.lock_person` locks."""

    async def add(self, dependant: Dependant) -> None:
        """A new one."""
        ...

    async def get(self, patient_id: PatientId, dependant_id: PersonId) -> Dependant:
        """Raise NotFound unless the patient has such a dependant who was not removed."""
        ...

    async def list(self, patient_id: PatientId) -> list[Dependant]:
        """Those who were not removed, the first one added first."""
        ...

    async def birth_date(self, person_id: PersonId) -> date | None:
        """Of a dependant, removed or not, of any patient: for whoever may see a visit of theirs. None for a patient."""
        ...

    async def save(self, dependant: Dependant) -> Dependant:
        """Store it where the version is still the one it was read at, else raise Outdated; with its new version."""
        ...


class MedicalRecords(Protocol):
    """Kept apart from everything else that is known of a person."""

    async def get(self, person_id: PersonId) -> MedicalProfile:
        """An empty one for a person who has written nothing."""
        ...

    async def put(self, profile: MedicalProfile) -> None:
        """Replace the person's profile."""
        ...

    async def remove(self, person_id: PersonId) -> None:
        """Forget it, whether there is one or not."""
        ...
