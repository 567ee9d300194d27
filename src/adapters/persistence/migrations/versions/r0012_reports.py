"""Reports of misconduct or of a fault."""

from alembic import op
from sqlalchemy import Column, text

from adapters.persistence.sql_types import IDENTITY, INSTANT, TEXT

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "reports",
        Column("id", IDENTITY, primary_key=True),
        Column("about", TEXT, nullable=False),
        Column("role", TEXT, nullable=False),
        Column("actor_id", IDENTITY, nullable=False),
        Column("appointment_id", IDENTITY),
        Column("text", TEXT, nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("closed_at", INSTANT),
        Column("closed_by", IDENTITY),
        Column("note", TEXT, nullable=False),
    )
    unclosed = text("closed_at IS NULL")
    op.create_index("reports_open", "reports", ["id"], postgresql_where=unclosed, sqlite_where=unclosed)


def downgrade() -> None:
    op.drop_table("reports")
