"""Payments, the append-only ledger, and the provider's events that were seen."""

from typing import Any

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKey, Identity, UniqueConstraint, text

from adapters.persistence.sql_types import COUNT, FLAG, IDENTITY, INSTANT, MINOR_UNITS, NUMBER, TEXT

revision = "0003"
down_revision = "0002"

_KNOWN = "'authorized', 'captured', 'disputed', 'expired', 'open', 'partially_refunded', 'refunded', 'released'"
_LIVE = "'authorized', 'captured', 'disputed', 'open', 'partially_refunded'"


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


def upgrade() -> None:
    op.create_table(
        "payments",
        Column("id", IDENTITY, primary_key=True),
        Column("appointment_id", IDENTITY, ForeignKey("appointments.id"), nullable=False),
        Column("amount", MINOR_UNITS, nullable=False),
        Column("currency", TEXT, nullable=False),
        Column("closes_at", INSTANT, nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("status", TEXT, nullable=False),
        Column("ref", TEXT),
        Column("url", TEXT),
        Column("captured", MINOR_UNITS, nullable=False),
        Column("refunded", MINOR_UNITS, nullable=False),
        Column("last_decline", TEXT),
        Column("refund_failed", FLAG, nullable=False),
        Column("quarantined", TEXT),
        Column("attempt_step", TEXT),
        Column("attempt_amount", MINOR_UNITS),
        Column("attempt_key", TEXT),
        Column("attempt_started_at", INSTANT),
        Column("attempts", COUNT, nullable=False),
        Column("version", COUNT, nullable=False),
        UniqueConstraint("ref"),
        CheckConstraint(f"status IN ({_KNOWN})", name="status_known"),
        CheckConstraint("0 <= refunded AND refunded <= captured", name="refunds_what_it_has"),
    )
    op.create_index("payments_of_appointment", "payments", ["appointment_id", "created_at", "id"])
    op.create_index("payments_one_live", "payments", ["appointment_id"], unique=True, **_where(f"status IN ({_LIVE})"))
    op.create_table(
        "ledger",
        Column("number", NUMBER, Identity(), primary_key=True),
        Column("payment_id", IDENTITY, ForeignKey("payments.id"), nullable=False),
        Column("kind", TEXT, nullable=False),
        Column("amount", MINOR_UNITS, nullable=False),
        Column("currency", TEXT, nullable=False),
        Column("at", INSTANT, nullable=False),
    )
    op.create_index("ledger_of_payment", "ledger", ["payment_id", "number"])
    op.create_table(
        "webhook_events",
        Column("event_id", TEXT, primary_key=True),
        Column("ref", TEXT, nullable=False),
        Column("at", INSTANT, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER ledger_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger"
            " FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )
        return
    for event in ("update", "delete"):
        op.execute(
            f"""
CREATE TRIGGER ledger_keep_on_{event} BEFORE {event.upper()} ON ledger
BEGIN
    SELECT RAISE(ABORT, 'ledger: rows are only ever added');
END""".strip()
        )


def downgrade() -> None:
    op.drop_table("webhook_events")
    op.drop_table("ledger")
    op.drop_table("payments")
