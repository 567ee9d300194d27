"""Servers of others that stand in for real providers: each in an environment of its own, from a hashed lock.

To add one: its packages in a folder of its own under `python` or `npm`, and a line in PEERS. `make test-servers` installs it,
`shared_peer(name)` starts it when a test first asks and ends it with the run.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from servers.errors import Missing
from servers.processes import BESIDE, ServerProcess, free_port, start_server

_HERE = Path(__file__).parent
_PROGRAMS = Path(sys.prefix) / "bin"

Run = Callable[[Sequence[str], Path, Mapping[str, str]], None]


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A server and what it is installed from. `command` is told the folder of its packages, its port and its state's folder."""

    packages: Path
    command: Callable[[Path, int, Path], Sequence[str]]
    ready_path: str
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def lock(self) -> Path:
        name = "requirements.lock" if self.packages.parent.name == "python" else "package-lock.json"
        return self.packages / name

    @property
    def installed(self) -> Path:
        """The folder of its packages, for as long as they are those of the lock. Raise Missing."""
        note = self._note
        if note.exists() and note.read_text() == self._digest():
            return note.parent
        raise Missing(f"{self.packages.name}, which tests stand on, is not installed: run `make test-servers`")

    def install(self, run: Run) -> None:
        """Make it what the lock says; `run` runs a command in a folder and an environment."""
        if self.lock.suffix == ".lock":
            shutil.rmtree(self._note.parent, ignore_errors=True)
            uv, env = str(_PROGRAMS / "uv"), {**os.environ, "VIRTUAL_ENV": str(self._note.parent)}
            run([uv, "venv", "--quiet", "--python", sys.executable, str(self._note.parent)], self.packages, env)
            run([uv, "pip", "install", "--quiet", "--require-hashes", "-r", self.lock.name], self.packages, env)
        else:
            npm = [str(_PROGRAMS / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            run(npm, self.packages, {**os.environ, "PATH": f"{_PROGRAMS}{os.pathsep}{os.environ['PATH']}"})
        self._note.write_text(self._digest())

    @property
    def _note(self) -> Path:
        return self.packages / (".venv" if self.lock.suffix == ".lock" else "node_modules") / ".openhours"

    def _digest(self) -> str:
        return hashlib.sha256(self.lock.read_bytes()).hexdigest()


class PeerServer:
    """One of them, running on a free port of the loopback alone."""

    def __init__(self, peer: Peer, folder: Path) -> None:
        self._peer = peer
        self._folder = folder
        self._server: ServerProcess | None = None
        self._port = free_port()

    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int | None:
        """The id of the running process, None while it does not run."""
        return self._server.pid if self._server and self._server.process.poll() is None else None

    def start(self) -> None:
        """Return once it answers. Raise Missing or NotReady."""
        command = self._peer.command(self._peer.installed, self._port, self._folder)
        env = {"PATH": f"{_PROGRAMS}{os.pathsep}{os.environ['PATH']}", "HOME": str(self._folder), **self._peer.env}
        self._server = start_server(
            command, url=self.url(), env=env, folder=self._folder, ready_path=self._peer.ready_path
        )

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()


def _localstripe(installed: Path, port: int, state: Path) -> list[str]:
    return [str(installed / "bin" / "python"), str(_HERE / "python" / "localstripe" / "serve.py"), str(port)]


def _ministack(installed: Path, port: int, state: Path) -> list[str]:
    python, serve = installed / "bin" / "python", _HERE / "python" / "ministack" / "serve.py"
    return [str(python), str(serve), str(port), str(state), str(port - BESIDE)]


def _emulate(installed: Path, port: int, state: Path) -> list[str]:
    program = installed / "emulate" / "dist" / "index.js"
    return [str(_PROGRAMS / "node"), str(program), "start", "--service", "stripe", "--port", str(port)]


def _openid(installed: Path, port: int, state: Path) -> list[str]:
    return [str(_PROGRAMS / "node"), str(installed.parent / "serve.mjs"), str(port)]


PEERS: Mapping[str, Peer] = {
    "localstripe": Peer(
        packages=_HERE / "python" / "localstripe", command=_localstripe, ready_path="/js.stripe.com/v3/"
    ),
    "ministack": Peer(packages=_HERE / "python" / "ministack", command=_ministack, ready_path="/_ministack/health"),
    "emulate": Peer(packages=_HERE / "npm" / "emulate", command=_emulate, ready_path="/v1/customers"),
    "openid": Peer(
        packages=_HERE / "npm" / "openid", command=_openid, ready_path="/ready/.well-known/openid-configuration"
    ),
}
