"""Bringing a database to the newest version, and telling whether it is there."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.persistence.sql_database import Connection as DatabaseConnection
from adapters.persistence.sql_errors import translated
from adapters.persistence.sql_guards import missing_guards

_FOLDER = Path(__file__).parent / "migrations"
# Any number, as long as it is always the same.
_LOCK = 7_304_112_905
_CURRENT = text("SELECT version_num FROM alembic_version")


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings. Its commands run on the connection given, in the transaction that it is in."""
    made = Config()
    made.set_main_option("script_location", str(_FOLDER))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


@cache
def _versions() -> tuple[str, frozenset[str]]:
    """The newest version, and all that this code knows."""
    scripts = ScriptDirectory.from_config(config())
    return str(scripts.get_current_head()), frozenset(each.revision for each in scripts.walk_revisions())


async def upgrade(engine: AsyncEngine) -> None:
    """Make every table and guard that is missing, all or nothing. Whoever else does so at once waits and finds it done."""
    with translated():
        async with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                # However long another takes; but no table is waited for so long that queries pile up behind the wait.
                await connection.execute(text("SET LOCAL statement_timeout = 0"))
                await connection.execute(text("SET LOCAL lock_timeout = 0"))
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                await connection.execute(text("SET LOCAL lock_timeout = '5s'"))
            await connection.run_sync(lambda sync: command.upgrade(config(sync), "head"))


async def up_to_date(connection: DatabaseConnection, *, on_postgresql: bool) -> bool:
    """Whether the tables are those that this code needs, with all their guards. Raise the driver's error if none is there.

    A version that this code does not know was made by a newer one, which leaves the older running beside it: then the
    guards must be there, whatever the newer made of them.
    """
    newest, known = _versions()
    (current,) = [row.version_num for row in await connection.rows(_CURRENT, {})] or [None]
    if current is None or (current != newest and current in known):
        return False
    return not await missing_guards(connection, on_postgresql=on_postgresql, exactly=current == newest)
