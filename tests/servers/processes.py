"""Processes that end with their test: started on a leash, awaited by a condition, stopped by id."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from servers.errors import NotReady
from servers.warm import WarmProcess

SOURCE = Path(__file__).parents[2] / "src"

_LEASH = Path(__file__).with_name("leash.py")
_GRACE_SECONDS = 10.0


BESIDE = 12_001
"""A server's second port lies so far below its first: below all that `free_port` answers, so that nobody else is given it."""


def free_port() -> int:
    """A TCP port of the loopback on which nobody listens now, nor BESIDE it.

    Taken from below the range that the kernel hands to outgoing connections: a busy test cannot take it by accident before
    its server listens.
    """
    while True:
        port = random.randint(20_000, 32_000)
        with socket.socket() as probe, socket.socket() as beside:
            try:
                probe.bind(("127.0.0.1", port))
                beside.bind(("127.0.0.1", port - BESIDE))
            except OSError:
                continue
            return port


def wait_until(condition: Callable[[], bool], *, seconds: float, every: float = 0.02) -> bool:
    """Whether `condition` became true before the deadline; the one place where tests of processes wait."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def is_alive(pid: int) -> bool:
    """Whether the process still runs; one that ended and only awaits its parent's notice does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        # Gone a moment ago, or a system without /proc.
        return not Path("/proc/self").exists()


def leashed(command: Sequence[str], *, on_death: signal.Signals = signal.SIGTERM) -> list[str]:
    """The same command, which gets `on_death` when the calling process dies.

    Start it from the main thread: to the kernel the parent is the thread that forked.
    """
    return [sys.executable, "-I", "-S", str(_LEASH), str(int(on_death)), str(os.getpid()), *command]


@dataclass
class ServerProcess:
    """A running server, its base address and everything it printed."""

    url: str
    process: subprocess.Popen[bytes] | WarmProcess
    log_file: Path

    @property
    def pid(self) -> int:
        """The id of the server itself (not of a wrapper), for signals of a test's own."""
        return self.process.pid

    @property
    def log(self) -> str:
        """What the process and its children wrote to both outputs so far."""
        return self.log_file.read_text(errors="replace")

    def kill(self) -> None:
        """End it and its children at once, as a power cut would: SIGKILL to its whole group."""
        _signal_group(self.process.pid, signal.SIGKILL)
        self._ended(seconds=60)

    def stop(self) -> int:
        """Ask it to end (SIGTERM), insist after ten seconds, and answer its exit code; negative is a signal's number."""
        if self.process.poll() is None:
            self.process.terminate()
            if not self._ended(seconds=_GRACE_SECONDS):
                self.kill()
        # Children of a server that ended without waiting for them.
        _signal_group(self.process.pid, signal.SIGKILL)
        code = self.process.poll()
        assert code is not None
        return code

    def _ended(self, *, seconds: float) -> bool:
        return wait_until(lambda: self.process.poll() is not None, seconds=seconds)


def start_server(
    command: Sequence[str],
    *,
    url: str,
    env: Mapping[str, str],
    folder: Path,
    ready_path: str = "/health/ready",
    seconds: float = 30.0,
    warm: bool = False,
) -> ServerProcess:
    """Start `command` in `folder` and return once `url + ready_path` answers below 400; stop it with `stop` or `kill`.

    `env` is its whole environment: nothing of the developer's own reaches it. A `warm` one is a program of ours that need not
    import the product first. Raise NotReady with its log when it ends by
    itself or stays silent past the deadline.
    """
    log_file = folder / f"server-{url.rpartition(':')[2]}.log"
    process = WarmProcess(command, env=env, folder=folder, log_file=log_file) if warm else _cold(command, env, log_file)
    server = ServerProcess(url=url, process=process, log_file=log_file)
    ended_or_ready = wait_until(lambda: process.poll() is not None or _answers(url + ready_path), seconds=seconds)
    if process.poll() is not None or not ended_or_ready:
        code = server.stop()
        raise NotReady(f"{' '.join(command)} did not become ready (exit code {code}):\n{server.log}")
    return server


def _cold(command: Sequence[str], env: Mapping[str, str], log_file: Path) -> subprocess.Popen[bytes]:
    with log_file.open("ab") as log:
        return subprocess.Popen(
            leashed(command),
            cwd=log_file.parent,
            env=dict(env),
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


def openhours(*arguments: str) -> list[str]:
    """The command line `openhours …`, run from the sources by the python of the tests."""
    return [sys.executable, "-m", "entrypoints.cli", *arguments]


def environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """A clean environment for the product: its sources, UTF-8, warnings shown, and the settings given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "PYTHONPATH": str(SOURCE), "PYTHONUNBUFFERED": "1", "LANG": "C.UTF-8", **(settings or {})}


@contextmanager
def run_server(
    settings: Mapping[str, str],
    *,
    folder: Path,
    arguments: Sequence[str] = (),
    port: int | None = None,
    seconds: float = 30.0,
    warm: bool = True,
) -> Iterator[ServerProcess]:
    """`openhours serve` on a free port of the loopback, ready to answer, for as long as the block lasts."""
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    server = start_server(
        openhours("serve", "--host", "127.0.0.1", "--port", str(port), *arguments),
        url=url,
        env=environment({"OPENHOURS_PUBLIC_URL": url, **settings}),
        folder=folder,
        seconds=seconds,
        warm=warm,
    )
    try:
        yield server
    finally:
        server.stop()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status < 400)
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return False
    except OSError:
        return False


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return
