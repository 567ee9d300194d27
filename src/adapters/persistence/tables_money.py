"""The tables of money. The ledger points at nothing that could be removed before it; the guards are in `sql_guards`."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint, false, or_

from adapters.persistence.columns import count, identifier, instant, key, metadata, number, text, units, where
from adapters.persistence.sql_types import COUNT, FLAG, TEXT, among, listed
from scheduling_core.payment_status import LIVE, PaymentStatus

receipt_counters = Table(
    "receipt_counters", metadata, Column("year", COUNT, primary_key=True, autoincrement=False), count("latest")
)

payments = Table(
    "payments", metadata,
    key("id"), identifier("appointment_id", ForeignKey("appointments.id")), units("amount"), text("currency"),
    instant("closes_at"), instant("created_at"), text("status"), text("ref", nullable=True), text("url", nullable=True),
    units("captured"), units("refunded"), text("last_decline", nullable=True), Column("refund_failed", FLAG, nullable=False),
    text("quarantined", nullable=True), text("attempt_step", nullable=True), units("attempt_amount", nullable=True),
    text("attempt_key", nullable=True), instant("attempt_started_at", nullable=True), count("attempts"), count("version"),
    Column("capture_refused", FLAG, nullable=False, server_default=false()),
    Column("giving_back", FLAG, nullable=False, server_default=false()), Column("resolution_note", TEXT, nullable=False, server_default=""),
    UniqueConstraint("ref"),
    CheckConstraint(f"status IN ({listed(PaymentStatus)})", name="status_known"),
    CheckConstraint("0 <= refunded AND refunded <= captured", name="refunds_what_it_has"),
)  # fmt: skip
lives = among(payments.c.status, LIVE)
Index("payments_one_live", payments.c.appointment_id, unique=True, **where(lives))
needs_a_look = or_(
    payments.c.quarantined.is_not(None), among(payments.c.status, {PaymentStatus.DISPUTED}), payments.c.refund_failed
)
Index("payments_in_trouble", payments.c.created_at, payments.c.id, **where(needs_a_look))
reserved = among(payments.c.status, {PaymentStatus.AUTHORIZED})
Index("payments_reserved", payments.c.id, **where(reserved))
Index("payments_of_appointment", payments.c.appointment_id, payments.c.created_at, payments.c.id)

ledger = Table(
    "ledger", metadata,
    number(), identifier("payment_id", ForeignKey("payments.id")), text("kind"), units("amount"), text("currency"), instant("at"),
)  # fmt: skip
Index("ledger_of_payment", ledger.c.payment_id, ledger.c.number)

webhook_events = Table(
    "webhook_events", metadata, Column("event_id", TEXT, primary_key=True), text("ref"), instant("at")
)
Index("webhook_events_by_age", webhook_events.c.at)
