"""What a claim is decided on is of one moment, whatever becomes of it while it is being read."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import Executable

from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Connection, Database, Parameters
from contract.sql.counting import CountingDatabase
from contract.storage.making import NINE, stored_doctor, stored_hold, stored_move, stored_patient
from scheduling_core.appointment import Status, Verb
from scheduling_core.ports.claims import Standing, Wish
from support.clock import ManualClock


class _Interrupted:
    """Matches Connection: something happens elsewhere after each reading."""

    def __init__(self, connection: Connection, meanwhile: Callable[[], Awaitable[None]]) -> None:
        self._connection, self._meanwhile = connection, meanwhile
        self.run, self.together, self.commit = connection.run, connection.together, connection.commit

    async def rows(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        found = await self._connection.rows(statement, parameters)
        await self._meanwhile()
        return found


class _InterruptedDatabase(CountingDatabase):
    """Matches Database."""

    def __init__(self, database: Database, meanwhile: Callable[[], Awaitable[None]]) -> None:
        super().__init__(database)
        self._underneath, self._meanwhile = database, meanwhile

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Connection]:
        async with self._underneath.writing() as connection:
            yield _Interrupted(connection, self._meanwhile)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("readings", [1, 2, 3])
async def test_a_hold_with_another_doctor_that_ends_meanwhile_stands_or_does_not(
    database: Database, clock: ManualClock, readings: int
) -> None:
    storage, done = SqlStorage(database, clock), 0
    doctor, other, patient = await stored_doctor(storage), await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, other, patient)

    async def ends() -> None:
        nonlocal done
        done += 1
        if done == readings:
            await stored_move(storage, held, Verb.EXPIRE)

    wish = Wish(doctor_id=doctor.id, patient_id=patient.id, dependant_id=None, starts_at=NINE)
    async with SqlStorage(_InterruptedDatabase(database, ends), clock).writing() as unit:
        standing = await unit.claims.open(wish, None, str)
    assert isinstance(standing, Standing)
    assert list(standing.of_person) == list(standing.pending)
    assert {each.status for each in standing.of_person} <= {Status.PENDING}
