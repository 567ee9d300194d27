"""Doctors and patients."""

from typing import Protocol

from scheduling_core.availability import Hours
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.ids import DoctorId, PatientId, PersonId
from scheduling_core.patient import Patient


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
        """Be the only one who claims time of this person until the transaction ends. Raise NotFound."""
        ...
