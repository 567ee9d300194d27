"""Doctors' own calendars, and why there is time off: theirs by hand, busy by their calendar, or closed since it cannot be read."""

from alembic import op
from sqlalchemy import Column, ForeignKey

from adapters.persistence.sql_types import IDENTITY, INSTANT, TEXT

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("time_off", Column("source", TEXT, nullable=False, server_default="time_off"))
    op.add_column("time_off", Column("counts_from", INSTANT))
    op.create_table(
        "own_calendars",
        Column("doctor_id", IDENTITY, ForeignKey("doctors.id"), primary_key=True),
        Column("address", TEXT, nullable=False),
        Column("connected_at", INSTANT, nullable=False),
        Column("read_at", INSTANT, nullable=False),
        Column("tried_at", INSTANT, nullable=False),
        Column("trouble", TEXT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("own_calendars")
    op.execute("DELETE FROM time_off WHERE source <> 'time_off'")
    op.drop_column("time_off", "counts_from")
    op.drop_column("time_off", "source")
