"""Payments, their ledger, and which of the provider's events were seen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from adapters.persistence import sql_payment_pages
from adapters.persistence.sql_rows_visits import entry_of, entry_values, payment_of, payment_values
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import upsert
from adapters.persistence.tables_money import ledger, lives, payments, webhook_events
from scheduling_core.errors import NotFound, Outdated
from scheduling_core.ids import AppointmentId, DoctorId, PatientId, PaymentId
from scheduling_core.instants import Interval
from scheduling_core.ledger_entry import LedgerEntry
from scheduling_core.payment import Payment, Trouble
from scheduling_core.ports.money_records import Seen
from scheduling_core.ports.views import Earned, PaymentDetails

# The second live payment of an appointment is refused without an error that would end the transaction.
_ADD = (
    upsert(payments)
    .on_conflict_do_nothing(index_elements=[payments.c.appointment_id], index_where=lives)
    .returning(payments.c.id)
)
_SAVE = update(payments).where(payments.c.id == bindparam("wanted"), payments.c.version == bindparam("read"))
_ADD_ENTRY = insert(ledger).inline()
_GET = select(payments).where(payments.c.id == bindparam("wanted"))
_LOCK = _GET.with_for_update(key_share=True)
_BY_REF = select(payments).where(payments.c.ref == bindparam("wanted"))
_OF_APPOINTMENT = (
    select(payments)
    .where(payments.c.appointment_id == bindparam("wanted"))
    .order_by(payments.c.created_at, payments.c.id)
)
_LEDGER = (
    select(ledger)
    .join(payments, payments.c.id == ledger.c.payment_id)
    .where(payments.c.appointment_id == bindparam("wanted"))
    .order_by(ledger.c.number)
)
_NOTE = upsert(webhook_events).on_conflict_do_nothing().returning(webhook_events.c.event_id)


class SqlPayments:
    """Matches ports.storage.PaymentRecords."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, payment: Payment) -> None:
        values = {"id": payment.id, "version": payment.version, **payment_values(payment)}
        if not await self._transaction.rows(_ADD, values):
            raise Outdated

    async def save(self, payment: Payment, entries: Sequence[LedgerEntry] = ()) -> Payment:
        saved = replace(payment, version=payment.version + 1)
        values = {"version": saved.version, **payment_values(saved)}
        if not await self._transaction.run(_SAVE, {"wanted": payment.id, "read": payment.version, **values}):
            raise Outdated
        for entry in entries:
            await self._transaction.run(_ADD_ENTRY, entry_values(entry))
        return saved

    async def get(self, payment_id: PaymentId) -> Payment:
        row = await self._transaction.first(_GET, {"wanted": payment_id})
        if row is None:
            raise NotFound
        return payment_of(row)

    async def lock(self, payment_id: PaymentId) -> Payment:
        row = await self._transaction.first(_LOCK, {"wanted": payment_id})
        if row is None:
            raise NotFound
        return payment_of(row)

    async def by_ref(self, ref: str) -> Payment | None:
        row = await self._transaction.first(_BY_REF, {"wanted": ref})
        return None if row is None else payment_of(row)

    async def of_appointment(self, appointment_id: AppointmentId) -> list[Payment]:
        return [payment_of(row) for row in await self._transaction.rows(_OF_APPOINTMENT, {"wanted": appointment_id})]

    async def ledger(self, appointment_id: AppointmentId) -> list[LedgerEntry]:
        return [entry_of(row) for row in await self._transaction.rows(_LEDGER, {"wanted": appointment_id})]

    async def note_webhook(self, event_id: str, ref: str, *, at: datetime) -> bool:
        return bool(await self._transaction.rows(_NOTE, {"event_id": event_id, "ref": ref, "at": at}))

    async def of_patient(self, patient_id: PatientId, *, after: Seen, limit: int) -> list[PaymentDetails]:
        return await sql_payment_pages.of_patient(self._transaction, patient_id, after=after, limit=limit)

    async def of_doctor(
        self, doctor_id: DoctorId, within: Interval, *, after: Seen, limit: int
    ) -> list[PaymentDetails]:
        return await sql_payment_pages.of_doctor(self._transaction, doctor_id, within, after=after, limit=limit)

    async def in_trouble(self, trouble: Trouble | None, *, after: Seen, limit: int) -> list[PaymentDetails]:
        return await sql_payment_pages.in_trouble(self._transaction, trouble, after=after, limit=limit)

    async def earned(self, doctor_id: DoctorId, bounds: Sequence[datetime]) -> list[Earned]:
        return await sql_payment_pages.earned(self._transaction, doctor_id, bounds)
