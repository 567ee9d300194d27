"""The repositories of one transaction."""

from datetime import datetime

from adapters.persistence.claims_in_parts import ClaimsInParts
from adapters.persistence.parts import Part
from adapters.persistence.sql_accounts import SqlAccounts, SqlSessions
from adapters.persistence.sql_appointments import SqlAppointments
from adapters.persistence.sql_claims import SqlClaims
from adapters.persistence.sql_directory import SqlDirectory
from adapters.persistence.sql_feedback import SqlFeedback
from adapters.persistence.sql_feeds import SqlFeeds
from adapters.persistence.sql_history import SqlHistory
from adapters.persistence.sql_invariants import SqlInvariants
from adapters.persistence.sql_notices import SqlNotices, SqlPreferences
from adapters.persistence.sql_own_calendars import SqlOwnCalendars
from adapters.persistence.sql_payments import SqlPayments
from adapters.persistence.sql_people import SqlDoctors, SqlPatients
from adapters.persistence.sql_persons import SqlDependants, SqlMedicalRecords
from adapters.persistence.sql_prescriptions import SqlPrescriptions
from adapters.persistence.sql_privacy import SqlPersonalData
from adapters.persistence.sql_reports import SqlReports
from adapters.persistence.sql_requests import SqlRequests
from adapters.persistence.sql_rolls import Rolls
from adapters.persistence.sql_schedules import SqlSchedules
from adapters.persistence.sql_tasks import SqlTasks
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_waitlist import SqlOffers, SqlWaitlist
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
from scheduling_core.ports.schedules import Schedules
from scheduling_core.ports.task_records import Tasks
from scheduling_core.ports.waitlist import Offers, Waitlist


class SqlUnit:
    """Matches ports.storage.Unit."""

    requests = Part[Requests](SqlRequests)
    schedules = Part[Schedules](SqlSchedules)
    doctors = Part[Doctors](SqlDoctors)
    patients = Part[Patients](SqlPatients)
    dependants = Part[Dependants](SqlDependants)
    medical = Part[MedicalRecords](SqlMedicalRecords)
    accounts = Part[Accounts](SqlAccounts)
    sessions = Part[Sessions](SqlSessions)
    feeds = Part[CalendarFeeds](SqlFeeds)
    own_calendars = Part[OwnCalendars](SqlOwnCalendars)
    appointments = Part[Appointments](SqlAppointments)
    payments = Part[PaymentRecords](SqlPayments)
    tasks = Part[Tasks](SqlTasks)
    notices = Part[NoticeRecords](SqlNotices)
    preferences = Part[Preferences](SqlPreferences)
    prescriptions = Part[Prescriptions](SqlPrescriptions)
    invariants = Part[Invariants](SqlInvariants)
    feedback = Part[FeedbackRecords](SqlFeedback)
    history = Part[History](SqlHistory)
    waitlist = Part[Waitlist](SqlWaitlist)
    offers = Part[Offers](SqlOffers)
    reports = Part[Reports](SqlReports)
    privacy = Part[PersonalData](SqlPersonalData)

    def __init__(self, transaction: Transaction, rolls: Rolls | None = None) -> None:
        self.source = transaction
        self.directory: Directory = SqlDirectory(transaction, rolls or Rolls())
        self.claims: Claims = SqlClaims(transaction) if transaction.on_postgresql else ClaimsInParts(self)

    async def now(self) -> datetime:
        return await self.source.now()
