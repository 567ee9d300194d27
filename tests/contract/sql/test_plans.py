"""How the databases go about what is asked most: through indexes, whatever has piled up.

PostgreSQL is asked over a town with statistics, and may read any table from end to end where it thinks that cheaper. SQLite, which
keeps none, plans by its indexes alone.
"""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from sqlalchemy import Executable
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

from adapters.persistence.sql import SqlStorage, open_database
from adapters.persistence.sql_database import Connection, Database, Parameters, PoolSettings
from bench.seed import FIELDS, Size, doctor_id, fill, patient_id
from scheduling_core.access import Actor
from scheduling_core.errors import NotFound
from scheduling_core.ids import DoctorId, PatientId, PersonId
from scheduling_core.instants import Interval
from scheduling_core.ports.storage import Unit
from scheduling_core.ports.views import When
from scheduling_core.privacy import Kept
from servers.databases import drop_postgresql, fresh_postgresql, fresh_sqlite
from support.clock import ManualClock
from support.making import an_id

SIZE = Size(doctors=8_000, patients=8_000, past=4_000, days_ahead=1)
NOW = datetime.now(UTC)  # the servers' clock: the town stands around today
WEEK = Interval(start=NOW, end=NOW + timedelta(days=7))
DOCTOR, PERSON = DoctorId(doctor_id(7)), PersonId(patient_id(7))
ME, SHE = Actor.patient(PatientId(patient_id(7))), Actor.doctor(DOCTOR)
_HAVE_PILED_UP = """
INSERT INTO tasks (id, key, kind, due_at, created_at, state, attempts, revision, last_error, lane)
    SELECT gen_random_uuid(), n::text, 'send_message', now() + (n - 9900) * interval '1 hour', now(),
    CASE WHEN n < 9900 THEN 'done' ELSE 'due' END, 0, 1, '', n::text FROM generate_series(1, 10000) n;
INSERT INTO notices (id, kind, recipient_role, recipient_id, at, delivery)
    SELECT gen_random_uuid(), 'booked', 'patient', ('a0000000-0000-4000-8000-' || lpad(to_hex(n % 3000), 12, '0'))::uuid,
    now() - n * interval '1 hour', 'sent' FROM generate_series(1, 10000) n;
INSERT INTO requests (caller, operation, key, body_hash, result, at)
    SELECT 'patient:' || n, 'POST /api/appointments', n::text, '', repeat('x', 500), now() - n * interval '1 minute'
    FROM generate_series(1, 10000) n;
INSERT INTO webhook_events (event_id, ref, at)
    SELECT n::text, n::text, now() - n * interval '1 hour' FROM generate_series(1, 10000) n;
INSERT INTO sessions (id, role, actor_id, created_at, expires_at, generation, revoked_at)
    SELECT gen_random_uuid(), 'patient', gen_random_uuid(), now(), now() - n * interval '1 hour', 1,
    CASE WHEN n % 9 = 0 THEN now() END FROM generate_series(-9000, 1000) n;
UPDATE appointments SET status = 'pending', hold_expires_at = now() - interval '1 hour'
    WHERE id IN (SELECT id FROM appointments WHERE status = 'booked' LIMIT 20);
ANALYZE;
"""
LARGE = {"appointments", "events", "doctors", "hours", "schedules", "outlooks", "patients", "persons", "tasks", "notices",
         "requests", "webhook_events", "sessions"}  # fmt: skip
"""Tables that grow with the clinic."""


class _Explain(Executable, ClauseElement):
    """How a statement would be gone about."""

    inherit_cache = False
    _inline = False

    def __init__(self, statement: Any) -> None:
        self.statement = statement


@compiles(_Explain, "postgresql")
def _on_postgresql(element: _Explain, compiler: SQLCompiler, **kw: Any) -> str:
    return f"EXPLAIN {compiler.process(element.statement, **kw)}"


class _Explained:
    """Matches Connection: notes how each statement is gone about, then runs it."""

    def __init__(self, connection: Connection, explain: Callable[..., Awaitable[str]], plans: list[str]) -> None:
        self._connection, self._explain, self._plans = connection, explain, plans

    async def rows(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        self._plans.append(await self._explain(self._connection, statement, parameters))
        return await self._connection.rows(statement, parameters)

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        self._plans.append(await self._explain(self._connection, statement, parameters))
        return await self._connection.run(statement, parameters)

    async def commit(self) -> None:
        await self._connection.commit()


async def _by_postgresql(connection: Connection, statement: Executable, parameters: Parameters) -> str:
    return "\n".join(row[0] for row in await connection.rows(_Explain(statement), parameters))


def _by_sqlite(file: str) -> Callable[..., Awaitable[str]]:
    async def explain(_: Connection, statement: Any, parameters: Parameters) -> str:
        compiled = statement.compile(dialect=sqlite.dialect(), column_keys=[*parameters])
        # How it goes about it depends on no value.
        with closing(sqlite3.connect(file)) as beside:
            rows = beside.execute(f"EXPLAIN QUERY PLAN {compiled}", [None] * len(compiled.positiontup or ()))
            return "\n".join(row[-1] for row in rows)

    return explain


class _ExplainedStorage(SqlStorage):
    """Over connections that note the plans, and keep nothing."""

    def __init__(self, database: Database, explain: Callable[..., Awaitable[str]]) -> None:
        super().__init__(database, ManualClock(NOW))
        self.plans: list[str] = []
        self._explain = explain

    @asynccontextmanager
    async def explained(self) -> AsyncIterator[Unit]:
        """A unit that may read and write."""
        async with self._database.writing() as connection:

            async def begin() -> Connection:
                return _Explained(connection, self._explain, self.plans)

            yield self.unit(self._transaction(begin))


def _ends_to_ends(plan: str) -> set[str]:
    """The large tables that this plan reads from end to end."""
    read = re.findall(r"Seq Scan on (\w+)|^SCAN (\w+)$", plan, re.MULTILINE)
    return {name for names in read for name in names if name} & LARGE


async def _search(unit: Unit) -> None:
    page = await unit.directory.prospects(now=NOW, specialization=FIELDS[0], limit=25)
    await unit.directory.prospects(now=NOW, limit=25, after=(NOW, DOCTOR))
    await unit.directory.prospects(now=NOW, among=[each.doctor_id for each in page])
    await unit.directory.listed([each.doctor_id for each in page] or [DOCTOR])
    await unit.directory.commitments([DOCTOR], since=NOW, until=NOW + timedelta(days=1))


async def _slots(unit: Unit) -> None:
    await unit.schedules.version(DOCTOR)
    await unit.schedules.time_off(DOCTOR, within=WEEK)
    await unit.appointments.taken(DOCTOR, WEEK)


async def _claim(unit: Unit) -> None:
    await unit.schedules.lock(DOCTOR)
    await unit.patients.lock_person(PERSON)
    await unit.appointments.occupying(DOCTOR, WEEK)
    await unit.appointments.occupying_person(PERSON, WEEK)
    await unit.appointments.pending_of(PatientId(patient_id(7)))
    await unit.appointments.unpaid_holds_since(PatientId(patient_id(7)), NOW - timedelta(days=1))


async def _own_visits(unit: Unit) -> None:
    for actor in (ME, SHE):
        for when in When:
            found = await unit.appointments.list_details(actor, when=when, now=NOW, after=None, limit=20)
            await unit.appointments.list_details(actor, when=when, now=NOW, after=(NOW, an_id()), limit=20)
            for each in found[:1]:
                await unit.appointments.details(each.appointment.id, actor)


async def _today(unit: Unit) -> None:
    await unit.appointments.schedule(DOCTOR, Interval(start=NOW, end=NOW + timedelta(days=1)))


async def _due(unit: Unit) -> None:
    await unit.tasks.lease(limit=5, token=an_id(), lease=timedelta(seconds=30))


async def _lapsed(unit: Unit) -> None:
    await unit.appointments.lapsed(now=NOW, limit=50)
    await unit.appointments.lapsed_of(DOCTOR, now=NOW)


async def _over(unit: Unit) -> None:
    for kept in Kept:
        await unit.privacy.forget(kept, before=NOW - timedelta(days=400), limit=10)


HOT: list[Callable[[Unit], Awaitable[None]]] = [_search, _slots, _claim, _own_visits, _today, _due, _lapsed, _over]


@pytest.fixture(scope="module")
def town() -> Iterator[str]:
    """A PostgreSQL database in which much has happened."""
    url = fresh_postgresql()

    async def build() -> None:
        await fill(url, SIZE)
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(_HAVE_PILED_UP)
        finally:
            await connection.close()

    asyncio.run(build())
    yield url
    drop_postgresql(url)


@pytest.mark.parametrize("hot", HOT, ids=lambda hot: hot.__name__.strip("_"))
async def test_postgresql_reads_no_table_from_end_to_end(town: str, hot: Callable[[Unit], Awaitable[None]]) -> None:
    await _judge(town, hot)


@pytest.mark.parametrize("hot", HOT, ids=lambda hot: hot.__name__.strip("_"))
async def test_sqlite_reads_no_table_from_end_to_end(
    tmp_path_factory: pytest.TempPathFactory, hot: Callable[[Unit], Awaitable[None]]
) -> None:
    await _judge(fresh_sqlite(tmp_path_factory.mktemp("plans")), hot)


async def _judge(url: str, hot: Callable[[Unit], Awaitable[None]]) -> None:
    database = open_database(url, PoolSettings(size=2))
    on_postgresql = database.on_postgresql
    storage = _ExplainedStorage(database, _by_postgresql if on_postgresql else _by_sqlite(url.partition(":///")[2]))
    try:
        async with storage.explained() as unit:
            try:
                await hot(unit)
            except NotFound:  # an empty SQLite knows nobody: what was planned until then is judged
                assert not on_postgresql
    finally:
        await database.close()
    assert storage.plans
    assert [(read, plan) for plan in storage.plans if (read := _ends_to_ends(plan))] == []
