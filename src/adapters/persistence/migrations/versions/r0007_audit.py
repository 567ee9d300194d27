"""The acts of people who look after the clinic enter the history, and a chain of hashes over all of it."""

from typing import Any

from alembic import op
from sqlalchemy import CheckConstraint, Column, Identity, UniqueConstraint, text

from adapters.persistence.sql_types import IDENTITY, INSTANT, NUMBER, TEXT

revision = "0007"
down_revision = "0006"

_OF_CHANGES = ("appointment_id", "doctor_id", "person_id", "after", "starts_at", "ends_at", "occupied_until")
_WHOLE = (
    "(appointment_id IS NOT NULL AND doctor_id IS NOT NULL AND person_id IS NOT NULL AND after IS NOT NULL"
    " AND starts_at IS NOT NULL AND ends_at IS NOT NULL AND occupied_until IS NOT NULL AND subject IS NULL)"
    " OR (subject IS NOT NULL AND subject_id IS NOT NULL AND appointment_id IS NULL)"
)
_COLUMNS = (
    "number, appointment_id, doctor_id, person_id, verb, before, after, role, actor_id, starts_at, ends_at,"
    " occupied_until, at"
)
_BY_SUBJECT: dict[str, Any] = {
    "postgresql_where": text("subject_id IS NOT NULL"),
    "sqlite_where": text("subject_id IS NOT NULL"),
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name in _OF_CHANGES:
            op.alter_column("events", name, nullable=True)
        op.add_column("events", Column("subject", TEXT))
        op.add_column("events", Column("subject_id", IDENTITY))
        op.execute(f"ALTER TABLE events ADD CONSTRAINT events_whole CHECK ({_WHOLE})")
    else:
        _rebuild_on_sqlite(acts=True)
    op.create_index("events_of_subject", "events", ["subject_id", "number"], **_BY_SUBJECT)
    op.create_table(
        "event_links",
        Column("position", NUMBER, primary_key=True, autoincrement=False),
        Column("number", NUMBER, nullable=False),
        Column("hash", TEXT, nullable=False),
        Column("at", INSTANT, nullable=False),
        UniqueConstraint("number"),
    )
    op.create_index("event_links_by_age", "event_links", ["at", "position"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER event_links_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON event_links"
            " FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )
    else:
        _guard_on_sqlite("event_links")


def downgrade() -> None:
    op.drop_table("event_links")
    op.drop_index("events_of_subject", "events")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE events DROP CONSTRAINT events_whole")
        # Acts have no place in the table as it was.
        op.execute("ALTER TABLE events DISABLE TRIGGER events_keep")
        op.execute("DELETE FROM events WHERE subject IS NOT NULL")
        op.execute("ALTER TABLE events ENABLE TRIGGER events_keep")
        op.drop_column("events", "subject_id")
        op.drop_column("events", "subject")
        for name in _OF_CHANGES:
            op.alter_column("events", name, nullable=False)
    else:
        _rebuild_on_sqlite(acts=False)


def _rebuild_on_sqlite(*, acts: bool) -> None:
    """SQLite cannot make a column nullable: the table is made anew, its rows copied, its guards put back."""
    extra = (Column("subject", TEXT), Column("subject_id", IDENTITY), CheckConstraint(_WHOLE, name="whole"))
    op.create_table(
        "events_new",
        Column("number", NUMBER, Identity(), primary_key=True),
        Column("appointment_id", IDENTITY, nullable=acts),
        Column("doctor_id", IDENTITY, nullable=acts),
        Column("person_id", IDENTITY, nullable=acts),
        Column("verb", TEXT, nullable=False),
        Column("before", TEXT),
        Column("after", TEXT, nullable=acts),
        Column("role", TEXT, nullable=False),
        Column("actor_id", IDENTITY),
        Column("starts_at", INSTANT, nullable=acts),
        Column("ends_at", INSTANT, nullable=acts),
        Column("occupied_until", INSTANT, nullable=acts),
        Column("at", INSTANT, nullable=False),
        *(extra if acts else ()),
    )
    kept = "" if acts else " WHERE subject IS NULL"
    op.execute(f"INSERT INTO events_new ({_COLUMNS}) SELECT {_COLUMNS} FROM events{kept}")  # noqa: S608  # our own words
    op.drop_table("events")
    op.rename_table("events_new", "events")
    op.create_index("events_of_appointment", "events", ["appointment_id", "number"])
    _guard_on_sqlite("events")


def _guard_on_sqlite(table: str) -> None:
    for event in ("update", "delete"):
        op.execute(
            f"""
CREATE TRIGGER {table}_keep_on_{event} BEFORE {event.upper()} ON {table}
BEGIN
    SELECT RAISE(ABORT, '{table}: rows are only ever added');
END""".strip()
        )
