"""Bringing a database to the newest version, by Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.persistence.sql_errors import translated
from adapters.persistence.sql_member import Member, admit

FOLDER = Path(__file__).parent / "migrations"
# Any number, as long as it is always the same.
_LOCK = 7_304_112_905


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings. Its commands run on the connection given, in the transaction that it is in."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


async def upgrade(engine: AsyncEngine, member: Member | None) -> None:
    """As `sql_migrations.upgrade`."""
    with translated():
        async with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                # However long another takes; but no table is waited for so long that queries pile up behind the wait.
                await connection.execute(text("SET LOCAL statement_timeout = 0"))
                await connection.execute(text("SET LOCAL lock_timeout = 0"))
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                await connection.execute(text("SET LOCAL lock_timeout = '5s'"))
            await connection.run_sync(lambda sync: command.upgrade(config(sync), "head"))
            if member is not None:
                await admit(connection, member)
