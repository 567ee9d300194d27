"""Who came; and until when a visit that lost its money can be paid again."""

from alembic import op
from sqlalchemy import Column

from adapters.persistence.sql_types import INSTANT, TEXT

revision = "0008"
down_revision = "0007"

# Each is added by itself and never by copying the table, which would lose the triggers that guard it.
_COLUMNS = (("pay_by", INSTANT), ("missed_was", TEXT), ("missed_at", INSTANT))


def upgrade() -> None:
    for name, kind in _COLUMNS:
        op.add_column("appointments", Column(name, kind))


def downgrade() -> None:
    for name, _ in reversed(_COLUMNS):
        op.drop_column("appointments", name)
