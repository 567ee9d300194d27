"""Doctors, patients, how they sign in, and what patients say of doctors."""

from builtins import list as listing
from dataclasses import replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from adapters.persistence.memory import places
from adapters.persistence.memory.transaction import Schedule, Transaction
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import EmailTaken, NotFound, Outdated
from scheduling_core.feedback import Feedback
from scheduling_core.hours import Hours
from scheduling_core.ids import AdministratorId, AppointmentId, DoctorId, PatientId, PersonId
from scheduling_core.patient import Patient
from scheduling_core.ports.accounts import Administrator, Credential


class MemoryDoctors:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, doctor: Doctor, hours: Hours) -> None:
        view = await self._transaction.view()
        view.doctors.insert(doctor.id, doctor)
        view.schedules.insert(doctor.id, Schedule(version=1, hours=hours))

    async def get(self, doctor_id: DoctorId) -> Doctor:
        doctor = (await self._transaction.view()).doctors.get(doctor_id)
        if doctor is None:
            raise NotFound
        return doctor

    async def save(self, doctor: Doctor) -> Doctor:
        view = await self._transaction.view()
        stored = view.doctors.get(doctor.id)
        if stored is None or stored.version != doctor.version:
            raise Outdated
        saved = replace(doctor, version=doctor.version + 1)
        view.doctors.put(doctor.id, saved)
        return saved

    async def list(self, status: DoctorStatus | None) -> listing[Doctor]:
        view = await self._transaction.view()
        found = [doctor for doctor in view.doctors if status is None or doctor.status is status]
        return sorted(found, key=lambda doctor: (doctor.created_at, doctor.id))


class MemoryPatients:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, patient: Patient) -> None:
        if await self.find(patient.issuer, patient.subject) is not None:
            raise Outdated
        (await self._transaction.view()).patients.insert(patient.id, patient)

    async def get(self, patient_id: PatientId) -> Patient:
        patient = (await self._transaction.view()).patients.get(patient_id)
        if patient is None:
            raise NotFound
        return patient

    async def find(self, issuer: str, subject: str) -> Patient | None:
        return (await self._transaction.view()).patients.first(places.patient_of_identity, (issuer, subject))

    async def save(self, patient: Patient) -> Patient:
        view = await self._transaction.view()
        stored = view.patients.get(patient.id)
        if stored is None or stored.version != patient.version:
            raise Outdated
        saved = replace(patient, version=patient.version + 1)
        view.patients.put(patient.id, saved)
        return saved

    async def lock_person(self, person_id: PersonId) -> None:
        view = await self._transaction.view()
        if view.dependants.get(person_id) is None:
            await self.get(PatientId(person_id))


class MemoryAccounts:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add_credential(self, credential: Credential) -> None:
        view = await self._transaction.view()
        if view.credentials.get(credential.email.lower()) is not None:
            raise EmailTaken
        view.credentials.put(credential.email.lower(), credential)

    async def rehash(self, credential: Credential, password_hash: str) -> None:
        view, place = await self._transaction.view(), credential.email.lower()
        if view.credentials.get(place) == credential:
            view.credentials.put(place, replace(credential, password_hash=password_hash))

    async def find_credential(self, email: str) -> Credential | None:
        return (await self._transaction.view()).credentials.get(email.lower())

    async def lock_credential(self, email: str) -> Credential | None:
        return await self.find_credential(email)

    async def add_administrator(self, administrator: Administrator) -> None:
        (await self._transaction.view()).administrators.insert(administrator.id, administrator)

    async def administrator(self, administrator_id: AdministratorId) -> Administrator:
        administrator = (await self._transaction.view()).administrators.get(administrator_id)
        if administrator is None:
            raise NotFound
        return administrator


class MemoryFeedback:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, feedback: Feedback) -> None:
        view = await self._transaction.view()
        if view.feedback.get(feedback.appointment_id) is not None:
            raise Outdated
        view.feedback.put(feedback.appointment_id, feedback)

    async def save(self, feedback: Feedback) -> Feedback:
        view = await self._transaction.view()
        stored = view.feedback.get(feedback.appointment_id)
        if stored is None or stored.version != feedback.version:
            raise Outdated
        saved = replace(feedback, version=feedback.version + 1)
        view.feedback.put(feedback.appointment_id, saved)
        return saved

    async def find(self, appointment_id: AppointmentId) -> Feedback | None:
        return (await self._transaction.view()).feedback.get(appointment_id)

    async def of_doctor(
        self, doctor_id: DoctorId, *, after: tuple[datetime, UUID] | None, limit: int, hidden_too: bool = False
    ) -> listing[Feedback]:
        view = await self._transaction.view()
        newest_first = view.feedback.walk(places.feedback_of_doctor, doctor_id, before=after, newest_first=True)
        return [*islice((each for each in newest_first if hidden_too or not each.hidden), limit)]

    async def recount(self, doctor_id: DoctorId) -> bool:
        # Ratings are counted when somebody reads them.
        return False

    async def doctors_rated(self, *, since: datetime, until: datetime) -> listing[DoctorId]:
        said = (await self._transaction.view()).feedback
        return sorted({each.doctor_id for each in said if since <= each.given_at < until and not each.hidden})
