"""A payment, and what its provider says of it."""

from typing import Any

from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.ledger_entry import EntryKind, LedgerEntry
from scheduling_core.payment import Observation, Payment
from scheduling_core.payment_status import PaymentStatus
from support.clock import MONDAY
from support.making import an_id, minutes, usd

TOTAL = 59_000
TERMINAL = {PaymentStatus.REFUNDED, PaymentStatus.RELEASED, PaymentStatus.EXPIRED}
S = PaymentStatus


def a_payment(**changes: Any) -> Payment:
    facts: dict[str, Any] = {"closes_at": MONDAY + minutes(9), "created_at": MONDAY, "ref": "cs_1"}
    ids = {"id": PaymentId(an_id()), "appointment_id": AppointmentId(an_id())}
    return Payment(**{**ids, "amount": usd(TOTAL), **facts, **changes})


def said(status: PaymentStatus, *, captured: int = 0, refunded: int = 0, **changes: Any) -> Observation:
    facts: dict[str, Any] = {"ref": "cs_1", "amount": TOTAL, "currency": "USD"}
    return Observation(status=status, captured=captured, refunded=refunded, **{**facts, **changes})


def after(payment: Payment, news: list[Observation]) -> tuple[Payment, list[LedgerEntry]]:
    lines: list[LedgerEntry] = []
    for seen in news:
        payment, more = payment.observe(seen, at=MONDAY)
        lines += more
    return payment, lines


def booked(lines: list[LedgerEntry], kind: EntryKind) -> int:
    return sum(line.amount.amount for line in lines if line.kind is kind)


def believed(payment: Payment) -> tuple[PaymentStatus, int, int]:
    return payment.status, payment.captured, payment.refunded
