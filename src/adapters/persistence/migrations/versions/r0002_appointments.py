"""Appointments, their append-only history, and the guards that no overlap gets past."""

from typing import Any

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKey, Identity, UniqueConstraint, text

from adapters.persistence.sql_types import COUNT, IDENTITY, INSTANT, MINOR_UNITS, NUMBER, TEXT

revision = "0002"
down_revision = "0001"

_KNOWN = "'arrived', 'booked', 'cancelled', 'entered-in-error', 'fulfilled', 'noshow', 'pending'"
_OCCUPYING = "'arrived', 'booked', 'fulfilled', 'noshow', 'pending'"

# A name, whose time it is, and until when it is theirs.
_GUARDS = (
    ("appointments_doctor_free", "doctor_id", "occupied_until"),
    ("appointments_person_free", "person_id", "ends_at"),
)


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


def upgrade() -> None:
    op.create_table(
        "appointments",
        Column("id", IDENTITY, primary_key=True),
        Column("doctor_id", IDENTITY, ForeignKey("doctors.id"), nullable=False),
        Column("person_id", IDENTITY, ForeignKey("persons.id"), nullable=False),
        Column("booked_by", IDENTITY, ForeignKey("patients.id"), nullable=False),
        Column("starts_at", INSTANT, nullable=False),
        Column("ends_at", INSTANT, nullable=False),
        Column("occupied_until", INSTANT, nullable=False),
        Column("status", TEXT, nullable=False),
        Column("hold_kind", TEXT, nullable=False),
        Column("hold_expires_at", INSTANT),
        Column("fee", MINOR_UNITS, nullable=False),
        Column("tax_percent", TEXT, nullable=False),
        Column("tax", MINOR_UNITS, nullable=False),
        Column("total", MINOR_UNITS, nullable=False),
        Column("currency", TEXT, nullable=False),
        Column("keep", MINOR_UNITS, nullable=False),
        Column("policy", TEXT, nullable=False),
        Column("doctor_zone", TEXT, nullable=False),
        Column("patient_zone", TEXT, nullable=False),
        Column("reason", TEXT, nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("paid_by", IDENTITY),
        Column("meeting_status", TEXT, nullable=False),
        Column("join_url", TEXT),
        Column("receipt_number", TEXT),
        Column("booked_at", INSTANT),
        Column("cancelled_verb", TEXT),
        Column("cancelled_by", TEXT),
        Column("cancelled_at", INSTANT),
        Column("cancelled_reason", TEXT),
        Column("sequence", COUNT, nullable=False),
        Column("version", COUNT, nullable=False),
        UniqueConstraint("receipt_number"),
        CheckConstraint("status <> 'pending' OR hold_expires_at IS NOT NULL", name="holds_expire"),
        CheckConstraint(f"status IN ({_KNOWN})", name="status_known"),
        CheckConstraint("occupied_until <= starts_at + interval '24 hours'", name="at_most_a_day").ddl_if("postgresql"),
        CheckConstraint("occupied_until <= starts_at + 86400000000", name="at_most_a_day").ddl_if("sqlite"),
        CheckConstraint("ends_at > starts_at AND occupied_until >= ends_at", name="forwards"),
    )
    op.create_index("appointments_held_by", "appointments", ["booked_by", "created_at"])
    op.create_index(
        "appointments_pending", "appointments", ["doctor_id", "hold_expires_at"], **_where("status = 'pending'")
    )
    op.create_index(
        "appointments_occupying_person",
        "appointments",
        ["person_id", "starts_at"],
        **_where(f"status IN ({_OCCUPYING})"),
    )
    op.create_index("appointments_of_doctor", "appointments", ["doctor_id", "starts_at", "id"])
    op.create_index("appointments_of_patient", "appointments", ["booked_by", "starts_at", "id"])
    op.create_table(
        "events",
        Column("number", NUMBER, Identity(), primary_key=True),
        Column("appointment_id", IDENTITY, nullable=False),
        Column("doctor_id", IDENTITY, nullable=False),
        Column("person_id", IDENTITY, nullable=False),
        Column("verb", TEXT, nullable=False),
        Column("before", TEXT),
        Column("after", TEXT, nullable=False),
        Column("role", TEXT, nullable=False),
        Column("actor_id", IDENTITY),
        Column("starts_at", INSTANT, nullable=False),
        Column("ends_at", INSTANT, nullable=False),
        Column("occupied_until", INSTANT, nullable=False),
        Column("at", INSTANT, nullable=False),
    )
    op.create_index("events_of_appointment", "events", ["appointment_id", "number"])
    op.create_table(
        "receipt_counters",
        Column("year", COUNT, primary_key=True, autoincrement=False),
        Column("latest", COUNT, nullable=False),
    )
    op.create_table(
        "feedback",
        Column("appointment_id", IDENTITY, ForeignKey("appointments.id"), primary_key=True),
        Column("doctor_id", IDENTITY, ForeignKey("doctors.id"), nullable=False),
        Column("patient_id", IDENTITY, ForeignKey("patients.id"), nullable=False),
        Column("stars", COUNT, nullable=False),
        Column("title", TEXT, nullable=False),
        Column("review", TEXT, nullable=False),
        Column("given_at", INSTANT, nullable=False),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars_known"),
    )
    op.create_index("feedback_of_doctor", "feedback", ["doctor_id", "given_at", "appointment_id"])
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def downgrade() -> None:
    op.drop_table("feedback")
    op.drop_table("receipt_counters")
    op.drop_table("events")
    op.drop_table("appointments")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION append_only()")


def _guard_postgresql() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for name, who, until in _GUARDS:
        op.execute(
            f"ALTER TABLE appointments ADD CONSTRAINT {name} EXCLUDE USING gist"
            f" ({who} WITH =, tstzrange(starts_at, {until}, '[)') WITH &&) WHERE (status IN ({_OCCUPYING}))"
        )
    op.execute(
        "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION '%: rows are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER events_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON events"
        " FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
    )


def _guard_sqlite() -> None:
    for event in ("insert", "update"):
        for name, who, until in _GUARDS:
            op.execute(_overlap(name, who, until, event))
    for event in ("update", "delete"):
        op.execute(_append_only("events", event))


def _overlap(name: str, who: str, until: str, event: str) -> str:
    return f"""
CREATE TRIGGER {name}_on_{event} BEFORE {event.upper()} ON appointments
WHEN NEW.status IN ({_OCCUPYING})
BEGIN
    SELECT RAISE(ABORT, '{name}') WHERE EXISTS (
        SELECT 1 FROM appointments
        WHERE {who} = NEW.{who} AND status IN ({_OCCUPYING}) AND id <> NEW.id
        AND starts_at < NEW.{until} AND starts_at > NEW.starts_at - 86400000000 AND {until} > NEW.starts_at
    );
END""".strip()  # noqa: S608


def _append_only(table: str, event: str) -> str:
    return f"""
CREATE TRIGGER {table}_keep_on_{event} BEFORE {event.upper()} ON {table}
BEGIN
    SELECT RAISE(ABORT, '{table}: rows are only ever added');
END""".strip()
