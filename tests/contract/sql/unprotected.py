"""A storage with its protection taken away, so that races which must find nothing can be seen to find something."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Executable, text
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_engines import Engines
from adapters.persistence.sql_errors import translated
from adapters.persistence.sql_guards import DOCTOR_GUARD, PERSON_GUARD
from adapters.persistence.sql_people import SqlPatients
from adapters.persistence.sql_schedules import SqlSchedules
from adapters.persistence.sql_transaction import Parameters, Transaction
from adapters.persistence.sql_unit import SqlUnit
from scheduling_core.ids import DoctorId, PersonId
from scheduling_core.ports.storage import Unit
from support.clock import ManualClock


class _Piecemeal(Transaction):
    """Every statement is a transaction of its own: what was checked may have changed before it is written."""

    def __init__(self, engine: AsyncEngine, clock: ManualClock) -> None:
        async def never() -> Any:
            raise AssertionError("statements open their own connections")

        super().__init__(never, clock)
        self._engine = engine

    async def _execute(self, statement: Executable, parameters: Parameters | None) -> CursorResult[Any]:
        with translated():
            async with self._engine.begin() as connection:
                return await connection.execute(statement, parameters)


class _OpenSchedules(SqlSchedules):
    async def lock(self, doctor_id: DoctorId) -> datetime:
        return await self._transaction.now()


class _OpenPatients(SqlPatients):
    async def lock_person(self, person_id: PersonId) -> None:
        pass


class UnprotectedStorage(SqlStorage):
    """Locks nothing and checks first, writes later."""

    def __init__(self, engines: Engines, clock: ManualClock) -> None:
        super().__init__(engines, clock, None)
        self._engine, self._manual = engines.write, clock

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Unit]:
        transaction = _Piecemeal(self._engine, self._manual)
        unit = SqlUnit(transaction)
        unit.schedules, unit.patients = _OpenSchedules(transaction), _OpenPatients(transaction)
        yield unit


async def drop_guards(engines: Engines) -> None:
    """Leave the database without its guards against overlaps."""
    for guard in (DOCTOR_GUARD, PERSON_GUARD):
        statements = [f"ALTER TABLE appointments DROP CONSTRAINT {guard}"]
        if not engines.on_postgresql:
            statements = [f"DROP TRIGGER {guard}_on_{event}" for event in ("insert", "update")]
        async with engines.write.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))
