"""Claims that a doctor did not come, and why a row was struck."""

from alembic import op
from sqlalchemy import Column, text

from adapters.persistence.sql_types import INSTANT, TEXT

revision = "0013"
down_revision = "0012"

_CLAIMED = text("absence_claimed_at IS NOT NULL AND absence_rejected_at IS NULL")
# Each is added by itself and never by copying the table, which would lose the triggers that guard it.
_COLUMNS = (
    ("absence_claimed_at", INSTANT),
    ("absence_note", TEXT),
    ("absence_rejected_at", INSTANT),
    ("absence_rejection", TEXT),
    ("voided_at", INSTANT),
    ("voided_reason", TEXT),
)


def upgrade() -> None:
    for name, kind in _COLUMNS:
        op.add_column("appointments", Column(name, kind))
    op.create_index(
        "appointments_claimed_absent",
        "appointments",
        ["absence_claimed_at", "id"],
        postgresql_where=_CLAIMED,
        sqlite_where=_CLAIMED,
    )


def downgrade() -> None:
    op.drop_index("appointments_claimed_absent", "appointments")
    for name, _ in reversed(_COLUMNS):
        op.drop_column("appointments", name)
