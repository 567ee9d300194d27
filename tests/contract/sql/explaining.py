"""A database that notes how it goes about all that it is asked, exactly as it is asked."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from typing import Any

import asyncpg
from sqlalchemy.dialects import sqlite

from adapters.persistence.sql_database import Database
from adapters.persistence.sql_statements import Statements
from contract.sql.watched import Asked, WatchedDatabase

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


class ExplainingDatabase(WatchedDatabase):
    def __init__(self, database: Database, explain: Explain) -> None:
        super().__init__(database)
        self._explain = explain

    async def asking(self, asked: Asked, *, alone: bool) -> None:
        await self._explain(asked)
