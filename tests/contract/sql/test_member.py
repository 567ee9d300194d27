"""The product as a user of its own beside the owner of the tables: it can do all that it has to, and nothing to the tables."""

import asyncio
from base64 import b64decode
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote
from uuid import uuid4

import asyncpg
import pytest

import bootstrap
from adapters.persistence.sql import SqlStorage, open_storage
from adapters.persistence.sql_guards import APPEND_ONLY
from adapters.persistence.sql_member import Member, scram
from scheduling_core.access import Actor
from scheduling_core.use_cases.audit import ChainHistory
from servers.databases import drop_postgresql, empty_postgresql
from settings import WrongSetting
from settings.databases import DatabaseSettings
from support.clinic import Clinic
from support.clock import ManualClock

PASSWORD = "of the member: it's long"
ADDED_TO = {"events": "verb", "ledger": "kind", "event_links": "hash"}
REFUSED = {
    "changing a table": "ALTER TABLE appointments ADD COLUMN more text",
    "taking a guard away": "ALTER TABLE appointments DROP CONSTRAINT appointments_doctor_free",
    "switching a guard off": "ALTER TABLE events DISABLE TRIGGER events_keep",
    "passing by the guards": "SET session_replication_role = replica",
    "removing a table": "DROP TABLE ledger",
    "emptying a table": "TRUNCATE patients",
    "a table of its own": "CREATE TABLE own (id integer)",
    "another version": "UPDATE alembic_version SET version_num = '9999'",
    "another user": "CREATE ROLE somebody LOGIN",
    **{f"changing {table}": f"UPDATE {table} SET {column} = {column}" for table, column in ADDED_TO.items()},
    **{f"removing from {table}": f"DELETE FROM {table}" for table in ADDED_TO},
}


@dataclass(frozen=True)
class Migrated:
    """A database, migrated by its owner for the member. `url` is the server's own superuser's."""

    url: str
    databases: DatabaseSettings
    owner: str
    member: str


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Migrated]:
    """One for all of these tests. As at RDS, the owner is no superuser, and may make other users."""
    url, (owner, member) = empty_postgresql(), (f"{each}-{uuid4().hex[:8]}" for each in ("owner", "member"))
    where = url.partition("@")[2]
    databases = DatabaseSettings(
        url=f"postgresql://{member}:{quote(PASSWORD)}@{where}",
        owner_url=f"postgresql://{owner}@{where}",
        connections=10,
        var=tmp_path_factory.mktemp("var"),
    )
    name = url.rpartition("/")[2]
    asyncio.run(_as(url, f'CREATE ROLE "{owner}" LOGIN CREATEROLE; ALTER DATABASE "{name}" OWNER TO "{owner}"'))
    try:
        assert asyncio.run(bootstrap.migrate(databases))
        yield Migrated(url, databases, owner, member)
    finally:
        drop_postgresql(url, users=(member, owner))


@pytest.fixture
def databases(migrated: Migrated) -> DatabaseSettings:
    return migrated.databases


async def _as(url: str | None, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture
async def storage(databases: DatabaseSettings) -> AsyncIterator[SqlStorage]:
    opened = open_storage(databases.url, clock=ManualClock())
    yield opened
    await opened.close()


async def test_a_visit_goes_its_whole_way(storage: SqlStorage) -> None:
    clock = ManualClock()
    clinic = Clinic(storage, clock)
    patient, doctor = await clinic.patient(), await clinic.doctor()
    booked = await clinic.booked(patient, doctor, minutes=3 * 24 * 60)
    await clinic.cancel(Actor.patient(patient.id), None, appointment_id=booked.id)
    await clinic.settle()
    await ChainHistory(storage)()
    assert (await clinic.payment(booked.id)).refunded
    assert await storage.ready()


async def test_the_member_changes_no_table_no_guard_and_nothing_that_is_past(databases: DatabaseSettings) -> None:
    assert set(ADDED_TO) == set(APPEND_ONLY)
    connection = await asyncpg.connect(databases.url)
    allowed = []
    try:
        for what, statement in REFUSED.items():
            try:
                await connection.execute(statement)
            except asyncpg.InsufficientPrivilegeError:
                continue
            allowed.append(what)
    finally:
        await connection.close()
    assert allowed == []


async def test_what_a_later_migration_makes_is_the_members_too(databases: DatabaseSettings) -> None:
    await _as(databases.owner_url, "CREATE TABLE later (id bigserial, word text)")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _as(databases.url, "INSERT INTO later (word) VALUES ('one')")
    assert await bootstrap.migrate(databases)
    await _as(
        databases.url, "INSERT INTO later (word) VALUES ('one'); UPDATE later SET word = 'two'; DELETE FROM later"
    )


async def test_the_password_is_kept_as_postgresql_itself_would_and_is_set_anew_each_time(migrated: Migrated) -> None:
    owner, name = await asyncpg.connect(migrated.url), migrated.member
    kept = "SELECT rolpassword FROM pg_authid WHERE rolname = $1"
    try:
        # The server's own reckoning, for a password that it is told.
        told = await owner.fetchval("SELECT format('ALTER ROLE %I PASSWORD %L', $1::text, $2::text)", name, PASSWORD)
        await owner.execute(told)
        theirs = await owner.fetchval(kept, name)
        salt = b64decode(theirs.partition(":")[2].partition("$")[0])
        assert scram(PASSWORD, salt) == theirs
        assert await bootstrap.migrate(migrated.databases)
        ours = await owner.fetchval(kept, name)
        assert ours != theirs
        assert scram(PASSWORD, b64decode(ours.partition(":")[2].partition("$")[0])) == ours
    finally:
        await owner.close()


async def test_another_member_takes_the_place_of_the_first_which_can_then_be_removed(migrated: Migrated) -> None:
    other, its_url = f"{migrated.member}-2", migrated.databases.url.replace(migrated.member, f"{migrated.member}-2")
    try:
        assert await bootstrap.migrate(replace(migrated.databases, url=its_url))
        await _as(migrated.databases.url, "SELECT FROM patients")
        # What the page about the database says.
        for statement in (f'GRANT "{other}" TO "{migrated.owner}"', f'DROP OWNED BY "{other}"', f'DROP ROLE "{other}"'):
            await _as(migrated.databases.owner_url, statement)
        with pytest.raises(asyncpg.PostgresError):
            await _as(its_url, "SELECT FROM patients")
    finally:
        await _as(migrated.url, f'DROP ROLE IF EXISTS "{other}"')


def test_an_address_that_names_nobody_else_is_refused(databases: DatabaseSettings) -> None:
    owner_url = str(databases.owner_url)
    for url, why in {
        owner_url: "must name another user",
        "sqlite:///file": "the same PostgreSQL database",
        f"{databases.url}-other": "the same PostgreSQL database",
    }.items():
        with pytest.raises(WrongSetting, match=why):
            bootstrap.databases_of({"OPENHOURS_DATABASE_URL": url, "OPENHOURS_DATABASE_OWNER_URL": owner_url})
    with pytest.raises(ValueError, match="must be ASCII"):
        Member("somebody", "ünsafe")
