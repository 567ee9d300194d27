"""Telling whether a database is at the newest version, and bringing it there."""

import re
from functools import cache
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.persistence.sql_database import Connection as DatabaseConnection
from adapters.persistence.sql_guards import missing_guards
from adapters.persistence.sql_member import Member

_FOLDER = Path(__file__).parent / "migrations" / "versions"
_FILE = re.compile(r"r(\d{4})_\w+\.py")
_CURRENT = text("SELECT version_num FROM alembic_version")


@cache
def versions() -> tuple[str, frozenset[str]]:
    """The newest version, and all that this code knows. They are one straight line, in the order of their files' numbers."""
    known = frozenset(found[1] for file in _FOLDER.iterdir() if (found := _FILE.fullmatch(file.name)))
    return max(known), known


async def upgrade(engine: AsyncEngine, member: Member | None = None) -> None:
    """Make every table and guard that is missing, and let the member in, if there is one, all or nothing. Whoever else does so
    at once waits and finds it done."""
    # Here, since who serves never needs it, and it would take eight megabytes of every process.
    from adapters.persistence import sql_upgrade  # noqa: PLC0415

    await sql_upgrade.upgrade(engine, member)


async def up_to_date(connection: DatabaseConnection, *, on_postgresql: bool) -> bool:
    """Whether the tables are those that this code needs, with all their guards. Raise the driver's error if none is there.

    A version that this code does not know was made by a newer one, which leaves the older running beside it: then the
    guards must be there, whatever the newer made of them.
    """
    newest, known = versions()
    (current,) = [row.version_num for row in await connection.rows(_CURRENT, {})] or [None]
    if current is None or (current != newest and current in known):
        return False
    return not await missing_guards(connection, on_postgresql=on_postgresql, exactly=current == newest)
