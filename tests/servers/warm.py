"""Processes of the product that need not import it again: forked from one that did so once.

To import the product takes longer than most tests. Each test process has a parent of its own for them, started with the first
and leashed to it. That the product also starts from nothing is what tests/tooling/test_product_process.py shows.
"""

import atexit
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from servers.leash import die_with_parent

PROGRAMS = ("entrypoints.cli", "uvicorn")
"""Modules whose `main()` takes its arguments from sys.argv."""


class WarmProcess:
    """One that runs `main()` of a module; it has of subprocess.Popen what tests use."""

    def __init__(self, command: Sequence[str], *, env: Mapping[str, str], folder: Path, log_file: Path) -> None:
        """`command` is `python -m MODULE argument …` with a module of PROGRAMS."""
        _, dash_m, module, *arguments = command
        assert (dash_m, module in PROGRAMS) == ("-m", True), command
        wanted = {
            "module": module,
            "arguments": arguments,
            "env": dict(env),
            "folder": str(folder),
            "log": str(log_file),
        }
        self._parent = _parent()
        self.pid = int(self._parent.ask({"start": wanted}))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        if self.returncode is None:
            self.returncode = self._parent.ask({"poll": self.pid})
        return self.returncode

    def terminate(self) -> None:
        """SIGTERM, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)


class _Parent:
    """Our end of the line to the process that forks."""

    def __init__(self) -> None:
        from servers.processes import environment, leashed  # noqa: PLC0415  # which build on this module

        ours, theirs = socket.socketpair()
        with theirs:
            fd = theirs.fileno()
            command = leashed([sys.executable, "-P", str(Path(__file__)), str(fd)])
            env = environment()
            env["PYTHONPATH"] += f":{Path(__file__).parents[1]}"
            self._process = subprocess.Popen(command, env=env, pass_fds=[fd], stdin=subprocess.DEVNULL)
        self._line = ours.makefile("rw", encoding="utf-8", buffering=1)
        self._lock = threading.Lock()
        ours.close()
        atexit.register(self.close)

    def ask(self, question: Mapping[str, object]) -> Any:
        with self._lock:
            self._line.write(json.dumps(question) + "\n")
            return json.loads(self._line.readline())

    def close(self) -> None:
        """Its children end with it."""
        self._line.close()
        self._process.wait(10)


@cache
def _parent() -> _Parent:
    return _Parent()


def _serve(line: socket.socket) -> None:
    """Fork for whoever asks, until nobody can any more."""
    importlib.import_module("entrypoints.asgi")
    importlib.import_module("uvicorn.protocols.http.httptools_impl")
    importlib.import_module("uvloop")
    importlib.import_module("asyncpg")
    importlib.import_module("aiosqlite")
    questions = line.makefile("r", encoding="utf-8")
    for question in questions:
        asked = json.loads(question)
        if "start" in asked:
            pid = os.fork()
            if pid == 0:
                line.close()
                questions.close()
                _become(**asked["start"])
            answer: int | None = pid
        else:
            ended, status = os.waitpid(asked["poll"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if ended else None
        line.sendall(f"{json.dumps(answer)}\n".encode())


def _become(module: str, arguments: list[str], env: dict[str, str], folder: str, log: str) -> None:
    """Be as if `python -m module arguments…` had been started here. Never returns."""
    code = 1
    try:
        die_with_parent(signal.SIGTERM)
        os.setsid()
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(env)
        out = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        for fd in (1, 2):
            os.dup2(out, fd)
        sys.stdout = open(1, "w", buffering=1, closefd=False)  # noqa: SIM115  # for as long as the process
        sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115
        sys.path[:0] = [entry for entry in env.get("PYTHONPATH", "").split(":") if entry not in sys.path]
        sys.argv = [module, *arguments]
        code = importlib.import_module(module).main() or 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1
    except BaseException:  # noqa: BLE001  # what escaped here would go on as a second parent
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
