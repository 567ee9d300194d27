"""What all processes of one test run share: a folder, and in it one PostgreSQL server and one of each peer.

The first process of a run makes the folder and names it in the environment, which xdist's workers inherit. Each server is
started by whoever needs it first and watched by a keeper of its own (`python -m servers.run`), so that it outlives that
worker and ends with the run, even one that was killed.
"""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from servers.errors import NotReady
from servers.peers import PEERS, PeerServer
from servers.postgresql import PostgresqlServer
from servers.processes import is_alive, wait_until

_VARIABLE = "OPENHOURS_TEST_RUN"
_PREFIX = "openhours-tests-"
_TESTS = Path(__file__).parents[1]


def begin_run() -> Path | None:
    """Make the run's folder and answer it; None in a process that joined a run already begun."""
    if _VARIABLE in os.environ:
        return None
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    (folder / "owner").write_text(str(os.getpid()))
    os.environ[_VARIABLE] = str(folder)
    return folder


def _sweep() -> None:
    # Runs that were killed before they had a keeper to clean up after them.
    for owner in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/owner"):
        try:
            pid = int(owner.read_text())
        except (OSError, ValueError):
            # Another run sweeps the same, or has just begun.
            continue
        if not is_alive(pid):
            shutil.rmtree(owner.parent, ignore_errors=True)


def end_run(folder: Path) -> None:
    """End what runs in the folder and remove it; for the process that `begin_run` gave it to."""
    del os.environ[_VARIABLE]
    keepers = [pid for note in folder.glob("*.keeper") if is_alive(pid := int(note.read_text()))]
    for pid in keepers:
        os.kill(pid, signal.SIGTERM)
    wait_until(lambda: not any(map(is_alive, keepers)), seconds=30)
    shutil.rmtree(folder, ignore_errors=True)


def run_folder() -> Path:
    """The folder of the run under way."""
    return Path(os.environ[_VARIABLE])


@contextmanager
def exclusively(name: str) -> Iterator[Path]:
    """Hold the run-wide lock `name`; the path answered is for a note that says the work is done."""
    folder = run_folder()
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / f"{name}.json"


def shared_postgresql() -> str:
    """The address of the run's PostgreSQL, started if this is the first call of the run. Raise Missing or NotReady."""
    return _shared("postgresql")


def shared_peer(name: str) -> str:
    """The address of the run's server of that name, one of `peers.PEERS`; started and ended as PostgreSQL is."""
    return _shared(name)


def _shared(name: str) -> str:
    with exclusively(name) as note:
        if not note.exists():
            _start_keeper(name, note)
        return str(json.loads(note.read_text())["url"])


def _start_keeper(name: str, note: Path) -> None:
    folder = note.parent
    with (folder / f"{name}.keeper.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "servers.run", str(folder), name],
            env={**os.environ, "PYTHONPATH": str(_TESTS)},
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    (folder / f"{name}.keeper").write_text(str(process.pid))
    wait_until(lambda: note.exists() or process.poll() is not None, seconds=60)
    if not note.exists():
        raise NotReady((folder / f"{name}.keeper.log").read_text())
    # It runs on after the worker that started it; its exit code is of no use to anyone.
    process.returncode = 0


def keep(folder: Path, name: str) -> None:
    """Run the server in `folder` until asked to end or until the run's first process is gone."""
    owner = int((folder / "owner").read_text())
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    place = folder / name
    place.mkdir()
    server = PostgresqlServer(place) if name == "postgresql" else PeerServer(PEERS[name], place)
    try:
        server.start()
        _publish(folder / f"{name}.json", {"url": server.url()})
        wait_until(lambda: not is_alive(owner) or server.pid is None, seconds=float("inf"), every=0.2)
    finally:
        server.stop()
        if not is_alive(owner):
            shutil.rmtree(folder, ignore_errors=True)


def _publish(path: Path, content: dict[str, str]) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(content))
    part.rename(path)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    keep(Path(sys.argv[1]), sys.argv[2])
