"""Claims that meet: the first two go alone, and whoever comes meanwhile goes together."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, select

from adapters.persistence.sql_database import Connection, Database, Parameters
from adapters.persistence.tables_work import requests
from contract.sql.counting import CountingDatabase
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor
from scheduling_core.patient import Patient
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.views import AppointmentDetails
from support.clinic import Clinic
from support.clock import MONDAY
from support.making import an_id

Hook = Callable[[], Awaitable[None]]
AT = MONDAY + timedelta(hours=30)
"""When all of them want to come."""


async def nothing() -> None:
    """What happens meanwhile, usually."""


class _Interrupted:
    """Matches Connection."""

    def __init__(self, connection: Connection, database: "InterruptedDatabase") -> None:
        self._connection, self._database = connection, database
        self._shared = False

    async def rows(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        self._shared = self._shared or "doctors" in parameters
        return await self._connection.rows(statement, parameters)

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        return await self._connection.run(statement, parameters)

    async def together(self, statements: Sequence[tuple[Executable, Parameters]]) -> None:
        if self._shared:
            await self._database.before_writing()
        await self._connection.together(statements)

    async def commit(self) -> None:
        if self._shared:
            await self._database.before_commit()
        await self._connection.commit()
        if self._shared:
            self._database.shared += 1
            await self._database.after_commit()


class InterruptedDatabase(CountingDatabase):
    """Something happens at the end of transactions that claims share, of which it counts those that were committed."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.before_writing: Hook = nothing
        self.before_commit: Hook = nothing
        self.after_commit: Hook = nothing
        self.shared = 0

    def writing(self) -> AbstractAsyncContextManager[Connection]:
        return self._interrupted()

    @asynccontextmanager
    async def _interrupted(self) -> AsyncIterator[Connection]:
        async with super().writing() as connection:
            yield _Interrupted(connection, self)


def a_request(patient: Patient, *, body: str = "body") -> RequestKey:
    """A request with a key of its own."""
    return RequestKey(Actor.patient(patient.id), "hold", str(an_id()), body)


async def requests_of(database: Database) -> set[tuple[str, bool]]:
    """The keys that are remembered, and whether each is answered."""
    async with database.engine.connect() as connection:
        rows = await connection.execute(select(requests.c.key, requests.c.result.is_not(None)))
        return {(key, bool(done)) for key, done in rows}


async def all_of(*claims: Coroutine[Any, Any, Any]) -> list[Any]:
    """What became of claims that began at once."""
    return await asyncio.wait_for(asyncio.gather(*claims, return_exceptions=True), 60)


class Meeting:
    """A clinic in which claims come at once."""

    def __init__(self, clinic: Clinic, database: InterruptedDatabase) -> None:
        self.clinic, self.database = clinic, database
        self.firsts_ended = asyncio.Event()
        """Set once the two of a meeting that went alone are done."""
        self.statements = 0
        """How many the last meeting took, with its first two claims."""

    async def doctors(self, number: int) -> list[Doctor]:
        return [await self.clinic.doctor() for _ in range(number)]

    async def hold(
        self, patient: Patient, doctor: Doctor, starts_at: datetime, request: RequestKey | None = None, **more: Any
    ) -> AppointmentDetails:
        actor = Actor.patient(patient.id)
        asked = request or a_request(patient)
        return await self.clinic.hold_slot(actor, asked, doctor_id=doctor.id, starts_at=starts_at, **more)

    async def together(self, *claims: Coroutine[Any, Any, Any], starts_at: datetime) -> list[Any]:
        """What became of the claims, which are all in one round where nothing forbids it."""
        doctors, patients = await self.doctors(2), await self.clinic.patients(2)
        self.firsts_ended.clear()
        missing = 2

        async def alone(patient: Patient, doctor: Doctor) -> AppointmentDetails:
            nonlocal missing
            try:
                return await self.hold(patient, doctor, starts_at)
            finally:
                missing -= 1
                if not missing:
                    self.firsts_ended.set()

        before = self.database.statements
        firsts = (alone(patient, doctor) for patient, doctor in zip(patients, doctors, strict=True))
        ended = await all_of(*firsts, *claims)
        self.statements = self.database.statements - before
        assert [type(each) for each in ended[:2]] == [AppointmentDetails] * 2
        return ended[2:]
