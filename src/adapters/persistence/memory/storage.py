"""The storage itself: transactions over the tables of one process."""

from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from datetime import datetime

from adapters.kit.transactions import transaction_open
from adapters.persistence.claims_in_parts import ClaimsInParts
from adapters.persistence.glances import glance, listed_version
from adapters.persistence.memory.appointments import MemoryAppointments
from adapters.persistence.memory.directory import MemoryDirectory
from adapters.persistence.memory.feeds import MemoryFeeds
from adapters.persistence.memory.history import MemoryHistory
from adapters.persistence.memory.invariants import MemoryInvariants
from adapters.persistence.memory.notices import MemoryNotices, MemoryPreferences
from adapters.persistence.memory.own_calendars import MemoryOwnCalendars
from adapters.persistence.memory.payments import MemoryPayments
from adapters.persistence.memory.people import MemoryAccounts, MemoryDoctors, MemoryFeedback, MemoryPatients
from adapters.persistence.memory.persons import MemoryDependants, MemoryMedicalRecords
from adapters.persistence.memory.prescriptions import MemoryPrescriptions
from adapters.persistence.memory.privacy import MemoryPersonalData
from adapters.persistence.memory.reports import MemoryReports
from adapters.persistence.memory.requests import MemoryRequests
from adapters.persistence.memory.schedules import MemorySchedules
from adapters.persistence.memory.sessions import MemorySessions
from adapters.persistence.memory.table import Table
from adapters.persistence.memory.tasks import MemoryTasks
from adapters.persistence.memory.transaction import Tables, Transaction
from adapters.persistence.memory.waitlist import MemoryOffers, MemoryWaitlist
from adapters.persistence.parts import Part
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
from scheduling_core.ports.storage import Unit
from scheduling_core.ports.system import Clock
from scheduling_core.ports.task_records import Tasks
from scheduling_core.ports.waitlist import Offers, Waitlist


class MemoryStorage:
    """Matches ports.storage.Storage. One writer at a time, so every lock of the port is held from the first statement.

    Uses nothing but asyncio's own primitives, so it runs in a loop whose time is virtual. `after_tasks` is called after each
    commit that left tasks to do.
    """

    def __init__(self, clock: Clock, *, after_tasks: Callable[[], None] | None = None) -> None:
        self._clock = clock
        self._after_tasks = after_tasks
        self._tables = Tables()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        with transaction_open():
            yield MemoryUnit(Transaction(self._tables, self._clock, writing=False))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Unit]:
        transaction = Transaction(self._tables, self._clock, writing=True)
        try:
            with transaction_open():
                yield MemoryUnit(transaction)
            # Nothing awaits from here on: a commit is either whole or never began.
            transaction.commit()
        finally:
            transaction.end()
        if transaction.woke_tasks and self._after_tasks is not None:
            self._after_tasks()

    async def glance(self, doctor_id: DoctorId, within: Interval) -> Glance:
        async with self.reading() as unit:
            return await glance(unit, doctor_id, within)

    async def listed_version(self, doctor_id: DoctorId) -> int:
        async with self.reading() as unit:
            return await listed_version(unit, doctor_id)

    async def foremost(self, specialization: str | None, *, limit: int) -> str:
        async with self.reading() as unit:
            return await unit.directory.foremost(specialization, limit=limit)

    def committed(self) -> dict[str, dict[Hashable, object]]:
        """All that is stored, table by table: equal before and after means that nothing was written in between."""
        return {name: dict(table.rows) for name, table in vars(self._tables).items() if isinstance(table, Table)}

    async def ready(self) -> bool:
        return True


class MemoryUnit:
    """Matches ports.storage.Unit."""

    requests = Part[Requests](MemoryRequests)
    schedules = Part[Schedules](MemorySchedules)
    doctors = Part[Doctors](MemoryDoctors)
    patients = Part[Patients](MemoryPatients)
    dependants = Part[Dependants](MemoryDependants)
    medical = Part[MedicalRecords](MemoryMedicalRecords)
    accounts = Part[Accounts](MemoryAccounts)
    sessions = Part[Sessions](MemorySessions)
    feeds = Part[CalendarFeeds](MemoryFeeds)
    own_calendars = Part[OwnCalendars](MemoryOwnCalendars)
    appointments = Part[Appointments](MemoryAppointments)
    payments = Part[PaymentRecords](MemoryPayments)
    tasks = Part[Tasks](MemoryTasks)
    notices = Part[NoticeRecords](MemoryNotices)
    preferences = Part[Preferences](MemoryPreferences)
    prescriptions = Part[Prescriptions](MemoryPrescriptions)
    invariants = Part[Invariants](MemoryInvariants)
    feedback = Part[FeedbackRecords](MemoryFeedback)
    directory = Part[Directory](MemoryDirectory)
    history = Part[History](MemoryHistory)
    waitlist = Part[Waitlist](MemoryWaitlist)
    offers = Part[Offers](MemoryOffers)
    reports = Part[Reports](MemoryReports)
    privacy = Part[PersonalData](MemoryPersonalData)

    def __init__(self, transaction: Transaction) -> None:
        self.source = transaction
        self.claims: Claims = ClaimsInParts(self)

    async def now(self) -> datetime:
        return self.source.clock.now()
