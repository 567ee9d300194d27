"""The tables of the memory, and one transaction over them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from adapters.persistence.memory import places
from adapters.persistence.memory.table import K, Rows, Table, V
from adapters.persistence.parts import Part
from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment
from scheduling_core.audit import Entry, Link
from scheduling_core.doctor import Doctor
from scheduling_core.errors import Outdated, StorageBusy
from scheduling_core.feedback import Feedback
from scheduling_core.hours import Hours, TimeOff
from scheduling_core.ids import (
    AdministratorId,
    AppointmentId,
    DoctorId,
    PatientId,
    PaymentId,
    PersonId,
    ReportId,
    SessionId,
    TaskId,
    WaitlistId,
)
from scheduling_core.ledger_entry import LedgerEntry
from scheduling_core.medical import MedicalProfile
from scheduling_core.notices import Notice, Topic
from scheduling_core.outlook import Outlook
from scheduling_core.own_calendar import OwnCalendar
from scheduling_core.patient import Dependant, Patient
from scheduling_core.payment import Payment
from scheduling_core.ports.accounts import Administrator, Credential
from scheduling_core.ports.feeds import CalendarFeed
from scheduling_core.ports.system import Clock
from scheduling_core.prescription import Prescription
from scheduling_core.report import Report
from scheduling_core.session import Session
from scheduling_core.tasks import Recipient, Task
from scheduling_core.waitlist import Offer, Release, WaitlistEntry

LONGEST_WAIT = 10.0
"""Seconds that a writer waits for the one before it."""

RequestId: TypeAlias = tuple[Actor, str, str]


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is known of a doctor's time, beside the appointments."""

    version: int
    hours: Hours
    time_off: tuple[TimeOff, ...] = ()


@dataclass(frozen=True, slots=True)
class Remembered:
    """The result of a request that was done."""

    body_hash: str
    result: object
    at: datetime


class Tables:
    """What is committed. `writer` is held by the one transaction that may change it; `in_flight` are the requests begun
    by transactions that have not ended."""

    def __init__(self) -> None:
        self.writer = asyncio.Lock()
        self.in_flight: dict[RequestId, asyncio.Event] = {}
        self.doctors = Table[DoctorId, Doctor]()
        self.schedules = Table[DoctorId, Schedule]()
        self.outlooks = Table[DoctorId, tuple[int, Outlook]]()
        """With the version of the schedule that each was reckoned from."""
        self.patients = Table[PatientId, Patient](places.patient_of_identity)
        self.dependants = Table[PersonId, Dependant](places.dependant_of_patient)
        self.medical = Table[PersonId, MedicalProfile]()
        self.credentials = Table[str, Credential]()
        self.administrators = Table[AdministratorId, Administrator]()
        self.sessions = Table[SessionId, Session]()
        self.own_calendars = Table[DoctorId, OwnCalendar]()
        self.feeds = Table[Actor, CalendarFeed](places.feed_of_secret)
        self.tokens = Table[str, tuple[SessionId, int]]()
        self.appointments = Table[AppointmentId, Appointment](
            places.occupying_doctor,
            places.occupying_person,
            places.live_of_doctor,
            places.live_of_patient,
            places.once_booked_of_doctor,
            places.once_booked_of_patient,
            places.disputed,
            places.pending_of_doctor,
            places.pending_of_everybody,
            places.pending_of_patient,
            places.never_booked_of_patient,
        )
        self.history = Table[int, Entry](places.whole_history, places.history_of_appointment)
        self.links = Table[int, Link](places.whole_chain)
        self.receipts = Table[int, int]()
        self.payments = Table[PaymentId, Payment](places.payment_of_appointment, places.payment_of_ref)
        self.ledger = Table[AppointmentId, tuple[LedgerEntry, ...]]()
        self.webhooks = Table[str, tuple[str, datetime]]()
        self.tasks = Table[TaskId, Task](
            places.task_of_key, places.due_tasks, places.due_of_lane, places.tasks_of_state, places.all_tasks
        )
        self.notices = Table[TaskId, Notice](places.notices_of_reader, places.notices_of_delivery, places.all_notices)
        self.preferences = Table[Recipient, frozenset[Topic]]()
        self.prescriptions = Table[AppointmentId, tuple[Prescription, ...]]()
        self.feedback = Table[AppointmentId, Feedback](places.feedback_of_doctor)
        self.waitlist = Table[WaitlistId, WaitlistEntry](
            places.waits_of_patient, places.waits_for_doctor, places.waits_for_specialization
        )
        self.releases = Table[DoctorId, tuple[Release, ...]]()
        self.offers = Table[AppointmentId, Offer](
            places.offers_of_visit, places.offers_of_doctor, places.offers_of_entry
        )
        self.requests = Table[RequestId, Remembered]()
        self.reports = Table[ReportId, Report](places.all_reports)
        self.erasures = Table[Actor, datetime]()


def _rows(of: Callable[[Tables], Table[K, V]]) -> Part[Rows[K, V]]:
    return Part(lambda source: Rows(of(source[0]), writable=source[1]))


class View:
    """All tables as one transaction sees them: what is committed by now, and its own changes."""

    doctors = _rows(lambda tables: tables.doctors)
    schedules = _rows(lambda tables: tables.schedules)
    outlooks = _rows(lambda tables: tables.outlooks)
    patients = _rows(lambda tables: tables.patients)
    dependants = _rows(lambda tables: tables.dependants)
    medical = _rows(lambda tables: tables.medical)
    credentials = _rows(lambda tables: tables.credentials)
    administrators = _rows(lambda tables: tables.administrators)
    sessions = _rows(lambda tables: tables.sessions)
    own_calendars = _rows(lambda tables: tables.own_calendars)
    feeds = _rows(lambda tables: tables.feeds)
    tokens = _rows(lambda tables: tables.tokens)
    appointments = _rows(lambda tables: tables.appointments)
    history = _rows(lambda tables: tables.history)
    links = _rows(lambda tables: tables.links)
    receipts = _rows(lambda tables: tables.receipts)
    payments = _rows(lambda tables: tables.payments)
    ledger = _rows(lambda tables: tables.ledger)
    webhooks = _rows(lambda tables: tables.webhooks)
    tasks = _rows(lambda tables: tables.tasks)
    notices = _rows(lambda tables: tables.notices)
    preferences = _rows(lambda tables: tables.preferences)
    prescriptions = _rows(lambda tables: tables.prescriptions)
    feedback = _rows(lambda tables: tables.feedback)
    waitlist = _rows(lambda tables: tables.waitlist)
    releases = _rows(lambda tables: tables.releases)
    offers = _rows(lambda tables: tables.offers)
    requests = _rows(lambda tables: tables.requests)
    reports = _rows(lambda tables: tables.reports)
    erasures = _rows(lambda tables: tables.erasures)

    def __init__(self, tables: Tables, *, writable: bool) -> None:
        self.source = tables, writable

    def by_name(self) -> dict[str, Rows[Any, Any]]:
        tables = self.source[0]
        return {name: getattr(self, name) for name, table in vars(tables).items() if isinstance(table, Table)}

    def publish(self) -> None:
        """Make this transaction's changes everybody's: those of the tables that it asked for."""
        for rows in vars(self).values():
            if isinstance(rows, Rows):
                rows.publish()


class Transaction:
    """One transaction. A writing one becomes the only writer at its first statement and stays so until it ends."""

    def __init__(self, tables: Tables, clock: Clock, *, writing: bool) -> None:
        self.clock = clock
        self.tables = tables
        self.woke_tasks = False
        self.refused = False
        """Whether a guard refused something: a database keeps nothing of such a transaction, so this does neither."""
        self._view = View(tables, writable=writing)
        self._waits = writing
        self._owns_writer = False
        self._begun: dict[RequestId, asyncio.Event] = {}

    async def view(self) -> View:
        """The tables, to read and, when this transaction writes, to change. Raise StorageBusy after LONGEST_WAIT."""
        if self._waits and not self._owns_writer:
            await self._own_writer()
        return self._view

    def begin_request(self, request: RequestId) -> None:
        """Keep rivals with this request waiting until the transaction ends. None of them may have begun it."""
        self._begun[request] = self.tables.in_flight[request] = asyncio.Event()

    def began(self, request: RequestId) -> bool:
        return request in self._begun

    def commit(self) -> None:
        """Raise Outdated if a guard refused something and whoever asked went on regardless."""
        if self.refused:
            raise Outdated
        self._view.publish()

    def end(self) -> None:
        """Let others go on. What was not committed is forgotten with this transaction."""
        for request, ended in self._begun.items():
            del self.tables.in_flight[request]
            ended.set()
        if self._owns_writer:
            self.tables.writer.release()

    async def _own_writer(self) -> None:
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                await self.tables.writer.acquire()
        except TimeoutError:
            raise StorageBusy from None
        self._owns_writer = True
