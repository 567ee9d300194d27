"""The servers that tests stand on do what they promise."""

import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
from playwright.async_api import async_playwright

from servers.databases import lend_postgresql, take_postgresql_back
from servers.errors import Missing, NotReady
from servers.peers import PEERS, Peer
from servers.postgresql import PostgresqlServer
from servers.processes import environment, free_port, is_alive, start_server, wait_until
from servers.run import shared_peer

TESTS = Path(__file__).parents[1]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


async def test_postgresql_refuses_overlaps_with_the_extension_that_the_product_needs(empty_postgresql_url: str) -> None:
    connection = await asyncpg.connect(empty_postgresql_url)
    try:
        await connection.execute("CREATE EXTENSION btree_gist")
        await connection.execute(
            "CREATE TABLE t (who int, during int4range, EXCLUDE USING gist (who WITH =, during WITH &&))"
        )
        await connection.execute("INSERT INTO t VALUES (1, '[1,5)'), (2, '[1,5)'), (1, '[5,9)')")
        with pytest.raises(asyncpg.ExclusionViolationError):
            await connection.execute("INSERT INTO t VALUES (1, '[4,6)')")
    finally:
        await connection.close()


@pytest.mark.parametrize("visit", [1, 2])
async def test_every_test_has_a_database_of_its_own(empty_postgresql_url: str, visit: int) -> None:
    connection = await asyncpg.connect(empty_postgresql_url)
    try:
        await connection.execute("CREATE TABLE left_behind ()")
    finally:
        await connection.close()


async def test_a_database_is_lent_again_only_empty_and_as_it_was() -> None:
    async def run(url: str, *statements: str) -> object:
        connection = await asyncpg.connect(url)
        try:
            return [await connection.fetchval(statement) for statement in statements]
        finally:
            await connection.close()

    first = lend_postgresql()
    ours = "INSERT INTO schedules SELECT id, 0 FROM doctors"
    keep = "INSERT INTO events (subject, subject_id, verb, role, at) VALUES ('x', gen_random_uuid(), 'x', 'x', now()) RETURNING number"
    assert await run(first, ours, keep) == [None, 1]
    take_postgresql_back(first)
    second = lend_postgresql()
    assert second == first
    # Nothing is left, though history refuses to be removed, and numbers begin anew.
    assert await run(second, "SELECT count(*) FROM events", keep) == [0, 1]
    await run(second, "ALTER TABLE appointments DROP CONSTRAINT appointments_doctor_free")
    take_postgresql_back(second)
    third = lend_postgresql()
    assert third != second
    take_postgresql_back(third)


async def test_a_killed_postgresql_recovers_what_was_committed(tmp_path: Path) -> None:
    server = PostgresqlServer(tmp_path, durable=True)
    server.start()
    try:
        connection = await asyncpg.connect(server.url())
        await connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        server.kill()
        connection.terminate()
        assert server.pid is None
        server.start()
        connection = await asyncpg.connect(server.url())
        assert await connection.fetchval("SELECT number FROM kept") == 7
        await connection.close()
    finally:
        server.stop()


def test_postgresql_ends_with_a_run_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, sys, time\n"
        "from pathlib import Path\n"
        "from servers.run import begin_run, shared_postgresql\n"
        "folder = begin_run()\n"
        "shared_postgresql()\n"
        "data = folder / 'postgresql' / 'data'\n"
        "print(folder, (data / 'postmaster.pid').read_text().split()[0], flush=True)\n"
        "sys.stdin.read()\n"
    )
    env = {**environment(), "PYTHONPATH": str(TESTS), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", program], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        folder, pid = run.stdout.readline().split()
        assert is_alive(int(pid))
        run.kill()
    assert wait_until(lambda: not is_alive(int(pid)), seconds=20)
    assert wait_until(lambda: not Path(folder).exists(), seconds=20)


def test_a_leashed_process_dies_with_whoever_started_it() -> None:
    program = (
        "import subprocess, sys\n"
        "from servers.processes import leashed\n"
        "child = subprocess.Popen(leashed([sys.executable, '-c', 'import sys; print(1, flush=True); sys.stdin.read()']),"
        " stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "child.stdout.readline()\n"
        "print(child.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    env = {**environment(), "PYTHONPATH": str(TESTS)}
    with subprocess.Popen(
        [sys.executable, "-c", program], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline())
        assert is_alive(pid)
        owner.kill()
    assert wait_until(lambda: not is_alive(pid), seconds=10)


def test_a_server_that_ends_by_itself_shows_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="the setting is wrong"):
        start_server(
            [sys.executable, "-c", "raise SystemExit('the setting is wrong')"],
            url=f"http://127.0.0.1:{free_port()}",
            env=environment(),
            folder=tmp_path,
        )


def test_a_stopped_server_is_gone(tmp_path: Path) -> None:
    port = free_port()
    server = start_server(
        [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)],
        url=f"http://127.0.0.1:{port}",
        env=environment(),
        folder=tmp_path,
        ready_path="/",
    )
    assert "GET / " in server.log
    assert server.stop() == -signal.SIGTERM
    assert not is_alive(server.pid)


async def test_the_browser_renders_a_page(chromium: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        page = await browser.new_page()
        await page.set_content(
            "<h1></h1><script>document.querySelector('h1').textContent = [1, 2, 3].map(n => n * n).join()</script>"
        )
        assert await page.inner_text("h1") == "1,4,9"
        assert len(await page.screenshot()) > 1_000
        await browser.close()


def test_a_peer_of_another_lock_than_the_one_installed_is_missing(tmp_path: Path) -> None:
    ran: list[str] = []
    peer = Peer(packages=tmp_path / "npm" / "example", command=lambda *_: [], ready_path="/")
    (peer.packages / "node_modules").mkdir(parents=True)
    peer.lock.write_text("one")
    with pytest.raises(Missing, match="make test-servers"):
        peer.installed  # noqa: B018  # raises
    peer.install(lambda command, _folder, _env: ran.append(Path(command[0]).name))
    assert (peer.installed, ran) == (peer.packages / "node_modules", ["npm"])
    peer.lock.write_text("another")
    with pytest.raises(Missing):
        peer.installed  # noqa: B018  # raises


@pytest.mark.parametrize("name", PEERS)
def test_every_peer_answers_on_the_loopback_alone(name: str) -> None:
    port = int(shared_peer(name).rpartition(":")[2])
    listening = {line.split()[1] for table in ("tcp", "tcp6") for line in _listening(Path("/proc/net") / table)}
    assert {address for address in listening if address.endswith(f":{port:04X}")} == {f"0100007F:{port:04X}"}


def _listening(table: Path) -> list[str]:
    return [line for line in table.read_text().splitlines()[1:] if line.split()[3] == "0A"]


def test_a_new_run_clears_what_killed_ones_left(tmp_path: Path) -> None:
    program = "from servers.run import begin_run\nprint(begin_run(), flush=True)\nimport os\nos.kill(os.getpid(), 9)\n"
    env = {**environment(), "PYTHONPATH": str(TESTS), "TMPDIR": str(tmp_path)}
    runs = [
        subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False)
        for _ in range(3)
    ]
    assert len({run.stdout for run in runs}) == 3
    assert [f"{folder}\n" for folder in tmp_path.iterdir()] == [runs[-1].stdout]
