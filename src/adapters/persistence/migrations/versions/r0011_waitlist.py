"""Waiting for a time: who waits, which time was released, what was offered, and when it was accepted."""

from typing import Any

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKey, text

from adapters.persistence.sql_types import COUNT, IDENTITY, INSTANT, TEXT

revision = "0011"
down_revision = "0010"


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


def upgrade() -> None:
    op.create_table(
        "waitlist",
        Column("id", IDENTITY, primary_key=True),
        Column("patient_id", IDENTITY, ForeignKey("patients.id"), nullable=False),
        Column("person_id", IDENTITY, ForeignKey("persons.id"), nullable=False),
        Column("doctor_id", IDENTITY, ForeignKey("doctors.id")),
        Column("specialization", TEXT),
        Column("window_start", INSTANT, nullable=False),
        Column("window_end", INSTANT, nullable=False),
        Column("part_of_day", TEXT),
        Column("appointment_id", IDENTITY, ForeignKey("appointments.id")),
        Column("created_at", INSTANT, nullable=False),
        Column("state", TEXT, nullable=False),
        Column("closed_at", INSTANT),
        Column("version", COUNT, nullable=False),
        CheckConstraint("window_end > window_start", name="forwards"),
        CheckConstraint("(doctor_id IS NULL) <> (specialization IS NULL)", name="for_one_thing"),
        CheckConstraint("state IN ('ended', 'left', 'satisfied', 'waiting')", name="state_known"),
    )
    waiting = _where("state = 'waiting'")
    op.create_index("waitlist_for_doctor", "waitlist", ["doctor_id", "window_end"], **waiting)
    op.create_index("waitlist_for_specialization", "waitlist", ["specialization", "window_end"], **waiting)
    op.create_index("waitlist_of_patient", "waitlist", ["patient_id", "created_at", "id"])
    op.create_table(
        "releases",
        Column("id", IDENTITY, primary_key=True),
        Column("doctor_id", IDENTITY, ForeignKey("doctors.id"), nullable=False),
        Column("starts_at", INSTANT, nullable=False),
        Column("ends_at", INSTANT, nullable=False),
        Column("at", INSTANT, nullable=False),
        CheckConstraint("ends_at > starts_at", name="forwards"),
    )
    op.create_index("releases_of_doctor", "releases", ["doctor_id", "at", "id"])
    op.create_table(
        "offers",
        Column("appointment_id", IDENTITY, ForeignKey("appointments.id"), primary_key=True),
        Column("doctor_id", IDENTITY, ForeignKey("doctors.id"), nullable=False),
        Column("person_id", IDENTITY, ForeignKey("persons.id"), nullable=False),
        Column("starts_at", INSTANT, nullable=False),
        Column("made_at", INSTANT, nullable=False),
        Column("entry_id", IDENTITY, ForeignKey("waitlist.id")),
        Column("visit_id", IDENTITY, ForeignKey("appointments.id")),
    )
    op.create_index("offers_of_doctor", "offers", ["doctor_id", "starts_at", "appointment_id"])
    op.create_index("offers_of_entry", "offers", ["entry_id"])
    op.create_index("offers_of_visit", "offers", ["visit_id"])
    op.add_column("appointments", Column("accepted_at", INSTANT))
    op.add_column("tasks", Column("doctor_id", IDENTITY))


def downgrade() -> None:
    op.drop_column("tasks", "doctor_id")
    op.drop_column("appointments", "accepted_at")
    op.drop_table("offers")
    op.drop_table("releases")
    op.drop_table("waitlist")
