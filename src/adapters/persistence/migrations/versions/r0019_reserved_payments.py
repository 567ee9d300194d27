"""Payments whose money is reserved: few at any time, and looked for each minute."""

from alembic import op
from sqlalchemy import text

revision = "0019"
down_revision = "0018"

_RESERVED = text("status = 'authorized'")


def upgrade() -> None:
    op.create_index("payments_reserved", "payments", ["id"], postgresql_where=_RESERVED, sqlite_where=_RESERVED)


def downgrade() -> None:
    op.drop_index("payments_reserved", "payments")
