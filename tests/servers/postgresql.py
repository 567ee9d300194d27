"""One PostgreSQL server in a folder of its own: started, stopped, killed and started again."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from pwd import getpwnam

from servers.errors import NotReady
from servers.locate import postgresql_programs
from servers.processes import free_port, is_alive, leashed, wait_until

_USER = "openhours"
_START_SECONDS = 30.0
_STOP_SECONDS = 20.0

# Nothing here must outlive the machine, so nothing waits for the disk.
_HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    # The races that run without our locks do deadlock, over and over; the server's own second of patience adds up to their limit.
    "deadlock_timeout": "100ms",
    "timezone": "UTC",
    "jit": "off",
}


@dataclass
class PostgresqlServer:
    """A server whose data lives in `folder`; `durable` ones write through to the disk, for tests that kill them."""

    folder: Path
    durable: bool = False
    port: int = field(default_factory=free_port)
    settings: Mapping[str, str] = field(default_factory=dict)
    """Beside those that every server of the tests has."""
    _process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases; no password, reachable from this machine alone."""
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{database}"

    @property
    def pid(self) -> int | None:
        """The id of the running server process, None while it does not run."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Return once it accepts connections; the data folder is made on the first start. Raise Missing or NotReady."""
        programs = postgresql_programs()
        data = self.folder / "data"
        if not data.exists():
            self._initialise(programs, data)
        settings = (_SETTINGS if self.durable else _SETTINGS | _HASTY) | self.settings
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [*_as_nobody(), str(programs / "postgres"), "-D", str(data), "-p", str(self.port), *options]
        with self._log_file.open("ab") as log:
            # SIGQUIT, since its owner is gone and nobody needs the data.
            self._process = subprocess.Popen(
                leashed(command, on_death=signal.SIGQUIT),
                cwd=self.folder,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        wait_until(lambda: self._accepts(data) or self.pid is None, seconds=_START_SECONDS)
        if not self._accepts(data):
            self.kill()
            raise NotReady(f"PostgreSQL did not start:\n{self._log_file.read_text(errors='replace')}")

    def stop(self) -> None:
        """End it in order, breaking open connections."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End it at once, as a power cut would; the next start recovers from its log."""
        self._end(signal.SIGKILL)

    @property
    def _log_file(self) -> Path:
        return self.folder / "postgresql.log"

    def _initialise(self, programs: Path, data: Path) -> None:
        command = [*_as_nobody(), str(programs / "initdb"), "-D", str(data), "-U", _USER, "-A", "trust", "--no-sync"]
        # C.UTF-8: the same order on every machine, and lower() still knows letters beyond ASCII.
        command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotReady(f"initdb failed:\n{done.stdout}{done.stderr}")

    def _accepts(self, data: Path) -> bool:
        # PostgreSQL writes its id and its state into this file (lines 1 and 8); no driver is needed to read them. The id is
        # the same inside the namespace, which is one of users only.
        try:
            lines = (data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return self.pid is not None and len(lines) > 7 and lines[7].strip() == "ready" and lines[0] == str(self.pid)

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        children = _children(process.pid)
        if process.poll() is None:
            process.send_signal(number)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        # Children of a killed server notice within moments; a start before that is refused, for the memory they still hold.
        wait_until(lambda: not any(map(is_alive, children)), seconds=_STOP_SECONDS)


def _as_nobody() -> list[str]:
    """PostgreSQL refuses to run as root: a namespace in which root bears another name spares creating a user."""
    if os.geteuid() != 0:
        return []
    unshare = shutil.which("unshare")
    if unshare is None:
        raise NotReady("PostgreSQL does not run as root, and `unshare` (util-linux) is not installed")
    nobody = getpwnam("nobody")
    return [unshare, "-U", f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}"]


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
