"""What a claim asks of PostgreSQL is written and planned for all that come after it, however few there were before."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, text
from sqlalchemy.dialects.postgresql import asyncpg

from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Connection, Database
from adapters.persistence.sql_shared import lock_all, standing_for_all
from adapters.persistence.sql_statements import Statements
from adapters.persistence.sql_unit import SqlUnit
from adapters.persistence.tables_visits import events
from contract.sql.meeting import a_request
from scheduling_core.ports.claims import Wish
from support.clinic import Clinic
from support.clock import MONDAY, ManualClock

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

_EXPLAINED = text("EXPLAIN UPDATE requests SET result = '' WHERE caller = '' AND operation = '' AND key = ''")
_PLANNED = text(
    "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE 'WITH named AS MATERIALIZED%'"
)


async def _almost_empty(database: Database) -> None:
    async with database.engine.connect() as connection:
        await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(
            text("VACUUM ANALYZE requests")
        )


async def _plan(connection: Connection) -> str:
    return "\n".join(row[0] for row in await connection.rows(_EXPLAINED, {}))


async def test_an_answer_is_remembered_through_an_index_though_requests_were_few(
    database: Database, clock: ManualClock
) -> None:
    clinic = Clinic(SqlStorage(database, clock), clock)
    (patient,) = await clinic.patients(1)
    await _almost_empty(database)
    async with database.writing() as connection:
        # Else there is nothing to show.
        assert "Seq Scan on requests" in await _plan(connection)
    async with clinic.storage.writing() as unit:
        assert isinstance(unit, SqlUnit)
        await unit.requests.begin(a_request(patient), str)
        plan = "\n".join(row[0] for row in await unit.source.rows(_EXPLAINED))
    assert "Index Scan using requests_pkey" in plan


async def test_what_is_read_for_many_claims_is_planned_once(database: Database, clock: ManualClock) -> None:
    clinic = Clinic(SqlStorage(database, clock), clock)
    doctors, patients = [await clinic.doctor() for _ in range(2)], await clinic.patients(2)
    at = MONDAY + timedelta(hours=30)
    wishes = [
        Wish(doctor_id=doctor.id, patient_id=patient.id, dependant_id=None, starts_at=at)
        for doctor, patient in zip(doctors, patients, strict=True)
    ]
    await _almost_empty(database)
    async with database.writing() as connection:
        asked = list(zip(wishes, map(a_request, patients), strict=True))
        assert all((await lock_all(connection, asked, None)).complete)
        for _ in range(3):
            assert (await standing_for_all(connection, wishes, None)).keys() == {*wishes}
        assert [tuple(row) for row in await connection.rows(_PLANNED, {})] == [(3, 0)]
        assert "Index Scan using requests_pkey" in await _plan(connection)


def test_rows_of_one_table_are_added_at_once_without_what_none_of_them_has(database_url: str) -> None:
    add = insert(events)
    rows = [
        {"verb": "hold", "before": None, "role": None},
        {"verb": "book", "before": None, "role": "patient"},
    ]
    one, other = ((add, row) for row in rows)
    written, arguments = Statements(asyncpg.dialect()).of_all([one, (text("SELECT :number"), {"number": 7}), other])
    assert " ".join(written.split()) == (
        "WITH part_0 AS (INSERT INTO events (verb, role) VALUES ($1::VARCHAR, $2::VARCHAR), ($3::VARCHAR, $4::VARCHAR)) SELECT $5"
    )
    assert arguments == ["hold", None, "book", "patient", 7]
