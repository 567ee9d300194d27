"""Engines: where the database is, how connections are made and what every one of them is told first."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, NullPool, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

CONNECT_SECONDS = 5.0
STATEMENT_SECONDS = 10.0
"""No statement of the product needs a tenth of it; what takes longer is a fault, and whoever waits is told to come again."""
LOCK_SECONDS = 8.0
"""How long a claim waits for those before it: dozens of rivals for one slot all get their answer."""
SQLITE_WAIT_SECONDS = 10.0

_SERVER_SETTINGS: Mapping[str, str] = {
    "application_name": "openhours",
    "timezone": "UTC",
    "lock_timeout": f"{LOCK_SECONDS:.0f}s",
    "statement_timeout": f"{STATEMENT_SECONDS:.0f}s",
    # Whoever fell silent in the middle of a transaction keeps nobody's schedule locked.
    "idle_in_transaction_session_timeout": "30s",
    "jit": "off",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSettings:
    """How many connections one process keeps and how long it waits for one. SQLite writes through a single one."""

    size: int = 10
    overflow: int = 0
    wait_seconds: float = 8.0
    recycle_seconds: int = 1800


@dataclass(frozen=True, slots=True)
class Engines:
    """One engine to read, one to write, which on PostgreSQL draw on one pool, and one without a limit of time to migrate."""

    read: AsyncEngine
    write: AsyncEngine
    migrate: AsyncEngine

    @property
    def on_postgresql(self) -> bool:
        return self.write.dialect.name == "postgresql"

    async def dispose(self) -> None:
        await self.read.dispose()
        await self.write.dispose()
        await self.migrate.dispose()


def open_engines(address: str, pool: PoolSettings) -> Engines:
    """The engines for `sqlite:///file` or `postgresql://…`, as libpq writes it. Raise ValueError for any other address."""
    url = make_url(address)
    match url.get_backend_name():
        case "sqlite":
            return _sqlite(url, pool)
        case "postgresql":
            return _postgresql(url, pool)
    raise ValueError(f"no storage for {url.get_backend_name()!r}: use sqlite:///… or postgresql://…")


def _postgresql(url: URL, pool: PoolSettings) -> Engines:
    url, arguments = translate(url)
    engine = create_async_engine(
        url,
        connect_args=arguments,
        pool_size=pool.size,
        max_overflow=pool.overflow,
        pool_timeout=pool.wait_seconds,
        pool_recycle=pool.recycle_seconds,
        isolation_level="READ COMMITTED",
    )
    # One reading is one moment: what is read second never knows more than what was read first.
    read = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    migrate = create_async_engine(url, connect_args={**arguments, "command_timeout": None}, poolclass=NullPool)
    return Engines(read=read, write=engine, migrate=migrate)


def translate(url: URL) -> tuple[URL, dict[str, Any]]:
    """A libpq address in asyncpg's terms: the address without its options, and the arguments that say the same.

    Raise ValueError for an option that means nothing here, rather than ignore what somebody relies on.
    """
    options = {name: value if isinstance(value, str) else value[-1] for name, value in url.query.items()}
    settings = dict(_SERVER_SETTINGS)
    arguments: dict[str, Any] = {"timeout": CONNECT_SECONDS, "command_timeout": STATEMENT_SECONDS + 1}
    if "sslmode" in options:
        arguments["ssl"] = options.pop("sslmode")
    if "connect_timeout" in options:
        arguments["timeout"] = float(options.pop("connect_timeout"))
    if "application_name" in options:
        settings["application_name"] = options.pop("application_name")
    for setting in options.pop("options", "").replace("-c ", "-c").split():
        name, equals, value = setting.removeprefix("-c").partition("=")
        if not setting.startswith("-c") or not equals:
            raise ValueError(f"{setting!r} is not like -cname=value")
        settings[name] = value
    if options:
        raise ValueError(f"unknown options in the database's address: {', '.join(sorted(options))}")
    arguments["server_settings"] = settings
    return url.set(drivername="postgresql+asyncpg", query={}), arguments


def _sqlite(url: URL, pool: PoolSettings) -> Engines:
    if not url.database or url.database == ":memory:":
        raise ValueError("SQLite needs a file: several connections share it")
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    url = url.set(drivername="sqlite+aiosqlite")
    # Readers never wait for each other or for the writer; the writer waits for those of other processes.
    read = create_async_engine(
        url, connect_args={"timeout": SQLITE_WAIT_SECONDS}, pool_size=pool.size, max_overflow=pool.overflow,
        pool_timeout=pool.wait_seconds,
    )  # fmt: skip
    write = create_async_engine(url, connect_args={"timeout": SQLITE_WAIT_SECONDS}, pool_size=1, max_overflow=0)
    for engine, begin in ((read, "BEGIN"), (write, "BEGIN IMMEDIATE")):
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _beginner(begin))
    return Engines(read=read, write=write, migrate=write)


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


def _beginner(begin: str) -> Any:
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return start
