"""What is remembered of requests is forgotten again, so that the table does not grow for ever."""

from datetime import timedelta

from sqlalchemy import func, select

from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Database
from adapters.persistence.tables import requests
from scheduling_core.access import Actor
from scheduling_core.ids import PatientId
from scheduling_core.ports.requests import RequestKey
from support.clock import ManualClock
from support.making import an_id


async def _done(storage: SqlStorage, times: int) -> None:
    for _ in range(times):
        request = RequestKey(Actor.patient(PatientId(an_id())), "hold_slot", "key", "body")
        async with storage.writing() as unit:
            assert await unit.requests.begin(request, str) is None
            await unit.requests.remember(request, "done")


async def _kept(database: Database) -> int:
    async with database.reading() as connection:
        return int((await connection.rows(select(func.count()).select_from(requests), {}))[0][0])


async def test_requests_of_the_day_are_kept(storage: SqlStorage, database: Database, clock: ManualClock) -> None:
    await _done(storage, 3)
    clock.advance(hours=23, minutes=59)
    await _done(storage, 3)
    assert await _kept(database) == 6


async def test_new_requests_take_old_ones_with_them(
    storage: SqlStorage, database: Database, clock: ManualClock
) -> None:
    await _done(storage, 9)
    clock.advance(timedelta(hours=24))
    await _done(storage, 3)
    assert await _kept(database) == 9 - 2 * 3 + 3
    await _done(storage, 3)
    assert await _kept(database) == 6


async def test_the_databases_own_day_counts_where_it_keeps_the_time(database: Database, clock: ManualClock) -> None:
    storage = SqlStorage(database, None if database.on_postgresql else clock)
    await _done(storage, 3)
    assert await _kept(database) == 3
