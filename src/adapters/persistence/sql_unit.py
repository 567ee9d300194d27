"""The repositories of one transaction."""

from datetime import datetime

from adapters.persistence.sql_accounts import SqlAccounts, SqlSessions
from adapters.persistence.sql_appointments import SqlAppointments
from adapters.persistence.sql_directory import SqlDirectory
from adapters.persistence.sql_feedback import SqlFeedback
from adapters.persistence.sql_payments import SqlPayments
from adapters.persistence.sql_people import SqlDoctors, SqlPatients
from adapters.persistence.sql_requests import SqlRequests
from adapters.persistence.sql_schedules import SqlSchedules
from adapters.persistence.sql_tasks import SqlTasks
from adapters.persistence.sql_transaction import Transaction
from scheduling_core.ports.directory import Directory
from scheduling_core.ports.storage import (
    Accounts,
    Appointments,
    Doctors,
    FeedbackRecords,
    Patients,
    PaymentRecords,
    Requests,
    Schedules,
    Sessions,
    Tasks,
)


class SqlUnit:
    """Matches ports.storage.Unit."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self.requests: Requests = SqlRequests(transaction)
        self.schedules: Schedules = SqlSchedules(transaction)
        self.doctors: Doctors = SqlDoctors(transaction)
        self.patients: Patients = SqlPatients(transaction)
        self.accounts: Accounts = SqlAccounts(transaction)
        self.sessions: Sessions = SqlSessions(transaction)
        self.appointments: Appointments = SqlAppointments(transaction)
        self.payments: PaymentRecords = SqlPayments(transaction)
        self.tasks: Tasks = SqlTasks(transaction)
        self.feedback: FeedbackRecords = SqlFeedback(transaction)
        self.directory: Directory = SqlDirectory(transaction)

    async def now(self) -> datetime:
        return await self._transaction.now()
