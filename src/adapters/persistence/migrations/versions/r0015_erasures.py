"""Who was erased, so that they stay so."""

from alembic import op
from sqlalchemy import Column

from adapters.persistence.sql_types import IDENTITY, INSTANT, TEXT

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "erasures",
        Column("actor_id", IDENTITY, primary_key=True),
        Column("role", TEXT, nullable=False),
        Column("at", INSTANT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("erasures")
