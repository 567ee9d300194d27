"""Receipts: what a visit cost and what became of the money, as facts and as a document."""

from dataclasses import dataclass

from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Status
from scheduling_core.errors import NotFound
from scheduling_core.ids import AppointmentId
from scheduling_core.ledger import Account, explain
from scheduling_core.ledger_entry import EntryKind, LedgerEntry
from scheduling_core.money import Money
from scheduling_core.ports.documents import Documents, Form
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.receipt import Moved, Receipt
from scheduling_core.terms import Terms


@dataclass(frozen=True, slots=True)
class ReadReceipt:
    """The receipt of a booked visit, for its patient, its doctor and administrators, in whatever state the visit is now.

    Raise NotFound for everybody else, and for what never was booked.
    """

    storage: Storage
    terms: Terms

    async def __call__(self, actor: Actor, appointment_id: AppointmentId) -> Receipt:
        actor.known()
        async with self.storage.reading() as unit:
            details = await unit.appointments.details(appointment_id, actor)
            payments = await unit.payments.of_appointment(appointment_id)
            entries = await unit.payments.ledger(appointment_id)
        return _receipt(self.terms.clinic, details, entries, explain(entries, payments), actor)


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    """The same receipt as a document. Raise NotFound as `ReadReceipt`, Unavailable when too many are being drawn."""

    read_receipt: ReadReceipt
    documents: Documents

    async def __call__(self, actor: Actor, appointment_id: AppointmentId, form: Form) -> tuple[Receipt, bytes]:
        receipt = await self.read_receipt(actor, appointment_id)
        return receipt, await self.documents.receipt(receipt, form)


def _receipt(
    clinic: str, details: AppointmentDetails, entries: list[LedgerEntry], account: Account, actor: Actor
) -> Receipt:
    visit = details.appointment
    if visit.receipt_number is None or visit.booked_at is None:
        raise NotFound

    def moved(kind: EntryKind) -> tuple[Moved, ...]:
        return tuple(Moved(amount=entry.amount, at=entry.at) for entry in entries if entry.kind is kind)

    currency, end = visit.quote.total.currency, visit.cancellation
    return Receipt(
        number=visit.receipt_number,
        clinic=clinic,
        issued_at=visit.booked_at,
        doctor=details.doctor_name,
        specialization=details.specialization,
        patient=details.patient_name,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        doctor_zone=visit.doctor_zone,
        patient_zone=visit.patient_zone,
        reader_zone=visit.doctor_zone if actor.role is Role.DOCTOR else visit.patient_zone,
        quote=visit.quote,
        paid=moved(EntryKind.CAPTURED),
        returned=moved(EntryKind.REFUNDED),
        kept=Money(account.kept, currency),
        reserved=Money(account.reserved, currency),
        cancelled_at=end.at if end else None,
        cancelled_by=end.by if end else None,
        voided_at=visit.voided.at if visit.voided else None,
        pay_by=visit.pay_by if visit.status is Status.BOOKED else None,
        disputed=account.disputed > 0,
    )
