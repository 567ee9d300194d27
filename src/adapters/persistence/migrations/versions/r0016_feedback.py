"""Feedback that is changed, answered and hidden."""

from alembic import op
from sqlalchemy import Column

from adapters.persistence.sql_types import COUNT, INSTANT, TEXT

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    for name, kind in (("edited_at", INSTANT), ("answer", TEXT), ("answered_at", INSTANT), ("hidden_at", INSTANT)):
        op.add_column("feedback", Column(name, kind))
    op.add_column("feedback", Column("hidden_reason", TEXT, nullable=False, server_default=""))
    op.add_column("feedback", Column("version", COUNT, nullable=False, server_default="1"))


def downgrade() -> None:
    for name in ("version", "hidden_reason", "hidden_at", "answered_at", "answer", "edited_at"):
        op.drop_column("feedback", name)
