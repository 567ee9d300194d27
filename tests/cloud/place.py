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
from servers.processes import ServerProcess, environment, free_port, leashed, openhours, start_server, wait_until

_HOST = Path(__file__).with_name("lambda_host.py")
_PYTHON = [sys.executable, "-S"]
"""Nothing of the environment that tests run in is to be found."""


@dataclass(frozen=True)
class Place:
    """`folder` is where its processes write; `lib` is the release's. Every process sees the same simulators."""

    folder: Path
    lib: Path
    account: Account

    def settings(self, url: str, *secrets: str) -> dict[str, str]:
        settings = {"OPENHOURS_PUBLIC_URL": url, "OPENHOURS_VAR": str(self.folder / "var")}
        return environment(self.account.environment(*secrets, **settings))

    def instance(self, url: str) -> ServerProcess:
        """One of the release, that answers at that address."""
        command = [*_PYTHON, "-m", "entrypoints.cli", *_serving(url)]
        return start_server(command, url=url, env=self._released(url), folder=self.folder, seconds=120)

    def quick_instance(self, url: str) -> ServerProcess:
        """One for people who ask at that address, from the sources, which starts in no time."""
        here = an_address()
        command = openhours(*_serving(here))
        return start_server(command, url=here, env=self.settings(url), folder=self.folder, seconds=120, warm=True)

    @contextmanager
    def functions(self, url: str) -> Iterator[subprocess.Popen[bytes]]:
        """Lambda, which has migrated the database and empties the queues; killed in the end, as a power cut would."""
        queues = self.account.queues
        named = {"notifications": "notification", "feedback": "feedback", "integrations": "integration"}
        arguments = ["migrate", *(f"{handler}={queues[group]}" for handler, group in named.items()), "relay="]
        log = self.folder / "functions.log"
        log.write_bytes(b"")
        with log.open("ab") as output:
            process = subprocess.Popen(
                leashed([*_PYTHON, str(_HOST), *arguments]),
                # It migrates too, as the owner.
                env=self._released(url, "owner"),
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

    def _released(self, url: str, *secrets: str) -> dict[str, str]:
        return {**self.settings(url, *secrets), "PYTHONPATH": str(self.lib)}


def an_address() -> str:
    """At which nobody answers yet."""
    return f"http://127.0.0.1:{free_port()}"


def kill(process: subprocess.Popen[bytes]) -> None:
    """At once, with all that it has begun."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(60)


def _serving(url: str) -> list[str]:
    return ["serve", "--host", "127.0.0.1", "--port", url.rpartition(":")[2]]
