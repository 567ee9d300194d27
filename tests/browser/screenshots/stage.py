"""The product over demonstration data, at an hour that is always the same: pictures do not depend on when they are taken."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from servers.processes import environment, free_port, openhours, run_server

CURTAIN = datetime(2027, 5, 12, 14, 52, tzinfo=UTC)
"""A Wednesday in spring, 10:52 in New York: eight minutes before a visit of the doctor whom one signs in as."""
_WRITTEN = CURTAIN - timedelta(minutes=30)


def write_play(folder: Path) -> None:
    """Fill an empty folder with the demonstration of that morning."""
    for command in ("migrate", "demo"):
        subprocess.run(openhours(command), cwd=folder, env=environment(_settings(folder, _WRITTEN)), check=True)


@contextmanager
def demonstration() -> Iterator[str]:
    """The product over the play, without the pictures: what it is served at."""
    with tempfile.TemporaryDirectory() as name:
        play = Path(name) / "play"
        play.mkdir()
        write_play(play)
        stage = Stage(play, play.with_name("stage"))
        stage.open()
        try:
            yield stage.url
        finally:
            stage.close()


class Stage:
    """The product over its own copy of the play, on one port; `now` is what its clock shows while it is open."""

    def __init__(self, play: Path, folder: Path) -> None:
        shutil.copytree(play, folder)
        self._folder, self._port = folder, free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._running = ExitStack()
        self._behind = timedelta()

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + self._behind

    def open(self, at: datetime = CURTAIN) -> None:
        """Serve, from that moment on."""
        self._behind = at - datetime.now(UTC)
        settings = _settings(self._folder, at)
        self._running.enter_context(run_server(settings, folder=self._folder, port=self._port, seconds=60))

    def close(self) -> None:
        self._running.close()

    @contextmanager
    def later(self, at: datetime) -> Iterator[None]:
        """It is that moment while the block lasts, and again what it was when it ends."""
        before = self.now
        self.close()
        self.open(at)
        try:
            yield
        finally:
            self.close()
            self.open(before)


def _settings(folder: Path, at: datetime) -> Mapping[str, str]:
    return {
        "OPENHOURS_VAR": str(folder / "var"),
        "OPENHOURS_RATE_LIMITS": "off",
        "OPENHOURS_CLOCK_OFFSET": str(round((at - datetime.now(UTC)).total_seconds())),
    }
