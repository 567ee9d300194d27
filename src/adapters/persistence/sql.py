"""Storage in SQL: one file (SQLite) for a small clinic or a laptop, PostgreSQL for everything else."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.kit.system import SystemClock
from adapters.persistence.sql_engines import SQLITE_WAIT_SECONDS, Engines, PoolSettings, open_engines
from adapters.persistence.sql_errors import translated
from adapters.persistence.sql_in_flight import InFlight
from adapters.persistence.sql_migrations import up_to_date, upgrade
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_unit import SqlUnit
from scheduling_core.errors import StorageBusy
from scheduling_core.ports.storage import Unit
from scheduling_core.ports.system import Clock


class SqlStorage:
    """Matches ports.storage.Storage. Made by `open_storage`; `close` it before its event loop ends.

    A transaction takes its connection, and on SQLite becomes the one writer, at its first statement.
    """

    def __init__(self, engines: Engines, clock: Clock | None, after_tasks: Callable[[], None] | None) -> None:
        self._engines = engines
        self._clock = clock
        self._after_tasks = after_tasks
        self._writer = None if engines.on_postgresql else asyncio.Lock()
        self._in_flight = None if engines.on_postgresql else InFlight()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        """One moment of what is committed. Raise StorageBusy when the database cannot answer."""
        async with AsyncExitStack() as stack:

            async def connect() -> AsyncConnection:
                return await stack.enter_async_context(self._engines.read.connect())

            yield self.unit(Transaction(connect, self._clock))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Unit]:
        """Commits when its block ends. Raise Outdated when somebody was first, StorageBusy when it may not have happened."""
        async with AsyncExitStack() as stack:

            async def connect() -> AsyncConnection:
                if self._writer is not None:
                    await self._become_writer(self._writer)
                    stack.callback(self._writer.release)
                return await stack.enter_async_context(self._engines.write.connect())

            transaction = Transaction(connect, self._clock, self._in_flight)
            stack.callback(transaction.end)
            yield self.unit(transaction)
            await transaction.commit()
        if transaction.work_added and self._after_tasks is not None:
            self._after_tasks()

    def unit(self, transaction: Transaction) -> Unit:
        """The repositories over one transaction."""
        return SqlUnit(transaction)

    async def ready(self) -> bool:
        """Whether it answers, is migrated, and its guards stand."""
        try:
            with translated():
                async with self._engines.read.connect() as connection:
                    return await connection.run_sync(up_to_date)
        except (DBAPIError, StorageBusy):
            return False

    async def migrate(self) -> None:
        """Bring the database to the newest version. Two at once do not harm each other."""
        await upgrade(self._engines.migrate)

    async def close(self) -> None:
        """Give every connection back. Nothing may be asked of this storage afterwards."""
        await self._engines.dispose()

    async def _become_writer(self, writer: asyncio.Lock) -> None:
        try:
            async with asyncio.timeout(SQLITE_WAIT_SECONDS):
                await writer.acquire()
        except TimeoutError:
            raise StorageBusy from None


def open_storage(
    url: str,
    *,
    clock: Clock | None = None,
    after_tasks: Callable[[], None] | None = None,
    pool: PoolSettings | None = None,
) -> SqlStorage:
    """The storage at `sqlite:///file` or `postgresql://user:password@host/database`; nothing is connected to yet.

    Without a clock, time is the database server's, so that all its processes agree; SQLite's is this machine's.
    `after_tasks` is called after each commit that left tasks to do. Raise ValueError for an address that is neither.
    """
    engines = open_engines(url, pool or PoolSettings())
    if clock is None and not engines.on_postgresql:
        clock = SystemClock()
    return SqlStorage(engines, clock, after_tasks)
