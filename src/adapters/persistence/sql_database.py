"""A database as transactions need it. There are two: `sql_sqlite` and `sql_postgresql`."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.persistence.sql_in_flight import InFlight

Parameters: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSettings:
    """How many connections one process keeps and how long it waits for one. SQLite writes through a single one."""

    size: int = 10
    wait_seconds: float = 8.0


class Connection(Protocol):
    """A connection inside one transaction, which is rolled back unless it was committed."""

    async def rows(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        """What the statement returns; a row's columns are its attributes."""
        ...

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        """How many rows the statement, which returns none, has changed."""
        ...

    async def together(self, statements: Sequence[tuple[Executable, Parameters]]) -> None:
        """Run statements that return nothing and depend on each other in nothing, in as few round trips as it can.

        An INSERT among them is no more than that: its parameters are a row.
        """
        ...

    async def commit(self) -> None:
        """Raise whatever keeps it from being certain that everything was kept."""
        ...


class Database(Protocol):
    """Raises the driver's and the pool's own errors: see `sql_errors`."""

    @property
    def on_postgresql(self) -> bool:
        """Which of the two it is."""
        ...

    @property
    def engine(self) -> AsyncEngine:
        """For migrations: no limit of time, and a transaction that writes."""
        ...

    @property
    def in_flight(self) -> InFlight | None:
        """Where rivals with one request meet, unless they meet in the database."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Connection]:
        """A transaction that sees one moment of what is committed."""
        ...

    def writing(self) -> AbstractAsyncContextManager[Connection]:
        """A transaction that sees what is committed by each of its statements (SQLite: the only one that writes)."""
        ...

    async def ask(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        """What one reading statement returns, in no transaction but its own: it sees one moment after the call."""
        ...

    async def close(self) -> None:
        """Give every connection back."""
        ...
