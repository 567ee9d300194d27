"""How often a visit was moved by its patient, and what a doctor's move promised."""

from alembic import op
from sqlalchemy import Column

from adapters.persistence.sql_types import COUNT, INSTANT

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    # Added one by one, never by rebuilding the table: that would drop its guards.
    op.add_column("appointments", Column("moves", COUNT, nullable=False, server_default="0"))
    op.add_column("appointments", Column("full_refund_until", INSTANT))


def downgrade() -> None:
    op.drop_column("appointments", "full_refund_until")
    op.drop_column("appointments", "moves")
