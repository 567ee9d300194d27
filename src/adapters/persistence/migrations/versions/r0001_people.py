"""Doctors with their schedules, patients, administrators, and how all of them sign in."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKey, UniqueConstraint

from adapters.persistence.sql_types import COUNT, IDENTITY, INSTANT, MINOR_UNITS, NUMBER, TEXT

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "doctors",
        Column("id", IDENTITY, primary_key=True),
        Column("name", TEXT, nullable=False),
        Column("email", TEXT, nullable=False),
        Column("phone", TEXT, nullable=False),
        Column("specialization", TEXT, nullable=False),
        Column("fee", MINOR_UNITS, nullable=False),
        Column("currency", TEXT, nullable=False),
        Column("languages", TEXT, nullable=False),
        Column("qualifications", TEXT, nullable=False),
        Column("about", TEXT, nullable=False),
        Column("photo_url", TEXT),
        Column("status", TEXT, nullable=False),
        Column("status_reason", TEXT, nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("version", COUNT, nullable=False),
        Column("folded", TEXT, nullable=False),
    )
    op.create_index("doctors_by_registration", "doctors", ["created_at", "id"])
    op.create_index("doctors_by_status", "doctors", ["status", "specialization"])
    op.create_table(
        "schedules",
        Column("doctor_id", IDENTITY, ForeignKey("doctors.id"), primary_key=True),
        Column("version", NUMBER, nullable=False),
    )
    op.create_table(
        "hours",
        Column("doctor_id", IDENTITY, ForeignKey("doctors.id"), primary_key=True),
        Column("time_zone", TEXT, nullable=False),
        Column("slot_minutes", COUNT, nullable=False),
        Column("gap_minutes", COUNT, nullable=False),
        Column("minimum_notice_minutes", COUNT, nullable=False),
        Column("horizon_days", COUNT, nullable=False),
        Column("weekly", TEXT, nullable=False),
        Column("overrides", TEXT, nullable=False),
    )
    op.create_table(
        "time_off",
        Column("id", IDENTITY, primary_key=True),
        Column("doctor_id", IDENTITY, ForeignKey("doctors.id"), nullable=False),
        Column("starts_at", INSTANT, nullable=False),
        Column("ends_at", INSTANT, nullable=False),
        Column("note", TEXT, nullable=False),
        CheckConstraint("ends_at > starts_at", name="forwards"),
    )
    op.create_index("time_off_of_doctor", "time_off", ["doctor_id", "ends_at"])
    op.create_table(
        "ratings",
        Column("doctor_id", IDENTITY, ForeignKey("doctors.id"), primary_key=True),
        Column("stars", MINOR_UNITS, nullable=False),
        Column("given", NUMBER, nullable=False),
    )
    op.create_table(
        "patients",
        Column("id", IDENTITY, primary_key=True),
        Column("issuer", TEXT, nullable=False),
        Column("subject", TEXT, nullable=False),
        Column("name", TEXT, nullable=False),
        Column("email", TEXT, nullable=False),
        Column("time_zone", TEXT, nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("phone", TEXT),
        Column("photo_url", TEXT),
        Column("version", COUNT, nullable=False),
        UniqueConstraint("issuer", "subject"),
    )
    op.create_table(
        "persons",
        Column("id", IDENTITY, primary_key=True),
        Column("patient_id", IDENTITY, ForeignKey("patients.id"), nullable=False),
    )
    op.create_index("persons_of_patient", "persons", ["patient_id"])
    op.create_table(
        "administrators",
        Column("id", IDENTITY, primary_key=True),
        Column("name", TEXT, nullable=False),
        Column("email", TEXT, nullable=False),
        Column("time_zone", TEXT, nullable=False),
        Column("created_at", INSTANT, nullable=False),
    )
    op.create_table(
        "credentials",
        Column("email_lowered", TEXT, primary_key=True),
        Column("role", TEXT, nullable=False),
        Column("actor_id", IDENTITY, nullable=False),
        Column("email", TEXT, nullable=False),
        Column("password_hash", TEXT, nullable=False),
    )
    op.create_table(
        "sessions",
        Column("id", IDENTITY, primary_key=True),
        Column("role", TEXT, nullable=False),
        Column("actor_id", IDENTITY, nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("expires_at", INSTANT, nullable=False),
        Column("generation", COUNT, nullable=False),
        Column("rotated_at", INSTANT),
        Column("revoked_at", INSTANT),
    )
    op.create_table(
        "refresh_tokens",
        Column("token_hash", TEXT, primary_key=True),
        Column("session_id", IDENTITY, ForeignKey("sessions.id"), nullable=False),
        Column("generation", COUNT, nullable=False),
    )
    op.create_index("refresh_tokens_of_session", "refresh_tokens", ["session_id"])


def downgrade() -> None:
    op.drop_table("refresh_tokens")
    op.drop_table("sessions")
    op.drop_table("credentials")
    op.drop_table("administrators")
    op.drop_table("persons")
    op.drop_table("patients")
    op.drop_table("ratings")
    op.drop_table("time_off")
    op.drop_table("hours")
    op.drop_table("schedules")
    op.drop_table("doctors")
