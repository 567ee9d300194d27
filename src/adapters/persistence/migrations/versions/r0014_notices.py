"""What people were told and how it reached them, and what they do not want by e-mail."""

from alembic import op
from sqlalchemy import CheckConstraint, Column

from adapters.persistence.sql_types import IDENTITY, INSTANT, TEXT

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "notices",
        Column("id", IDENTITY, primary_key=True),
        Column("kind", TEXT, nullable=False),
        Column("recipient_role", TEXT, nullable=False),
        Column("recipient_id", IDENTITY, nullable=False),
        Column("appointment_id", IDENTITY),
        Column("at", INSTANT, nullable=False),
        Column("delivery", TEXT, nullable=False),
        Column("sent_at", INSTANT),
        Column("read_at", INSTANT),
        CheckConstraint("delivery IN ('dropped', 'failed', 'sent', 'waiting', 'withheld')", name="delivery_known"),
    )
    op.create_index("notices_of_reader", "notices", ["recipient_id", "at", "id"])
    op.create_index("notices_by_delivery", "notices", ["delivery", "id"])
    op.create_table(
        "preferences",
        Column("actor_id", IDENTITY, primary_key=True),
        Column("role", TEXT, nullable=False),
        Column("topics_off", TEXT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("preferences")
    op.drop_table("notices")
