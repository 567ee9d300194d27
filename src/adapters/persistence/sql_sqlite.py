"""SQLite through aiosqlite: any number of readers, and one writer at a time."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Executable, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from adapters.persistence.sql_database import Parameters, PoolSettings
from adapters.persistence.sql_in_flight import InFlight

WAIT_SECONDS = 10.0
"""How long a writer waits for those before it, in this process and then in others."""


class CoreConnection:
    """Matches Connection, by SQLAlchemy alone."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def rows(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        return (await self._connection.execute(statement, parameters)).all()

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        return (await self._connection.execute(statement, parameters)).rowcount

    async def together(self, statements: Sequence[tuple[Executable, Parameters]]) -> None:
        for statement, parameters in statements:
            await self._connection.execute(statement, parameters)

    async def commit(self) -> None:
        await self._connection.commit()


class SqliteDatabase:
    """Matches Database. `engine` is the writer's."""

    on_postgresql = False

    def __init__(self, url: URL, pool: PoolSettings) -> None:
        if not url.database or url.database == ":memory:":
            raise ValueError("SQLite needs a file: several connections share it")
        file = Path(url.database)
        file.parent.mkdir(parents=True, exist_ok=True)
        # SQLite gives the files beside it the same mode.
        file.touch(mode=0o600)
        url = url.set(drivername="sqlite+aiosqlite")
        waiting = {"timeout": WAIT_SECONDS}
        self._readers = create_async_engine(
            url, connect_args=waiting, pool_size=pool.size, max_overflow=0, pool_timeout=pool.wait_seconds
        )
        self._writer = create_async_engine(url, connect_args=waiting, pool_size=1, max_overflow=0)
        for engine, begin in ((self._readers, "BEGIN"), (self._writer, "BEGIN IMMEDIATE")):
            event.listen(engine.sync_engine, "connect", _prepare)
            event.listen(engine.sync_engine, "begin", _beginner(begin))
        self._turn = asyncio.Lock()
        self._in_flight = InFlight()

    @property
    def engine(self) -> AsyncEngine:
        return self._writer

    @property
    def in_flight(self) -> InFlight:
        return self._in_flight

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[CoreConnection]:
        async with self._readers.connect() as connection:
            yield CoreConnection(connection)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[CoreConnection]:
        async with asyncio.timeout(WAIT_SECONDS):
            await self._turn.acquire()
        try:
            async with self._writer.connect() as connection:
                yield CoreConnection(connection)
        finally:
            self._turn.release()

    async def ask(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        async with self.reading() as connection:
            return await connection.rows(statement, parameters)

    async def close(self) -> None:
        await self._readers.dispose()
        await self._writer.dispose()


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver would begin transactions by itself, and never with IMMEDIATE.
    connection.isolation_level = None
    cursor = connection.cursor()
    # Readers read on while somebody writes.
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # Acknowledged means on the disk, also after the power went.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _beginner(begin: str) -> Callable[[Connection], None]:
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return start
