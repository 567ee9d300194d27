"""Databases of one test each: copies of a template that was migrated once in the run.

A copy costs some tens of milliseconds, a migration more than a second.
"""

import asyncio
import shutil
import subprocess
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg

from servers.errors import ServerError
from servers.processes import environment, openhours
from servers.run import exclusively, run_folder, shared_postgresql

_TEMPLATE = "openhours_template"


def fresh_postgresql() -> str:
    """The address of a new database with the product's tables, all empty."""
    _make_template(server := shared_postgresql())
    return _create(server, template=_TEMPLATE)


def empty_postgresql() -> str:
    """The address of a new database with nothing in it, for tests of migrations."""
    return _create(shared_postgresql(), template="template0")


def drop_postgresql(url: str) -> None:
    """Remove a database that one of the functions above made, whoever is still connected to it."""
    _execute(shared_postgresql(), f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')


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


def _in_a_loop_of_its_own(coroutine: Coroutine[Any, Any, None]) -> None:
    # A thread, because the caller may stand inside a running loop or between two loops of the test runner.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, coroutine).result()
