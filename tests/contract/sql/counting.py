"""A database that counts what is asked of it, beginnings and ends of transactions included: each is a round trip, and the
processor time of an operation follows their number closer than any other."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.persistence.sql_database import Connection, Database, Parameters
from adapters.persistence.sql_in_flight import InFlight


class _Counted:
    """Matches Connection."""

    def __init__(self, connection: Connection, counts: "CountingDatabase") -> None:
        self._connection, self._counts = connection, counts
        self.committed = False

    async def rows(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        self._counts.statements += 1
        return await self._connection.rows(statement, parameters)

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        self._counts.statements += 1
        return await self._connection.run(statement, parameters)

    async def together(self, statements: Sequence[tuple[Executable, Parameters]]) -> None:
        self._counts.statements += 1 if self._counts.on_postgresql else len(statements)
        await self._connection.together(statements)

    async def commit(self) -> None:
        self._counts.statements += 1
        self.committed = True
        await self._connection.commit()


class CountingDatabase:
    """Matches Database, over another one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.statements = 0

    @property
    def on_postgresql(self) -> bool:
        return self._database.on_postgresql

    @property
    def engine(self) -> AsyncEngine:
        return self._database.engine

    @property
    def in_flight(self) -> InFlight | None:
        return self._database.in_flight

    def reading(self) -> AbstractAsyncContextManager[Connection]:
        return self._counted(self._database.reading())

    def writing(self) -> AbstractAsyncContextManager[Connection]:
        return self._counted(self._database.writing())

    async def ask(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        self.statements += 1 if self.on_postgresql else 3
        return await self._database.ask(statement, parameters)

    async def close(self) -> None:
        """Whoever opened the other one closes it."""

    @asynccontextmanager
    async def _counted(self, opened: AbstractAsyncContextManager[Connection]) -> AsyncIterator[Connection]:
        async with opened as connection:
            self.statements += 1
            counted = _Counted(connection, self)
            try:
                yield counted
            finally:
                self.statements += not counted.committed
