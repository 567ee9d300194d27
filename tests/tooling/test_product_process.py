"""The product starts as a process of its own, on each kind of database, and ends when asked."""

import json
import signal
import urllib.request
from collections.abc import Callable
from pathlib import Path

import asyncpg

from servers.processes import ServerProcess, is_alive


def test_it_serves_what_the_database_holds(start_openhours: Callable[..., ServerProcess], database_url: str) -> None:
    server = start_openhours({"OPENHOURS_DATABASE_URL": database_url})
    with urllib.request.urlopen(f"{server.url}/api/doctors") as answer:
        assert json.load(answer)["items"] == []


def test_it_ends_in_order_when_asked(start_openhours: Callable[..., ServerProcess], sqlite_url: str) -> None:
    server = start_openhours({"OPENHOURS_DATABASE_URL": sqlite_url})
    # The web server ends by the very signal, once it has finished; anything else had to be killed or broke.
    assert server.stop() in (0, -signal.SIGTERM)
    assert not is_alive(server.pid)


async def test_fresh_databases_share_nothing_but_their_tables(postgresql_url: str, empty_postgresql_url: str) -> None:
    tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
    for url, expected in ((postgresql_url, True), (empty_postgresql_url, False)):
        connection = await asyncpg.connect(url)
        assert bool(await connection.fetchval(tables)) is expected
        await connection.close()


def test_a_fresh_sqlite_file_is_the_tests_own(sqlite_url: str, tmp_path: Path) -> None:
    assert sqlite_url == f"sqlite:///{tmp_path / 'openhours.db'}"
