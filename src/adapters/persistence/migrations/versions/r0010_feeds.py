"""Secret addresses under which calendars read a person's visits."""

from alembic import op
from sqlalchemy import Column, UniqueConstraint

from adapters.persistence.sql_types import IDENTITY, INSTANT, TEXT

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "calendar_feeds",
        Column("actor_id", IDENTITY, primary_key=True),
        Column("role", TEXT, nullable=False),
        Column("secret_hash", TEXT, nullable=False),
        Column("created_at", INSTANT, nullable=False),
        UniqueConstraint("secret_hash"),
    )


def downgrade() -> None:
    op.drop_table("calendar_feeds")
