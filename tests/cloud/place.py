"""A deployment that runs: instances of a release and the handlers of its queues, out of what the release holds alone."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cloud.account import Account
from servers.processes import ServerProcess, environment, free_port, leashed, start_server, wait_until

_HOST = Path(__file__).with_name("lambda_host.py")
_PYTHON = [sys.executable, "-S"]
"""Nothing of the environment that tests run in is to be found."""


@dataclass(frozen=True)
class Place:
    """`folder` is where its processes write; `lib` is the release's. Every process sees the same simulators."""

    folder: Path
    lib: Path
    account: Account

    def settings(self, url: str) -> dict[str, str]:
        settings = {"OPENHOURS_PUBLIC_URL": url, "OPENHOURS_VAR": str(self.folder / "var"), "PYTHONPATH": str(self.lib)}
        return environment(self.account.environment(**settings))

    def instance(self, url: str = "") -> ServerProcess:
        """One that answers, for people who ask at `url` (default: itself)."""
        here = f"http://127.0.0.1:{free_port()}"
        port = here.rpartition(":")[2]
        command = [*_PYTHON, "-m", "entrypoints.cli", "serve", "--host", "127.0.0.1", "--port", port]
        return start_server(command, url=here, env=self.settings(url or here), folder=self.folder, seconds=120)

    def call(self, handler: str, event: str = "{}") -> str:
        """What one invocation of a handler answers."""
        code = f"from entrypoints.aws_lambda import {handler}; print({handler}.handler({event}, None))"
        done = subprocess.run(
            [*_PYTHON, "-c", code],
            env=self.settings("http://127.0.0.1:1"),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @contextmanager
    def functions(self, url: str, *, relay: bool = True) -> Iterator[subprocess.Popen[bytes]]:
        """Lambda, which empties the queues."""
        queues = self.account.queues
        named = {"notifications": "notification", "feedback": "feedback", "integrations": "integration"}
        arguments = [f"{handler}={queues[group]}" for handler, group in named.items()]
        log = self.folder / "functions.log"
        log.write_bytes(b"")
        with log.open("ab") as output:
            process = subprocess.Popen(
                leashed([*_PYTHON, str(_HOST), *arguments, *(["relay="] if relay else [])]),
                env=self.settings(url),
                cwd=self.folder,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            begun = wait_until(lambda: b"ready" in log.read_bytes() or process.poll() is not None, seconds=120)
            assert begun, log.read_text()
            assert process.poll() is None, log.read_text()
            yield process
        finally:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """As a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(60)
