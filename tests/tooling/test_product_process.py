"""The product starts as a process of its own, on each kind of database, and ends when asked."""

import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import asyncpg
import uvicorn

from entrypoints.cli import HOW_SERVED
from servers.processes import ServerProcess, environment, is_alive


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


def test_what_only_some_requests_need_is_not_loaded_before_them(tmp_path: Path) -> None:
    later = {"PIL", "alembic", "boto3", "entrypoints.demo", "google", "icalendar", "phonenumbers", "reportlab"}
    program = (
        "import sys, entrypoints.cli; from entrypoints.asgi import create_app; create_app(); "
        f"print(sorted({later!r} & {{*sys.modules}}))"
    )
    command = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(command, env=environment(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_a_worker_that_is_slow_to_begin_is_not_taken_for_one_that_hangs() -> None:
    # Thirty seconds have been seen on a machine with six times more to do than it can.
    assert uvicorn.Config("a:b", **HOW_SERVED).timeout_worker_healthcheck == 60
