"""Rows of appointments, their history and their money to and from what the core knows."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from scheduling_core.access import Role
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.appointment_parts import Absence, Cancellation, HoldKind, Meeting, MeetingStatus, Missed
from scheduling_core.availability import Taken
from scheduling_core.cancellation import CancellationPolicy
from scheduling_core.event import Event
from scheduling_core.feedback import Feedback
from scheduling_core.instants import Interval
from scheduling_core.ledger_entry import EntryKind, LedgerEntry
from scheduling_core.money import Money, Quote
from scheduling_core.patient import Relation
from scheduling_core.payment import Attempt, Payment, Step
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.views import AppointmentDetails

_Values = dict[str, Any]
# A deployment has one policy, and as many more as it ever had.
_policy = lru_cache(maxsize=256)(CancellationPolicy.parse)


class Prefixed:
    """A joined row seen as a row of one of its tables, whose columns were labelled with a prefix."""

    def __init__(self, row: Row[Any], prefix: str) -> None:
        self._row = row
        self._prefix = prefix

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, self._prefix + name)


def appointment_of(row: Row[Any] | Prefixed) -> Appointment:
    """The appointment in a row of `appointments`, whatever else it holds."""
    currency = row.currency
    cancellation = None
    if row.cancelled_verb is not None:
        cancellation = Cancellation(
            verb=Verb(row.cancelled_verb), by=Role(row.cancelled_by), at=row.cancelled_at, reason=row.cancelled_reason
        )
    missed, absence, voided = None, None, None
    if row.missed_was is not None:
        missed = Missed(was=Status(row.missed_was), at=row.missed_at)
    if row.absence_claimed_at is not None:
        absence = Absence(
            claimed_at=row.absence_claimed_at, note=row.absence_note, rejected_at=row.absence_rejected_at,
            rejection=row.absence_rejection,
        )  # fmt: skip
    if row.voided_at is not None:
        # Nobody but an administrator voids anything: see the transition table.
        voided = Cancellation(verb=Verb.VOID, by=Role.ADMINISTRATOR, at=row.voided_at, reason=row.voided_reason)
    quote = Quote(
        fee=Money(row.fee, currency), tax_percent=Decimal(row.tax_percent), tax=Money(row.tax, currency),
        total=Money(row.total, currency),
    )  # fmt: skip
    return Appointment(
        id=row.id, doctor_id=row.doctor_id, person_id=row.person_id, booked_by=row.booked_by,
        interval=Interval(start=row.starts_at, end=row.ends_at), occupied_until=row.occupied_until,
        status=Status(row.status), hold_kind=HoldKind(row.hold_kind), hold_expires_at=row.hold_expires_at, quote=quote,
        policy=_policy(row.policy), doctor_zone=row.doctor_zone, patient_zone=row.patient_zone, reason=row.reason,
        created_at=row.created_at, keep=Money(row.keep, currency), paid_by=row.paid_by,
        meeting=Meeting(MeetingStatus(row.meeting_status), row.join_url), receipt_number=row.receipt_number,
        booked_at=row.booked_at, accepted_at=row.accepted_at, pay_by=row.pay_by, cancellation=cancellation,
        missed=missed, absence=absence, voided=voided, moves=row.moves,
        full_refund_until=row.full_refund_until, sequence=row.sequence, version=row.version,
    )  # fmt: skip


def appointment_values(appointment: Appointment) -> _Values:
    """All columns but id and version."""
    quote, end, missed = appointment.quote, appointment.cancellation, appointment.missed
    absence, voided = appointment.absence, appointment.voided
    return {
        "doctor_id": appointment.doctor_id, "person_id": appointment.person_id, "booked_by": appointment.booked_by,
        "starts_at": appointment.starts_at, "ends_at": appointment.ends_at, "occupied_until": appointment.occupied_until,
        "status": appointment.status.value, "hold_kind": appointment.hold_kind.value,
        "hold_expires_at": appointment.hold_expires_at, "fee": quote.fee.amount, "tax_percent": str(quote.tax_percent),
        "tax": quote.tax.amount, "total": quote.total.amount, "currency": quote.total.currency,
        "keep": appointment.keep.amount, "policy": str(appointment.policy), "doctor_zone": appointment.doctor_zone,
        "patient_zone": appointment.patient_zone, "reason": appointment.reason, "created_at": appointment.created_at,
        "paid_by": appointment.paid_by, "meeting_status": appointment.meeting.status.value,
        "join_url": appointment.meeting.join_url, "receipt_number": appointment.receipt_number,
        "booked_at": appointment.booked_at, "accepted_at": appointment.accepted_at,
        "cancelled_verb": end and end.verb.value, "cancelled_by": end and end.by.value,
        "cancelled_at": end and end.at, "cancelled_reason": end and end.reason, "moves": appointment.moves,
        "full_refund_until": appointment.full_refund_until, "sequence": appointment.sequence,
        "pay_by": appointment.pay_by, "missed_was": missed and missed.was.value, "missed_at": missed and missed.at,
        "absence_claimed_at": absence and absence.claimed_at, "absence_note": absence and absence.note,
        "absence_rejected_at": absence and absence.rejected_at, "absence_rejection": absence and absence.rejection,
        "voided_at": voided and voided.at, "voided_reason": voided and voided.reason,
    }  # fmt: skip


def taken_of(row: Row[Any]) -> Taken:
    """What availability needs of an occupying appointment: its start, end, status and expiry."""
    held = row.status == Status.PENDING
    return Taken(
        interval=Interval(start=row.starts_at, end=row.occupied_until), held=held,
        expires_at=row.hold_expires_at if held else None,
    )  # fmt: skip


def event_of(row: Row[Any]) -> Event:
    """The event in a row of `events`."""
    return Event(
        appointment_id=row.appointment_id, doctor_id=row.doctor_id, person_id=row.person_id, verb=Verb(row.verb),
        before=None if row.before is None else Status(row.before), after=Status(row.after), role=Role(row.role),
        actor_id=row.actor_id, interval=Interval(start=row.starts_at, end=row.ends_at), occupied_until=row.occupied_until,
        at=row.at,
    )  # fmt: skip


def event_values(event: Event) -> _Values:
    """All columns but the number."""
    return {
        "appointment_id": event.appointment_id, "doctor_id": event.doctor_id, "person_id": event.person_id,
        "verb": event.verb.value, "before": event.before and event.before.value, "after": event.after.value,
        "role": event.role.value, "actor_id": event.actor_id, "starts_at": event.interval.start,
        "ends_at": event.interval.end, "occupied_until": event.occupied_until, "at": event.at,
    }  # fmt: skip


def payment_of(row: Row[Any] | Prefixed) -> Payment:
    """The payment in a row of `payments`."""
    attempt = None
    if row.attempt_step is not None:
        attempt = Attempt(
            step=Step(row.attempt_step),
            amount=row.attempt_amount,
            key=row.attempt_key,
            started_at=row.attempt_started_at,
        )
    return Payment(
        id=row.id, appointment_id=row.appointment_id, amount=Money(row.amount, row.currency), closes_at=row.closes_at,
        created_at=row.created_at, status=PaymentStatus(row.status), ref=row.ref, url=row.url, captured=row.captured,
        refunded=row.refunded, last_decline=row.last_decline, refund_failed=row.refund_failed,
        quarantined=row.quarantined, capture_refused=row.capture_refused, attempt=attempt, attempts=row.attempts, version=row.version,
        giving_back=row.giving_back, resolution_note=row.resolution_note,
    )  # fmt: skip


def payment_values(payment: Payment) -> _Values:
    """All columns but id and version."""
    attempt = payment.attempt
    return {
        "appointment_id": payment.appointment_id, "amount": payment.amount.amount, "currency": payment.amount.currency,
        "closes_at": payment.closes_at, "created_at": payment.created_at, "status": payment.status.value,
        "ref": payment.ref, "url": payment.url, "captured": payment.captured, "refunded": payment.refunded,
        "last_decline": payment.last_decline, "refund_failed": payment.refund_failed, "quarantined": payment.quarantined,
        "attempt_step": attempt and attempt.step.value, "attempt_amount": attempt and attempt.amount,
        "attempt_key": attempt and attempt.key, "attempt_started_at": attempt and attempt.started_at,
        "attempts": payment.attempts, "capture_refused": payment.capture_refused,
        "giving_back": payment.giving_back, "resolution_note": payment.resolution_note,
    }  # fmt: skip


def entry_of(row: Row[Any]) -> LedgerEntry:
    """The line in a row of `ledger`."""
    return LedgerEntry(
        payment_id=row.payment_id, kind=EntryKind(row.kind), amount=Money(row.amount, row.currency), at=row.at
    )


def entry_values(entry: LedgerEntry) -> _Values:
    """All columns but the number."""
    return {
        "payment_id": entry.payment_id, "kind": entry.kind.value, "amount": entry.amount.amount,
        "currency": entry.amount.currency, "at": entry.at,
    }  # fmt: skip


def feedback_of(row: Row[Any] | Prefixed) -> Feedback:
    """The feedback in a row of `feedback`."""
    return Feedback(
        appointment_id=row.appointment_id, doctor_id=row.doctor_id, patient_id=row.patient_id, stars=row.stars,
        title=row.title, review=row.review, given_at=row.given_at, edited_at=row.edited_at, answer=row.answer,
        answered_at=row.answered_at, hidden_at=row.hidden_at, hidden_reason=row.hidden_reason, version=row.version,
    )  # fmt: skip


def details_of(row: Row[Any]) -> AppointmentDetails:
    """An appointment's columns as they are, its payment's and its feedback's with their prefixes, and the names."""
    return AppointmentDetails(
        appointment=appointment_of(row), doctor_name=row.doctor_name, specialization=row.doctor_specialization,
        patient_name=row.patient_name, booker_name=row.booker_name,
        payment=None if row.payment_id is None else payment_of(Prefixed(row, "payment_")),
        feedback=None if row.feedback_stars is None else feedback_of(Prefixed(row, "feedback_")),
        prescribed_at=row.prescribed_at,
        relation=None if row.dependant_relation is None else Relation(row.dependant_relation),
    )  # fmt: skip
