"""Storage as the core needs it: a unit of work over repositories.

`reading()` sees committed state and writes nothing. `writing()` commits when its block ends and rolls everything back
when it raises. A transaction in which a guard refused (SlotTaken, PatientBusy from `add`, `store` or `save`) keeps
nothing: ending it as if nothing had happened raises Outdated. No transaction may be open while a provider is called.
Locks are taken in one order: the doctor's schedule, then the person, then the appointment, then its payment.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Event, Move
from scheduling_core.availability import Hours, Taken, TimeOff
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.feedback import Feedback
from scheduling_core.ids import (
    AdministratorId,
    AppointmentId,
    DoctorId,
    PatientId,
    PaymentId,
    PersonId,
    SessionId,
    TaskId,
    TimeOffId,
)
from scheduling_core.instants import Interval
from scheduling_core.patient import Patient
from scheduling_core.payment import LedgerEntry, Payment
from scheduling_core.ports.directory import Directory
from scheduling_core.ports.views import AppointmentDetails, When
from scheduling_core.session import Session
from scheduling_core.tasks import Task, TaskState

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class RequestKey:
    """A client's promise that two requests with this key are one. `body_hash` tells another body apart."""

    actor: Actor
    operation: str
    key: str
    body_hash: str


@dataclass(frozen=True, slots=True)
class Credential:
    """How a doctor or an administrator signs in. E-mails are unique across both, compared in lower case."""

    actor: Actor
    email: str
    password_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    id: AdministratorId
    name: str
    email: str
    time_zone: str
    created_at: datetime


class Requests(Protocol):
    async def begin(self, request: RequestKey, result: type[R]) -> R | None:
        """Claim the key as the first statement of the transaction; the remembered result if it was done within 24 h.

        Waits at most 2 s for a rival, then raises RequestInFlight. Raise RequestReused when the body differs.
        """
        ...

    async def remember(self, request: RequestKey, result: object) -> None:
        """Keep the result, encoded, for 24 h, together with everything else of this transaction."""
        ...


class Schedules(Protocol):
    """What availability is computed from. Every write here, and every `lock`, makes the schedule's version grow."""

    async def lock(self, doctor_id: DoctorId) -> datetime:
        """Be the only writer of this doctor's schedule until the transaction ends; the storage's time *after* the wait.

        Raise NotFound for an unknown doctor, StorageBusy when the wait takes too long."""
        ...

    async def version(self, doctor_id: DoctorId) -> int:
        """The version that the schedule has now. Raise NotFound for an unknown doctor."""
        ...

    async def hours(self, doctor_id: DoctorId) -> Hours:
        """Raise NotFound for an unknown doctor."""
        ...

    async def set_hours(self, doctor_id: DoctorId, hours: Hours) -> None:
        """Replace weekly hours, overrides and rules. The caller holds the lock."""
        ...

    async def time_off(self, doctor_id: DoctorId, *, within: Interval | None = None) -> list[TimeOff]:
        """In order of their start; with `within`, those that overlap it."""
        ...

    async def add_time_off(self, doctor_id: DoctorId, time_off: TimeOff) -> None:
        """Close a span. The caller holds the lock."""
        ...

    async def remove_time_off(self, doctor_id: DoctorId, time_off_id: TimeOffId) -> None:
        """Raise NotFound if this doctor has none of that id."""
        ...


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


class Accounts(Protocol):
    async def add_credential(self, credential: Credential) -> None:
        """Raise EmailTaken."""
        ...

    async def find_credential(self, email: str) -> Credential | None:
        """The credential of that e-mail, whatever its case."""
        ...

    async def add_administrator(self, administrator: Administrator) -> None:
        """A new administrator; the credential is added beside it."""
        ...

    async def administrator(self, administrator_id: AdministratorId) -> Administrator:
        """Raise NotFound."""
        ...


class Sessions(Protocol):
    async def add(self, session: Session, token_hash: str) -> None:
        """A new session with the token of its first generation."""
        ...

    async def lock(self, token_hash: str) -> tuple[Session, int] | None:
        """The session that this token belongs to and the token's generation; nobody else rotates or revokes it meanwhile."""
        ...

    async def rotate(self, session: Session, token_hash: str) -> None:
        """Store the session and a token of its newest generation."""
        ...

    async def revoke(self, session_id: SessionId, *, at: datetime) -> None:
        """Make every token of the session worthless; one revoked before stays revoked at that time."""
        ...


class Appointments(Protocol):
    """Appointments of every status, holds included; one row each."""

    async def add(self, move: Move) -> None:
        """Store a new appointment and its event. Raise SlotTaken or PatientBusy if its time is occupied for its doctor
        or its person: the guard behind the core's own check."""
        ...

    async def store(self, move: Move) -> Appointment:
        """Store a change of status and its event where the version is still the one read, else raise Outdated; with its new
        version. Raise SlotTaken or PatientBusy if it would occupy what is occupied."""
        ...

    async def save(self, appointment: Appointment) -> Appointment:
        """Store what changed beside the status (meeting, receipt number); as `store`, but no event. Raise ValueError
        if the status differs from the stored one."""
        ...

    async def get(self, appointment_id: AppointmentId, actor: Actor) -> Appointment:
        """The appointment if it is the actor's: who booked it, its doctor, an administrator, the system. Else NotFound."""
        ...

    async def lock(self, appointment_id: AppointmentId, actor: Actor) -> Appointment:
        """As `get`, and nobody else changes the row until the transaction ends."""
        ...

    async def occupying(self, doctor_id: DoctorId, within: Interval) -> list[Appointment]:
        """Rows in an occupying status whose [starts_at, occupied_until) overlaps, lapsed holds included, by start."""
        ...

    async def occupying_person(self, person_id: PersonId, within: Interval) -> list[Appointment]:
        """Rows in an occupying status whose [starts_at, ends_at) overlaps, lapsed holds included, by start."""
        ...

    async def taken(self, doctor_id: DoctorId, within: Interval) -> list[Taken]:
        """The same rows as `occupying`, reduced to what availability needs."""
        ...

    async def pending_of(self, patient_id: PatientId) -> list[Appointment]:
        """Rows of status pending that this patient made for themself or another, lapsed ones included, oldest first."""
        ...

    async def unpaid_holds_since(self, patient_id: PatientId, since: datetime) -> int:
        """How many holds of kind patient were made since then that never became a booking."""
        ...

    async def lapsed(self, *, now: datetime, limit: int) -> list[DoctorId]:
        """Doctors who have pending rows with hold_expires_at ≤ now, no doctor twice."""
        ...

    async def lapsed_of(self, doctor_id: DoctorId, *, now: datetime) -> list[Appointment]:
        """This doctor's pending rows with hold_expires_at ≤ now, by id."""
        ...

    async def booked_within(self, doctor_id: DoctorId, within: Interval) -> list[Appointment]:
        """Booked or arrived visits whose [starts_at, ends_at) overlaps, by start."""
        ...

    async def details(self, appointment_id: AppointmentId, actor: Actor) -> AppointmentDetails:
        """The appointment with the names around it, its newest payment and its feedback. NotFound as `get`."""
        ...

    async def list_details(
        self, actor: Actor, *, when: When, now: datetime, after: tuple[datetime, UUID] | None, limit: int
    ) -> list[AppointmentDetails]:
        """A patient's or doctor's own appointments. UPCOMING: ends_at > now and held, booked or arrived, ascending by
        (starts_at, id). PAST: all others that ever were booked, descending. `after` is the (starts_at, id) of the last
        one seen. A lapsed or abandoned hold is in neither."""
        ...

    async def schedule(self, doctor_id: DoctorId, within: Interval) -> list[AppointmentDetails]:
        """A doctor's occupying and cancelled visits (ever booked) that overlap, by start; pending ones too."""
        ...

    async def next_receipt_number(self, year: int) -> str:
        """`2027-000123`, without gaps among committed transactions."""
        ...

    async def events(self, appointment_id: AppointmentId) -> list[Event]:
        """Its history, oldest first."""
        ...


class PaymentRecords(Protocol):
    async def add(self, payment: Payment) -> None:
        """Raise Outdated if the appointment has a live payment already."""
        ...

    async def save(self, payment: Payment, entries: Sequence[LedgerEntry] = ()) -> Payment:
        """Store it with its new ledger lines where the version is still the one read, else raise Outdated."""
        ...

    async def get(self, payment_id: PaymentId) -> Payment:
        """Raise NotFound."""
        ...

    async def lock(self, payment_id: PaymentId) -> Payment:
        """As `get`, and nobody else changes the row until the transaction ends."""
        ...

    async def by_ref(self, ref: str) -> Payment | None:
        """The payment that the provider knows by that name."""
        ...

    async def of_appointment(self, appointment_id: AppointmentId) -> list[Payment]:
        """Oldest first."""
        ...

    async def ledger(self, appointment_id: AppointmentId) -> list[LedgerEntry]:
        """Oldest first."""
        ...

    async def note_webhook(self, event_id: str, ref: str, *, at: datetime) -> bool:
        """Record an event of the provider; False if it was recorded before."""
        ...


class Tasks(Protocol):
    async def wake(self, task: Task) -> None:
        """Write the task, or bring the row with its key back: due at the earlier time unless it was finished (then at the new
        one), one revision further, attempts at 0."""
        ...

    async def add_once(self, task: Task) -> None:
        """Write the task unless its key was ever used."""
        ...

    async def hasten(self, key: str, *, due_at: datetime) -> bool:
        """Make the task of that key due no later than `due_at`; False if it is finished, dead, leased or not there."""
        ...

    async def lease(self, *, limit: int, token: UUID, lease: timedelta) -> list[Task]:
        """Due tasks that nobody holds, earliest first, held under `token` until now + lease on the storage's clock. A message
        waits for due ones of its lane that were written (created_at, then id) before it; dead ones never block."""
        ...

    async def finish(self, task: Task) -> bool:
        """Done, if `task`'s lease and revision still stand. With a newer revision it stays due, unleased; False then,
        and when the lease was lost."""
        ...

    async def again(self, task: Task, *, due_at: datetime, error: str = "", dead: bool = False) -> bool:
        """Give it back: due then, or dead for good. Attempts are `task.attempts`. A newer revision stays due at once."""
        ...

    async def list(self, state: TaskState | None, *, after: UUID | None, limit: int) -> list[Task]:
        """Newest first, by id; `after` is the id of the last one seen."""
        ...

    async def retry(self, task_id: TaskId) -> Task:
        """Make a dead task due now with attempts 0. NotFound if there is none, Outdated if it is not dead."""
        ...


class FeedbackRecords(Protocol):
    async def add(self, feedback: Feedback) -> None:
        """Raise Outdated if the appointment has feedback already."""
        ...

    async def of_doctor(
        self, doctor_id: DoctorId, *, after: tuple[datetime, UUID] | None, limit: int
    ) -> list[Feedback]:
        """Newest first; `after` is the (given_at, appointment id) of the last one seen."""
        ...


class Unit(Protocol):
    """One transaction."""

    requests: Requests
    schedules: Schedules
    doctors: Doctors
    patients: Patients
    accounts: Accounts
    sessions: Sessions
    appointments: Appointments
    payments: PaymentRecords
    tasks: Tasks
    feedback: FeedbackRecords
    directory: Directory

    async def now(self) -> datetime:
        """The storage's time: one clock for all processes that share it, where it has one."""
        ...


class Storage(Protocol):
    def reading(self) -> AbstractAsyncContextManager[Unit]:
        """A transaction that sees committed state and writes nothing."""
        ...

    def writing(self) -> AbstractAsyncContextManager[Unit]:
        """A transaction that commits when its block ends and rolls back when it raises."""
        ...

    async def ready(self) -> bool:
        """Whether it answers, is migrated, and its guards against overlaps stand."""
        ...
