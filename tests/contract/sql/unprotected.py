"""A storage with its protection taken away, so that races which must find nothing can be seen to find something."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, text

from adapters.persistence.claims_in_parts import ClaimsInParts
from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_appointments import SqlAppointments
from adapters.persistence.sql_database import Database, Parameters
from adapters.persistence.sql_guards import DOCTOR_GUARD, PERSON_GUARD
from adapters.persistence.sql_people import SqlPatients
from adapters.persistence.sql_schedules import SqlSchedules
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_unit import SqlUnit
from scheduling_core.appointment import Appointment, Move, Verb
from scheduling_core.ids import DoctorId, PersonId
from scheduling_core.ports.storage import Unit
from support.clock import ManualClock


class _Piecemeal:
    """Matches Connection. Every statement is a transaction of its own: what was checked may have changed before it is written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def rows(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        async with self._database.writing() as connection:
            found = await connection.rows(statement, parameters)
            await connection.commit()
            return found

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        async with self._database.writing() as connection:
            changed = await connection.run(statement, parameters)
            await connection.commit()
            return changed

    async def commit(self) -> None:
        """There is nothing left to keep."""


class _OpenSchedules(SqlSchedules):
    async def lock(self, doctor_id: DoctorId) -> datetime:
        return await self._transaction.now()


class _OpenPatients(SqlPatients):
    async def lock_person(self, person_id: PersonId) -> None:
        pass


class Doorway:
    """Nobody goes through before as many as `rivals` have come; from then on everybody does."""

    def __init__(self, rivals: int) -> None:
        self._missing, self._open = rivals, asyncio.Event()

    async def pass_through(self) -> None:
        self._missing -= 1
        if self._missing <= 0:
            self._open.set()
        await self._open.wait()


class _AppointmentsBehindADoor(SqlAppointments):
    def __init__(self, transaction: Transaction, doorway: Doorway) -> None:
        super().__init__(transaction)
        self._doorway = doorway

    async def add(self, move: Move) -> None:
        await self._doorway.pass_through()
        await super().add(move)

    async def add_at_end(self, move: Move) -> None:
        await self.add(move)

    async def store(self, move: Move) -> Appointment:
        if move.verb is Verb.RESCHEDULE:
            await self._doorway.pass_through()
        return await super().store(move)


class UnprotectedStorage(SqlStorage):
    """Locks nothing and checks first, writes later: the first `rivals` have all found their time free before any writes."""

    def __init__(self, database: Database, clock: ManualClock, *, rivals: int) -> None:
        super().__init__(database, clock)
        self._doorway = Doorway(rivals)
        self._piecemeal, self._manual, self._on_postgresql = _Piecemeal(database), clock, database.on_postgresql

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Unit]:
        async def begin() -> _Piecemeal:
            return self._piecemeal

        transaction = Transaction(begin, self._manual, on_postgresql=self._on_postgresql)
        unit = SqlUnit(transaction)
        unit.schedules, unit.patients = _OpenSchedules(transaction), _OpenPatients(transaction)
        unit.appointments = _AppointmentsBehindADoor(transaction, self._doorway)
        unit.claims = ClaimsInParts(unit)
        yield unit


async def drop_guards(database: Database) -> None:
    """Leave the database without its guards against overlaps."""
    for guard in (DOCTOR_GUARD, PERSON_GUARD):
        statements = [f"ALTER TABLE appointments DROP CONSTRAINT {guard}"]
        if not database.on_postgresql:
            statements = [f"DROP TRIGGER {guard}_on_{event}" for event in ("insert", "update")]
        async with database.engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))
