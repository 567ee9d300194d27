"""The guards inside the database: what no mistake of ours, and nobody's hand-written SQL, gets past.

Two visits never overlap for one doctor ([starts_at, occupied_until)) nor for one person ([starts_at, ends_at)) while
both are in an occupying status; history and ledger are never changed. Migrations make them; readiness and the tests of
the migrations compare what stands in the database with what this file expects.
"""

from collections.abc import Mapping

from sqlalchemy import text

from adapters.persistence.sql_database import Connection
from adapters.persistence.sql_types import listed
from scheduling_core.transitions import OCCUPYING

DOCTOR_GUARD = "appointments_doctor_free"
PERSON_GUARD = "appointments_person_free"
APPEND_ONLY = ("events", "ledger", "event_links")

_LONGEST = 86_400_000_000
_STATUSES = listed(OCCUPYING)


def _sqlite_overlap(name: str, who: str, until: str, event: str) -> str:
    # Made of this file's own words alone.
    return f"""
CREATE TRIGGER {name}_on_{event} BEFORE {event.upper()} ON appointments
WHEN NEW.status IN ({_STATUSES})
BEGIN
    SELECT RAISE(ABORT, '{name}') WHERE EXISTS (
        SELECT 1 FROM appointments
        WHERE {who} = NEW.{who} AND status IN ({_STATUSES}) AND id <> NEW.id
        AND starts_at < NEW.{until} AND starts_at > NEW.starts_at - {_LONGEST} AND {until} > NEW.starts_at
    );
END""".strip()  # noqa: S608


def _sqlite_append_only(table: str, event: str) -> str:
    return f"""
CREATE TRIGGER {table}_keep_on_{event} BEFORE {event.upper()} ON {table}
BEGIN
    SELECT RAISE(ABORT, '{table}: rows are only ever added');
END""".strip()


SQLITE_GUARDS: Mapping[str, str] = {
    **{
        f"{name}_on_{event}": _sqlite_overlap(name, who, until, event)
        for name, who, until in ((DOCTOR_GUARD, "doctor_id", "occupied_until"), (PERSON_GUARD, "person_id", "ends_at"))
        for event in ("insert", "update")
    },
    **{
        f"{table}_keep_on_{event}": _sqlite_append_only(table, event)
        for table in APPEND_ONLY
        for event in ("update", "delete")
    },
}
"""Each trigger's name and its text, as SQLite keeps it."""


def _postgresql_overlap(who: str, until: str) -> str:
    statuses = ", ".join(f"'{status}'::text" for status in sorted(OCCUPYING))
    return (
        f"EXCLUDE USING gist ({who} WITH =, tstzrange(starts_at, {until}, '[)'::text) WITH &&) "
        f"WHERE ((status = ANY (ARRAY[{statuses}])))"
    )


POSTGRESQL_GUARDS: Mapping[str, str] = {
    DOCTOR_GUARD: _postgresql_overlap("doctor_id", "occupied_until"),
    PERSON_GUARD: _postgresql_overlap("person_id", "ends_at"),
    **{f"{table}_keep": "append_only() O" for table in APPEND_ONLY},
}
"""Each constraint's name and its definition; each trigger's name, its function, and whether it is on."""

_SQLITE_STANDING = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
_POSTGRESQL_STANDING = text(
    "SELECT conname AS name, pg_get_constraintdef(oid) AS sql FROM pg_constraint"
    " WHERE conrelid = 'appointments'::regclass AND contype = 'x' AND convalidated"
    " UNION ALL SELECT tgname, tgfoid::regprocedure::text || ' ' || tgenabled::text FROM pg_trigger"
    " WHERE tgrelid::regclass::text IN ('events', 'ledger', 'event_links') AND NOT tgisinternal"
)


async def missing_guards(connection: Connection, *, on_postgresql: bool, exactly: bool = True) -> list[str]:
    """The names of the guards that do not stand in the database, unless `exactly` is False exactly as expected here."""
    rows = await connection.rows(_POSTGRESQL_STANDING if on_postgresql else _SQLITE_STANDING, {})
    standing = {row.name: row.sql for row in rows}
    expected = POSTGRESQL_GUARDS if on_postgresql else SQLITE_GUARDS
    return [
        name
        for name, definition in expected.items()
        if name not in standing or (exactly and standing[name] != definition)
    ]
