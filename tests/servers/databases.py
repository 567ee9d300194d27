"""Databases of one test each: copies of a template that was migrated once in the run, emptied and lent again.

A migration takes more than a second, a copy a quarter of one, to empty one that a test has used a few milliseconds.
"""

import asyncio
import shutil
import subprocess
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import asyncpg

from servers.errors import ServerError
from servers.processes import environment, openhours
from servers.run import exclusively, run_folder, shared_postgresql

T = TypeVar("T")

_TEMPLATE = "openhours_template"
_IDLE: list[str] = []
"""Used by tests of this process, emptied since, and shaped as the template is."""


def fresh_postgresql() -> str:
    """The address of a new database with the product's tables, all empty."""
    _make_template(server := shared_postgresql())
    return _create(server, template=_TEMPLATE)


def lend_postgresql() -> str:
    """As `fresh_postgresql`, though perhaps one that another test had before; to be given to `take_postgresql_back`."""
    return _IDLE.pop() if _IDLE else fresh_postgresql()


def take_postgresql_back(url: str) -> None:
    """Empty a database that was lent, for the next test; one that cannot be made as it was is removed."""
    if _in_a_loop_of_its_own(_emptied(url)):
        _IDLE.append(url)
    else:
        drop_postgresql(url)


async def _emptied(url: str) -> bool:
    """Whether the database is empty again, has the template's shape, and is nobody else's at the moment."""
    connection = await asyncpg.connect(url)
    try:
        if await connection.fetchval(_OTHERS) or await connection.fetchval(_SHAPE) != _template_shape():
            return False
        # Without triggers, which keep history from being removed and rows from losing what they point at.
        await connection.execute("SET session_replication_role = replica; SET lock_timeout = '1s'")
        await connection.execute(await connection.fetchval(_EMPTY))
    except asyncpg.PostgresError:
        return False
    finally:
        await connection.close()
    return True


@cache
def _template_shape() -> str:
    """The shape of a database that no test has touched."""
    url = fresh_postgresql()
    try:
        return str(_in_a_loop_of_its_own(_shape_of(url)))
    finally:
        drop_postgresql(url)


async def _shape_of(url: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        for (table,) in await connection.fetch(_TABLES):
            if await connection.fetchval(f'SELECT EXISTS (SELECT FROM "{table}")'):
                raise ServerError(f"a migration fills {table}: emptying a database would take that away")
        return str(await connection.fetchval(_SHAPE))
    finally:
        await connection.close()


_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
_OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_SHAPE = """
SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
    SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS part FROM pg_constraint
        WHERE conrelid <> 0
    UNION ALL SELECT format('%s %s %s', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT format('%s %s', attrelid::regclass, attname) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND attnum > 0
) AS parts"""
_EMPTY = """
SELECT string_agg(command, '; ') FROM (
    SELECT format('DELETE FROM %I', tablename) AS command FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    UNION ALL SELECT format('SELECT setval(%L, %s, false)', schemaname || '.' || sequencename, start_value) FROM pg_sequences
        WHERE schemaname = 'public'
) AS commands"""


def empty_postgresql() -> str:
    """The address of a new database with nothing in it, for tests of migrations."""
    return _create(shared_postgresql(), template="template0")


def drop_postgresql(url: str, *, users: Sequence[str] = ()) -> None:
    """Remove a database that one of the functions above made, whoever is still connected to it, and users of it alone."""
    _execute(shared_postgresql(), f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')
    if users:
        _execute(shared_postgresql(), *(f'DROP ROLE IF EXISTS "{user}"' for user in users))


def fresh_sqlite(folder: Path) -> str:
    """The address of a new SQLite file in `folder` with the product's tables, all empty."""
    with exclusively("sqlite") as note:
        template = run_folder() / "template.db"
        if not note.exists():
            migrate(f"sqlite:///{template}")
            note.write_text("{}")
    target = folder / "openhours.db"
    shutil.copyfile(template, target)
    return f"sqlite:///{target}"


def migrate(url: str) -> None:
    """Bring the database to the newest version with the product's own command. Raise ServerError with its output."""
    done = subprocess.run(
        openhours("migrate"),
        cwd=run_folder(),
        env=environment({"OPENHOURS_DATABASE_URL": url}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ServerError(f"`openhours migrate` failed:\n{done.stdout}{done.stderr}")


def _make_template(server: str) -> None:
    with exclusively("template") as note:
        if note.exists():
            return
        _execute(server, f'DROP DATABASE IF EXISTS "{_TEMPLATE}"', f'CREATE DATABASE "{_TEMPLATE}" TEMPLATE template0')
        migrate(_beside(server, _TEMPLATE))
        # A template with a connection open cannot be copied: so none may be opened.
        _execute(server, f'ALTER DATABASE "{_TEMPLATE}" ALLOW_CONNECTIONS false')
        note.write_text("{}")


def _create(server: str, *, template: str) -> str:
    name = f"test_{uuid4().hex}"
    # FILE_COPY copies files as they are; the other strategy writes every page to the log once more.
    _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    return _beside(server, name)


def _beside(server: str, database: str) -> str:
    return f"{server.rpartition('/')[0]}/{database}"


def _execute(server: str, *statements: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(server)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    _in_a_loop_of_its_own(run())


def _in_a_loop_of_its_own(coroutine: Coroutine[Any, Any, T]) -> T:
    # A thread, because the caller may stand inside a running loop or between two loops of the test runner.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
