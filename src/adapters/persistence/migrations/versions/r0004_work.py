"""Durable work, and the results of requests that are done once."""

from typing import Any

from alembic import op
from sqlalchemy import CheckConstraint, Column, PrimaryKeyConstraint, UniqueConstraint, text

from adapters.persistence.sql_types import COUNT, IDENTITY, INSTANT, TEXT

revision = "0004"
down_revision = "0003"


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


def upgrade() -> None:
    op.create_table(
        "tasks",
        Column("id", IDENTITY, primary_key=True),
        Column("key", TEXT, nullable=False),
        Column("kind", TEXT, nullable=False),
        Column("due_at", INSTANT, nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("appointment_id", IDENTITY),
        Column("payment_id", IDENTITY),
        Column("message", TEXT),
        Column("recipient_role", TEXT),
        Column("recipient_id", IDENTITY),
        Column("about_start", INSTANT),
        Column("state", TEXT, nullable=False),
        Column("attempts", COUNT, nullable=False),
        Column("revision", COUNT, nullable=False),
        Column("last_error", TEXT, nullable=False),
        Column("lease_token", IDENTITY),
        Column("leased_until", INSTANT),
        Column("lane", TEXT),
        UniqueConstraint("key"),
        CheckConstraint("state IN ('dead', 'done', 'due')", name="state_known"),
    )
    op.create_index("tasks_by_state", "tasks", ["state", "id"])
    op.create_index("tasks_due", "tasks", ["due_at", "id"], **_where("state = 'due'"))
    op.create_index("tasks_in_lane", "tasks", ["lane", "created_at", "id"], **_where("state = 'due'"))
    op.create_table(
        "requests",
        Column("caller", TEXT, nullable=False),
        Column("operation", TEXT, nullable=False),
        Column("key", TEXT, nullable=False),
        Column("body_hash", TEXT, nullable=False),
        Column("result", TEXT),
        Column("at", INSTANT, nullable=False),
        PrimaryKeyConstraint("caller", "operation", "key"),
    )
    op.create_index("requests_by_age", "requests", ["at"])


def downgrade() -> None:
    op.drop_table("requests")
    op.drop_table("tasks")
