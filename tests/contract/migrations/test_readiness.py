"""A storage is ready only while everything stands that it relies on."""

import subprocess
import sys
from collections.abc import Sequence

import pytest
from sqlalchemy import text

from adapters.persistence.sql import SqlStorage, open_storage
from adapters.persistence.sql_database import Database
from adapters.persistence.sql_guards import POSTGRESQL_GUARDS, SQLITE_GUARDS
from adapters.persistence.sql_migrations import up_to_date, versions
from contract.migrations.stairs import REVISIONS, climb

_WEAKER = {
    "sqlite": """
CREATE TRIGGER appointments_doctor_free_on_insert BEFORE INSERT ON appointments
WHEN NEW.status IN ('booked') BEGIN SELECT 1; END""",
    "postgresql": """
ALTER TABLE appointments ADD CONSTRAINT appointments_doctor_free EXCLUDE USING gist
(doctor_id WITH =, tstzrange(starts_at, occupied_until, '[)') WITH &&) WHERE (status IN ('booked'))""",
}


async def _run(database: Database, statements: Sequence[str]) -> None:
    async with database.engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


def _drop(database: Database, guard: str) -> str:
    if not database.on_postgresql:
        return f"DROP TRIGGER {guard}"
    if guard.endswith("_keep"):
        return f"DROP TRIGGER {guard} ON {guard.removesuffix('_keep')}"
    return f"ALTER TABLE appointments DROP CONSTRAINT {guard}"


async def test_is_not_ready_before_it_is_migrated(storage: SqlStorage) -> None:
    assert not await storage.ready()


async def test_is_not_ready_on_the_way(storage: SqlStorage, database: Database) -> None:
    await climb(database, REVISIONS[-2])
    assert not await storage.ready()


async def test_is_ready_once_migrated(migrated: SqlStorage) -> None:
    assert await migrated.ready()


async def test_is_not_ready_without_any_one_of_its_guards(migrated: SqlStorage, database: Database) -> None:
    for guard in POSTGRESQL_GUARDS if database.on_postgresql else SQLITE_GUARDS:
        async with database.writing() as connection:
            assert await up_to_date(connection, on_postgresql=database.on_postgresql)
            await connection.run(text(_drop(database, guard)), {})
            assert not await up_to_date(connection, on_postgresql=database.on_postgresql), guard
    # None of that was kept; this is.
    assert await migrated.ready()
    await _run(database, [_drop(database, guard)])
    assert not await migrated.ready()


async def test_is_not_ready_while_a_guard_overlooks_a_status(migrated: SqlStorage, database: Database) -> None:
    guard = next(iter(POSTGRESQL_GUARDS if database.on_postgresql else SQLITE_GUARDS))
    await _run(database, [_drop(database, guard), _WEAKER[database.engine.dialect.name]])
    assert not await migrated.ready()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_is_not_ready_while_a_guard_is_switched_off(migrated: SqlStorage, database: Database) -> None:
    await _run(database, ["ALTER TABLE ledger DISABLE TRIGGER ledger_keep"])
    assert not await migrated.ready()


async def test_stays_ready_beside_a_newer_version_that_keeps_the_guards(
    migrated: SqlStorage, database: Database
) -> None:
    await _run(database, ["UPDATE alembic_version SET version_num = '9999'"])
    assert await migrated.ready()
    await _run(database, [_drop(database, next(iter(POSTGRESQL_GUARDS if database.on_postgresql else SQLITE_GUARDS)))])
    assert not await migrated.ready()


async def test_is_not_ready_when_nobody_answers() -> None:
    storage = open_storage("postgresql://openhours@127.0.0.1:1/nobody")
    assert not await storage.ready()
    await storage.close()


def test_who_serves_knows_the_versions_that_alembic_knows_without_it() -> None:
    assert versions() == (REVISIONS[-1], frozenset(REVISIONS))
    loaded = "import sys, bootstrap; assert not {'alembic', 'mako'} & {*sys.modules}"
    subprocess.run([sys.executable, "-c", loaded], check=True)
