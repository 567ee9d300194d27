"""A database that notes how it goes about all that it is asked, exactly as it is asked."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from typing import Any

import asyncpg
from sqlalchemy import Executable
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.persistence.sql_database import Connection, Database, Parameters
from adapters.persistence.sql_in_flight import InFlight
from adapters.persistence.sql_statements import Statements

Asked = Sequence[tuple[Executable, Parameters]]
"""What is asked in one round trip."""
Explain = Callable[[Asked], Awaitable[None]]


class Plans:
    """What was asked, and how it would be gone about, by a connection that changes nothing."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}

    def on_sqlite(self, file: str) -> Explain:
        async def explain(asked: Asked) -> None:
            for statement, parameters in asked:
                compiled: Any = statement.compile(dialect=sqlite.dialect(), column_keys=[*parameters])  # type: ignore[attr-defined]
                # How it goes about it depends on no value.
                with closing(sqlite3.connect(file)) as beside:
                    none = [None] * len(compiled.positiontup or ())
                    rows = beside.execute(f"EXPLAIN QUERY PLAN {compiled}", none)
                    self.of[str(compiled)] = "\n".join(row[-1] for row in rows)

        return explain

    def on_postgresql(self, beside: Any, database: Database, *, generic: bool) -> Explain:
        """With the values as they are, or as a plan that is kept for any values."""
        statements = Statements(database.engine.dialect)

        async def explain(asked: Asked) -> None:
            text, arguments = statements.of_all(asked)
            if text in self.of:
                return
            if generic:
                await beside.execute(f"PREPARE asked AS {text}")
                try:
                    nulls = f"({', '.join(['NULL'] * len(arguments))})" if arguments else ""
                    rows = await beside.fetch(f"EXPLAIN EXECUTE asked{nulls}")
                finally:
                    await beside.execute("DEALLOCATE asked")
            else:
                rows = await beside.fetch(f"EXPLAIN {text}", *arguments)
            self.of[text] = "\n".join(row[0] for row in rows)

        return explain


@asynccontextmanager
async def explaining(
    url: str, database: Database, *, generic: bool = False
) -> AsyncIterator[tuple["ExplainingDatabase", Plans]]:
    """The database, and the plans of all that is asked of it inside."""
    plans = Plans()
    if not database.on_postgresql:
        yield ExplainingDatabase(database, plans.on_sqlite(url.partition(":///")[2])), plans
        return
    beside = await asyncpg.connect(url, server_settings={"jit": "off"})
    try:
        await beside.execute(f"SET plan_cache_mode = {'force_generic_plan' if generic else 'auto'}")
        yield ExplainingDatabase(database, plans.on_postgresql(beside, database, generic=generic)), plans
    finally:
        await beside.close()


class _Explained:
    """Matches Connection."""

    def __init__(self, connection: Connection, explain: Explain) -> None:
        self._connection, self._explain = connection, explain

    async def rows(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        await self._explain([(statement, parameters)])
        return await self._connection.rows(statement, parameters)

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        await self._explain([(statement, parameters)])
        return await self._connection.run(statement, parameters)

    async def together(self, statements: Asked) -> None:
        await self._explain(statements)
        await self._connection.together(statements)

    async def commit(self) -> None:
        await self._connection.commit()


class ExplainingDatabase:
    """Matches Database, over another one."""

    def __init__(self, database: Database, explain: Explain) -> None:
        self._database, self._explain = database, explain

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
        return self._explained(self._database.reading())

    def writing(self) -> AbstractAsyncContextManager[Connection]:
        return self._explained(self._database.writing())

    async def ask(self, statement: Executable, parameters: Parameters) -> Sequence[Any]:
        await self._explain([(statement, parameters)])
        return await self._database.ask(statement, parameters)

    async def close(self) -> None:
        """Whoever opened the other one closes it."""

    @asynccontextmanager
    async def _explained(self, opened: AbstractAsyncContextManager[Connection]) -> AsyncIterator[Connection]:
        async with opened as connection:
            yield _Explained(connection, self._explain)
