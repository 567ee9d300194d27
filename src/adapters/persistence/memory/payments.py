"""Payments, their ledger, and which of the provider's events were seen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from adapters.persistence.memory import payment_pages, places
from adapters.persistence.memory.transaction import Transaction, View
from scheduling_core.errors import NotFound, Outdated
from scheduling_core.ids import AppointmentId, DoctorId, PatientId, PaymentId
from scheduling_core.instants import Interval
from scheduling_core.ledger_entry import LedgerEntry
from scheduling_core.payment import Payment, Trouble
from scheduling_core.payment_status import NEVER_PAID
from scheduling_core.ports.money_records import Seen
from scheduling_core.ports.views import Earned, PaymentDetails


class MemoryPayments:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, payment: Payment) -> None:
        view = await self._transaction.view()
        _check_only_live(view, payment)
        view.payments.insert(payment.id, payment)

    async def save(self, payment: Payment, entries: Sequence[LedgerEntry] = ()) -> Payment:
        view = await self._transaction.view()
        stored = view.payments.get(payment.id)
        if stored is None or stored.version != payment.version:
            raise Outdated
        _check_only_live(view, payment)
        saved = replace(payment, version=payment.version + 1)
        view.payments.put(payment.id, saved)
        if entries:
            written = view.ledger.get(payment.appointment_id) or ()
            view.ledger.put(payment.appointment_id, (*written, *entries))
        return saved

    async def get(self, payment_id: PaymentId) -> Payment:
        payment = (await self._transaction.view()).payments.get(payment_id)
        if payment is None:
            raise NotFound
        return payment

    async def lock(self, payment_id: PaymentId) -> Payment:
        return await self.get(payment_id)

    async def by_ref(self, ref: str) -> Payment | None:
        return (await self._transaction.view()).payments.first(places.payment_of_ref, ref)

    async def of_appointment(self, appointment_id: AppointmentId) -> list[Payment]:
        view = await self._transaction.view()
        return list(view.payments.walk(places.payment_of_appointment, appointment_id))

    async def ledger(self, appointment_id: AppointmentId) -> list[LedgerEntry]:
        return list((await self._transaction.view()).ledger.get(appointment_id) or ())

    async def note_webhook(self, event_id: str, ref: str, *, at: datetime) -> bool:
        view = await self._transaction.view()
        if view.webhooks.get(event_id) is not None:
            return False
        view.webhooks.put(event_id, (ref, at))
        return True

    async def of_patient(self, patient_id: PatientId, *, after: Seen, limit: int) -> list[PaymentDetails]:
        view = await self._transaction.view()
        paid = (payment for payment in view.payments if payment.status not in NEVER_PAID)
        own = (payment for payment in paid if payment_pages.visit_of(view, payment).booked_by == patient_id)
        return payment_pages.page(view, own, after=after, limit=limit)

    async def of_doctor(
        self, doctor_id: DoctorId, within: Interval, *, after: Seen, limit: int
    ) -> list[PaymentDetails]:
        view = await self._transaction.view()
        moved = {entry.payment_id for entry in _moved(view, doctor_id) if within.start <= entry.at < within.end}
        return payment_pages.page(view, [view.payments[id] for id in moved], after=after, limit=limit)

    async def in_trouble(self, trouble: Trouble | None, *, after: Seen, limit: int) -> list[PaymentDetails]:
        view = await self._transaction.view()
        wanted = set(Trouble) if trouble is None else {trouble}
        found = (payment for payment in view.payments if payment.trouble in wanted)
        return payment_pages.page(view, found, after=after, limit=limit)

    async def earned(self, doctor_id: DoctorId, bounds: Sequence[datetime]) -> list[Earned]:
        return payment_pages.earned(_moved(await self._transaction.view(), doctor_id), bounds)


def _moved(view: View, doctor_id: DoctorId) -> list[LedgerEntry]:
    """Every movement of money for visits with this doctor."""
    own = (payment for payment in view.payments if payment_pages.visit_of(view, payment).doctor_id == doctor_id)
    entries = (entry for payment in own for entry in payment_pages.entries_of(view, payment))
    return [entry for entry in entries if entry.kind in payment_pages.MOVED]


def _check_only_live(view: View, payment: Payment) -> None:
    others = view.payments.walk(places.payment_of_appointment, payment.appointment_id)
    if payment.live and any(other.live and other.id != payment.id for other in others):
        raise Outdated
