"""The product as a process that browsers visit: it can be stopped, started again, and started later."""

import json
import os
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from browser.town import PASSWORD, Town, found_town
from servers.databases import fresh_sqlite
from servers.processes import ServerProcess, environment, free_port, openhours, run_server, wait_until


class House:
    """One server on one port over one database with a town in it; `settings` beside those that it needs.

    With a `demonstration` the product's own people live there, too.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None, *, demonstration: bool = False) -> None:
        database = fresh_sqlite(folder)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._settings = {
            "OPENHOURS_DATABASE_URL": database,
            "OPENHOURS_VAR": str(folder / "var"),
            "OPENHOURS_RATE_LIMITS": "off",
            # A client built elsewhere can be tried without disturbing the checkout's.
            **({"OPENHOURS_WEB": os.environ["OPENHOURS_WEB"]} if "OPENHOURS_WEB" in os.environ else {}),
            **(settings or {}),
        }
        if demonstration:
            # It wants an empty database.
            subprocess.run(openhours("demo"), cwd=folder, env=environment(self._settings), check=True)
        self.town: Town = found_town(database)
        self._running = ExitStack()
        self._server: ServerProcess | None = None

    def open(self, *, minutes_later: int = 0) -> None:
        """Serve. The same port, keys and data each time; the clock may be ahead."""
        settings = {**self._settings, "OPENHOURS_CLOCK_OFFSET": str(60 * minutes_later)}
        self._server = self._running.enter_context(
            run_server(settings, folder=self._folder, port=self.port, seconds=60)
        )

    def close(self) -> None:
        """Nobody answers any more."""
        self._running.close()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Out of order for as long as the block lasts."""
        self.close()
        try:
            yield
        finally:
            self.open()

    @contextmanager
    def later(self, *, minutes: int) -> Iterator[None]:
        """Some minutes go by for the server while the block lasts."""
        self.close()
        self.open(minutes_later=minutes)
        try:
            yield
        finally:
            self.close()
            self.open()

    @property
    def log(self) -> str:
        """What the server printed."""
        return self._server.log if self._server else ""

    @property
    def kept(self) -> str:
        """All that lies in its folder, databases and their journals included, as far as it is text."""
        texts = []
        for path in [path for path in self._folder.rglob("*") if path.is_file()]:
            # A journal may end between being seen and being read.
            with suppress(FileNotFoundError):
                texts.append(path.read_bytes().decode(errors="replace"))
        return "\n".join(texts)

    def mails(self, to: str, *, about: str) -> list[dict[str, Any]]:
        """The letters to somebody whose subject begins so, as soon as there is one."""
        found: list[dict[str, Any]] = []

        def look() -> bool:
            with urllib.request.urlopen(f"{self.url}/simulator/mailbox.json?to={quote(to)}", timeout=20) as answer:
                found[:] = [mail for mail in json.load(answer) if mail["subject"].startswith(about)]
            return bool(found)

        wait_until(look, seconds=30, every=0.2)
        return found

    def register(self, *, name: str, email: str) -> None:
        """A doctor registers, and waits for approval."""
        body = {
            "name": name,
            "email": email,
            "password": PASSWORD,
            "phone": "+4730123456",
            "specialization": "Surgery",
            "fee": {"amount": 5000, "currency": "USD"},
            "time_zone": "Europe/Oslo",
        }
        request = urllib.request.Request(
            f"{self.url}/api/auth/doctors", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=20):
            return
