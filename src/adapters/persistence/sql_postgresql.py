"""PostgreSQL through asyncpg. SQLAlchemy writes the statements; asyncpg runs them without its help.

Measured: SQLAlchemy's own way through asyncpg costs more than twice the CPU per statement.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
from sqlalchemy import URL, Executable, NullPool
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from adapters.persistence.sql_database import Parameters, PoolSettings
from adapters.persistence.sql_errors import DRIVER_ERRORS
from adapters.persistence.sql_statements import Statements
from scheduling_core.errors import Outdated

CONNECT_SECONDS = 5.0
STATEMENT_SECONDS = 10.0
"""No statement of the product needs a tenth of it; what takes longer is a fault, and whoever waits is told to come again."""
LOCK_SECONDS = 8.0
"""How long a claim waits for those before it: dozens of rivals for one slot all get their answer."""
CLOSE_SECONDS = 10.0
_LONGEST_KEPT = 32 * 1024
"""Bytes of a statement that stays prepared: what sixteen claims write together has some fourteen thousand."""

_SERVER_SETTINGS: Mapping[str, str] = {
    "application_name": "openhours",
    "timezone": "UTC",
    "lock_timeout": f"{LOCK_SECONDS:.0f}s",
    "statement_timeout": f"{STATEMENT_SECONDS:.0f}s",
    # Whoever fell silent in the middle of a transaction keeps nobody's schedule locked.
    "idle_in_transaction_session_timeout": "30s",
    "jit": "off",
}
# One reading is one moment: what is read second never knows more than what was read first.
_READ, _WRITE = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "BEGIN ISOLATION LEVEL READ COMMITTED"


class _Row(asyncpg.Record):  # type: ignore[misc]  # asyncpg has no types
    # The slot itself, without a function of ours between: asked for each column of each row.
    __getattr__ = asyncpg.Record.__getitem__


class AsyncpgConnection:
    """Matches Connection."""

    def __init__(self, driver: Any, statements: Statements) -> None:
        self._driver = driver
        self._statements = statements
        self.ended = False
        """Whether the transaction is over, and nothing has to be rolled back."""

    async def rows(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        text, arguments = self._statements.of(statement, parameters)
        rows: Sequence[Any] = await self._driver.fetch(text, *arguments, record_class=_Row)
        return rows

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        text, arguments = self._statements.of(statement, parameters)
        # Such as `UPDATE 1` or `INSERT 0 1`; `DROP TABLE` counts nothing.
        status: str = await self._driver.execute(text, *arguments)
        count = status.rpartition(" ")[2]
        return int(count) if count.isdecimal() else 0

    async def together(self, statements: Sequence[tuple[Executable, Parameters]]) -> None:
        text, arguments = self._statements.of_all(statements)
        await self._driver.execute(text, *arguments)

    async def commit(self) -> None:
        # Where a statement had failed, COMMIT rolls back, and says so by its answer alone.
        answer = await self._driver.execute("COMMIT")
        self.ended = True
        if answer != "COMMIT":
            raise Outdated

    async def end(self) -> None:
        """Leave nothing open, whatever was interrupted, be it the beginning."""
        if not self.ended:
            await self._driver.execute("ROLLBACK")


class PostgresqlDatabase:
    """Matches Database."""

    on_postgresql = True
    in_flight = None

    def __init__(self, url: URL, pool: PoolSettings) -> None:
        self._address, self._arguments = translate(url)
        self._settings = pool
        self._opened: Any = None

        async def connect() -> Any:
            return await asyncpg.connect(self._address, **{**self._arguments, "command_timeout": None})

        self._engine = create_async_engine("postgresql+asyncpg://", async_creator=connect, poolclass=NullPool)
        self._statements = Statements(self._engine.dialect)

    @property
    def engine(self) -> AsyncEngine:
        return self._engine

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncpgConnection]:
        async with self._transaction(_READ) as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncpgConnection]:
        async with self._transaction(_WRITE) as connection:
            yield connection

    async def ask(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        # Without BEGIN and ROLLBACK: two of three round trips.
        text, arguments = self._statements.of(statement, parameters)
        pool = self._pool()
        await pool
        async with pool.acquire(timeout=self._settings.wait_seconds) as driver:
            rows: Sequence[Any] = await driver.fetch(text, *arguments, record_class=_Row)
        return rows

    async def close(self) -> None:
        pool, self._opened = self._opened, None
        if pool is not None:
            try:
                await asyncio.wait_for(pool.close(), CLOSE_SECONDS)
            except TimeoutError:
                # Somebody does not give a connection back: the server rolls back what was going on there.
                pool.terminate()
        await self._engine.dispose()

    def _pool(self) -> Any:
        """Made at the first need, since it belongs to the event loop that is running then."""
        if self._opened is None:
            # Nothing is left on a connection that would have to be reset: a transaction ends before it is given back.
            self._opened = asyncpg.create_pool(
                self._address,
                min_size=0,
                max_size=self._settings.size,
                reset=_nothing,
                max_cacheable_statement_size=_LONGEST_KEPT,
                **self._arguments,
            )
        return self._opened

    @asynccontextmanager
    async def _transaction(self, begin: str) -> AsyncIterator[AsyncpgConnection]:
        pool = self._pool()
        # With no connection to make at first, it opens without waiting for anything.
        await pool
        # The pool's own limit of time makes a task of each asking, as did a shield where nothing is left to end.
        async with asyncio.timeout(self._settings.wait_seconds):
            driver = await pool.acquire()
        connection = AsyncpgConnection(driver, self._statements)
        try:
            await driver.execute(begin)
            yield connection
        finally:
            giving = _give_back(pool, driver, connection)
            await (giving if connection.ended else asyncio.shield(giving))


async def _give_back(pool: Any, driver: Any, connection: AsyncpgConnection) -> None:
    """Whatever becomes of it, what the transaction came to is not changed by it any more."""
    try:
        await connection.end()
        await pool.release(driver)
    except (*DRIVER_ERRORS, OSError):
        # Without its connection the server rolls back by itself; one that is gone already cannot be ended again.
        with suppress(asyncpg.InterfaceError):
            driver.terminate()


async def _nothing(_: Any) -> None:
    pass


def translate(url: URL) -> tuple[str, dict[str, Any]]:
    """A libpq address in asyncpg's terms: the address without what asyncpg does not know, and arguments that say the same.

    Raise ValueError for server options that are not written like `-cname=value`.
    """
    options = {name: value if isinstance(value, str) else value[-1] for name, value in url.query.items()}
    settings = dict(_SERVER_SETTINGS)
    timeout = float(options.pop("connect_timeout", CONNECT_SECONDS))
    if "application_name" in options:
        settings["application_name"] = options.pop("application_name")
    for setting in options.pop("options", "").replace("-c ", "-c").split():
        name, equals, value = setting.removeprefix("-c").partition("=")
        if not setting.startswith("-c") or not equals:
            raise ValueError(f"{setting!r} is not like -cname=value")
        settings[name] = value
    address = url.set(drivername="postgresql", query=options).render_as_string(hide_password=False)
    return address, {"timeout": timeout, "command_timeout": STATEMENT_SECONDS + 1, "server_settings": settings}
