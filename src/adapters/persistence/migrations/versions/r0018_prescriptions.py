"""What doctors write down for their patients."""

from alembic import op
from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint

from adapters.persistence.sql_types import COUNT, IDENTITY, INSTANT, TEXT

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "prescriptions",
        Column("appointment_id", IDENTITY, ForeignKey("appointments.id"), nullable=False),
        Column("revision", COUNT, nullable=False),
        Column("doctor_id", IDENTITY, ForeignKey("doctors.id"), nullable=False),
        Column("person_id", IDENTITY, ForeignKey("persons.id"), nullable=False),
        Column("medicines", TEXT, nullable=False),
        Column("advice", TEXT, nullable=False),
        Column("written_at", INSTANT, nullable=False),
        Column("first_written_at", INSTANT, nullable=False),
        PrimaryKeyConstraint("appointment_id", "revision"),
    )


def downgrade() -> None:
    op.drop_table("prescriptions")
