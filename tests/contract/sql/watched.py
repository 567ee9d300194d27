"""A database over another one that sees all that is asked of it, exactly as it is asked."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.persistence.sql_database import Connection, Database, Parameters
from adapters.persistence.sql_in_flight import InFlight

Asked = Sequence[tuple[Executable, Parameters]]
"""What is asked together."""


class WatchedDatabase:
    """Matches Database. Whoever watches says in a class below this one what they do about what they see."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def asking(self, asked: Asked, *, alone: bool) -> None:
        """Before it is asked: in a transaction, or `alone`."""

    def beginning(self) -> None:
        """A transaction begins."""

    def ending(self) -> None:
        """It ends, one way or the other."""

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
        return self._watched(self._database.reading())

    def writing(self) -> AbstractAsyncContextManager[Connection]:
        return self._watched(self._database.writing())

    async def ask(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        await self.asking([(statement, parameters)], alone=True)
        return await self._database.ask(statement, parameters)

    async def close(self) -> None:
        """Whoever opened the other one closes it."""

    @asynccontextmanager
    async def _watched(self, opened: AbstractAsyncContextManager[Connection]) -> AsyncIterator[Connection]:
        async with opened as connection:
            self.beginning()
            watched = _Watched(connection, self)
            try:
                yield watched
            finally:
                if not watched.committed:
                    self.ending()


class _Watched:
    """Matches Connection."""

    def __init__(self, connection: Connection, database: WatchedDatabase) -> None:
        self._connection, self._database = connection, database
        self.committed = False

    async def rows(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        await self._database.asking([(statement, parameters)], alone=False)
        return await self._connection.rows(statement, parameters)

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        await self._database.asking([(statement, parameters)], alone=False)
        return await self._connection.run(statement, parameters)

    async def together(self, statements: Asked) -> None:
        await self._database.asking(statements, alone=False)
        await self._connection.together(statements)

    async def commit(self) -> None:
        self._database.ending()
        self.committed = True
        await self._connection.commit()
