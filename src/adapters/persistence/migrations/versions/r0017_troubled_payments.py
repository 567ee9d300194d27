"""Find the few payments at which a person should look without reading all of them."""

from alembic import op
from sqlalchemy import text

revision = "0017"
down_revision = "0016"

_TROUBLED = text("quarantined IS NOT NULL OR status = 'disputed' OR refund_failed")


def upgrade() -> None:
    op.create_index(
        "payments_in_trouble",
        "payments",
        ["created_at", "id"],
        postgresql_where=_TROUBLED,
        sqlite_where=_TROUBLED,
    )


def downgrade() -> None:
    op.drop_index("payments_in_trouble", "payments")
