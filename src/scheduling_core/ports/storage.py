"""Storage as the core needs it: a unit of work over repositories.

`reading()` sees committed state and writes nothing. `writing()` commits when its block ends and rolls everything back
when it raises. A transaction in which a guard refused (SlotTaken, PatientBusy from `add`, `store` or `save`) keeps
nothing: ending it as if nothing had happened raises Outdated. No transaction may be open while a provider is called.
Locks are taken in one order: the doctor's schedule, then the person, then the appointment, then its payment; a task that
transactions share is woken last (`Tasks.wake_at_end`).
"""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from scheduling_core.ids import DoctorId
from scheduling_core.instants import Interval
from scheduling_core.ports.accounts import Accounts, Sessions
from scheduling_core.ports.appointments import Appointments
from scheduling_core.ports.claims import Claims
from scheduling_core.ports.directory import Directory
from scheduling_core.ports.feedback_records import FeedbackRecords
from scheduling_core.ports.feeds import CalendarFeeds
from scheduling_core.ports.history import History
from scheduling_core.ports.invariants import Invariants
from scheduling_core.ports.money_records import PaymentRecords
from scheduling_core.ports.notice_records import NoticeRecords, Preferences
from scheduling_core.ports.own_calendars import OwnCalendars
from scheduling_core.ports.people import Dependants, Doctors, MedicalRecords, Patients
from scheduling_core.ports.prescriptions import Prescriptions
from scheduling_core.ports.privacy import PersonalData
from scheduling_core.ports.reports import Reports
from scheduling_core.ports.requests import Requests
from scheduling_core.ports.schedules import Glance, Schedules
from scheduling_core.ports.task_records import Tasks
from scheduling_core.ports.waitlist import Offers, Waitlist


class Unit(Protocol):
    """One transaction."""

    requests: Requests
    claims: Claims
    schedules: Schedules
    doctors: Doctors
    patients: Patients
    dependants: Dependants
    medical: MedicalRecords
    accounts: Accounts
    sessions: Sessions
    feeds: CalendarFeeds
    own_calendars: OwnCalendars
    appointments: Appointments
    payments: PaymentRecords
    tasks: Tasks
    notices: NoticeRecords
    preferences: Preferences
    feedback: FeedbackRecords
    directory: Directory
    history: History
    waitlist: Waitlist
    offers: Offers
    reports: Reports
    privacy: PersonalData
    prescriptions: Prescriptions
    invariants: Invariants

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

    async def glance(self, doctor_id: DoctorId, within: Interval) -> Glance:
        """What a listed doctor's slots are made of, at one moment after the call, without a unit of work: the read that
        everybody does most. Time off and taken time are those that overlap `within`, in no order. Raise NotFound for a doctor
        who is not listed."""
        ...

    async def listed_version(self, doctor_id: DoctorId) -> int:
        """The version of a listed doctor's schedule at a moment after the call: while it stays, so does what a glance showed.
        Raise NotFound for a doctor who is not listed."""
        ...

    async def foremost(self, specialization: str | None, *, limit: int) -> str:
        """A word for all listed doctors, their profiles and ratings, and for the schedules of the first `limit` of this
        specialization by (`not_before`, id), at one moment after the call. Where it is the same, all of that is the same, and
        nobody else has time before theirs; it may have been another in between."""
        ...

    async def ready(self) -> bool:
        """Whether it answers, is migrated, and its guards against overlaps stand."""
        ...
