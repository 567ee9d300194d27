"""Storage in SQL: one file (SQLite) for a small clinic or a laptop, PostgreSQL for everything else."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from adapters.kit.system import SystemClock
from adapters.kit.transactions import transaction_open
from adapters.persistence.glances import glance, listed_version
from adapters.persistence.sql_database import Connection, Database, PoolSettings
from adapters.persistence.sql_errors import DRIVER_ERRORS, translated
from adapters.persistence.sql_foremost import foremost
from adapters.persistence.sql_glances import Glances
from adapters.persistence.sql_member import Member
from adapters.persistence.sql_migrations import up_to_date, upgrade
from adapters.persistence.sql_postgresql import PostgresqlDatabase
from adapters.persistence.sql_rolls import Rolls
from adapters.persistence.sql_rounds import Rounds
from adapters.persistence.sql_sqlite import SqliteDatabase
from adapters.persistence.sql_transaction import Open, Transaction
from adapters.persistence.sql_unit import SqlUnit
from scheduling_core.errors import StorageBusy
from scheduling_core.ids import DoctorId
from scheduling_core.instants import Interval
from scheduling_core.ports.schedules import Glance
from scheduling_core.ports.storage import Unit
from scheduling_core.ports.system import Clock


class SqlStorage:
    """Matches ports.storage.Storage. Made by `open_storage`; `close` it before its event loop ends.

    A transaction takes its connection, and on SQLite becomes the one writer, at its first statement.
    """

    def __init__(
        self, database: Database, clock: Clock | None = None, after_tasks: Callable[[], None] | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._after_tasks = after_tasks
        self._glances = Glances(database) if database.on_postgresql else None
        self._rounds = Rounds(database, clock) if database.on_postgresql else None
        self._rolls = Rolls()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        """One moment of what is committed. Raise StorageBusy when the database cannot answer."""
        async with AsyncExitStack() as stack:

            async def begin() -> Connection:
                return await stack.enter_async_context(self._database.reading())

            with transaction_open():
                yield self.unit(self._transaction(begin, only_reads=True))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Unit]:
        """Commits when its block ends. Raise Outdated when somebody was first, StorageBusy when it may not have happened."""
        async with AsyncExitStack() as stack:

            async def begin() -> Connection:
                return await stack.enter_async_context(self._database.writing())

            transaction = self._transaction(begin)
            stack.callback(transaction.end)
            with transaction_open():
                yield self.unit(transaction)
            await transaction.commit()
        if transaction.work_added and self._after_tasks is not None:
            self._after_tasks()

    async def glance(self, doctor_id: DoctorId, within: Interval) -> Glance:
        """As `Storage.glance`. Raise StorageBusy when the database cannot answer."""
        if self._glances is not None:
            return await self._glances.whole(doctor_id, within)
        async with self.reading() as unit:
            return await glance(unit, doctor_id, within)

    async def listed_version(self, doctor_id: DoctorId) -> int:
        """As `Storage.listed_version`. Raise StorageBusy when the database cannot answer."""
        if self._glances is not None:
            return await self._glances.version(doctor_id)
        async with self.reading() as unit:
            return await listed_version(unit, doctor_id)

    async def foremost(self, specialization: str | None, *, limit: int) -> str:
        """As `Storage.foremost`. Raise StorageBusy when the database cannot answer."""
        return await foremost(self._database, specialization, limit=limit)

    def _transaction(self, begin: Open, *, only_reads: bool = False) -> Transaction:
        database = self._database
        return Transaction(
            begin,
            self._clock,
            on_postgresql=database.on_postgresql,
            in_flight=database.in_flight,
            only_reads=only_reads,
            rounds=None if only_reads else self._rounds,
        )

    def unit(self, transaction: Transaction) -> Unit:
        """The repositories over one transaction."""
        return SqlUnit(transaction, self._rolls)

    async def ready(self) -> bool:
        """Whether it answers, is migrated, and its guards stand."""
        try:
            with translated():
                async with self._database.reading() as connection:
                    return await up_to_date(connection, on_postgresql=self._database.on_postgresql)
        except (DBAPIError, *DRIVER_ERRORS, StorageBusy):
            return False

    async def migrate(self, *, for_user_of: str | None = None) -> None:
        """Bring the database to the newest version. Two at once do not harm each other. Whoever works at the address
        `for_user_of`, the same database of PostgreSQL, may then do so, and not change its tables. Raise ValueError where it
        names nobody."""
        await upgrade(self._database.engine, Member.of(make_url(for_user_of)) if for_user_of else None)

    async def close(self) -> None:
        """Give every connection back. Nothing may be asked of this storage afterwards."""
        await self._database.close()


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
    database = open_database(url, pool)
    if clock is None and not database.on_postgresql:
        clock = SystemClock()
    return SqlStorage(database, clock, after_tasks)


def open_database(url: str, pool: PoolSettings | None = None) -> SqliteDatabase | PostgresqlDatabase:
    """The database at that address. Raise ValueError if it is of another kind."""
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return SqliteDatabase(parsed, pool or PoolSettings())
        case "postgresql":
            return PostgresqlDatabase(parsed, pool or PoolSettings())
        case other:
            raise ValueError(f"no storage for {other!r}: use sqlite:///… or postgresql://…")
