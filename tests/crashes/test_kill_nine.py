"""`kill -9` between a payment and its effect: after a restart the visit is booked, charged once, told once, within 60 s."""

import asyncio
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.persistence.sql import open_storage
from servers.processes import ServerProcess, environment, free_port, openhours, start_server, wait_until
from support.clinic import Clinic
from support.clock import ManualClock
from support.person import Person

STEPS = (
    "between payment and confirmation",
    "between webhook and effect",
    "between commit and capture",
    "between capture and its record",
)


class Place:
    """One database, and the servers that come and go over it."""

    def __init__(self, database_url: str, folder: Path) -> None:
        folder.mkdir()
        self.visits: list[tuple[Person, str]] = []
        self._port, self._folder, self._whose = free_port(), folder, folder / "whose"
        self._url = f"http://127.0.0.1:{self._port}"
        self._settings = {
            "OPENHOURS_DATABASE_URL": database_url,
            "OPENHOURS_PUBLIC_URL": self._url,
            "OPENHOURS_VAR": str(folder / "var"),
        }
        self._doctor_id = asyncio.run(_open_doctor(database_url))
        self._starts = _slots(len(STEPS))

    def die_at_every_step(self) -> None:
        """A server after the other takes a payment and is killed at its step."""
        for number, step in enumerate(STEPS):
            self._whose.unlink(missing_ok=True)
            command = [sys.executable, "-m", "uvicorn", "--factory", "crashes.doomed:create_app", "--port"]
            server = self._start([*command, str(self._port)], {"DOOMED_AT": step, "DOOMED_BY": str(self._whose)})
            try:
                self._visit(number)
                assert wait_until(lambda server=server: server.process.poll() is not None, seconds=60), step
                assert server.process.returncode == -9, server.log
            finally:
                server.stop()

    def _visit(self, number: int) -> None:
        person = Person(self._url, number)
        person.sign_in()
        self.visits.append((person, person.hold(self._doctor_id, self._starts[number])))
        self._whose.write_text(self.visits[-1][1])
        person.pay(self.visits[-1][1])

    def open_again(self) -> ServerProcess:
        """A server that nothing is wrong with."""
        return self._start(openhours("serve", "--port", str(self._port)), {})

    def is_well(self) -> bool:
        """Whether everybody is booked, charged, given a room and told, once."""
        return all(person.is_well(appointment_id) for person, appointment_id in self.visits)

    def outcome(self) -> list[object]:
        """What became of each visit."""
        visits = zip(STEPS, self.visits, strict=True)
        return [(step, person.see(visit), person.messages()) for step, (person, visit) in visits]

    def _start(self, command: list[str], more: Mapping[str, str]) -> ServerProcess:
        env = environment({**self._settings, **more})
        env["PYTHONPATH"] += f":{Path(__file__).resolve().parents[1]}"
        return start_server(command, url=self._url, env=env, folder=self._folder, warm=True)


def test_recovers_from_a_kill_at_every_step(sqlite_url: str, postgresql_url: str, tmp_path: Path) -> None:
    places = [Place(sqlite_url, tmp_path / "sqlite"), Place(postgresql_url, tmp_path / "postgresql")]
    # Both in one test, since each waits half a minute for what the dead had leased.
    with ExitStack() as servers:
        deadlines = []
        for place in places:
            place.die_at_every_step()
            servers.callback(place.open_again().stop)
            deadlines.append(time.monotonic() + 60)
        for place, deadline in zip(places, deadlines, strict=True):
            well = wait_until(lambda place=place: place.is_well(), seconds=deadline - time.monotonic(), every=0.5)
            assert well, (place, place.outcome())


def _slots(number: int) -> list[str]:
    day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2)
    return [(day + timedelta(minutes=30 * index)).strftime("%Y-%m-%dT%H:%M:%SZ") for index in range(number)]


async def _open_doctor(url: str) -> str:
    """A doctor who is open day and night, with patients of nobody's yet."""
    storage = open_storage(url)
    clinic = Clinic(storage, ManualClock(datetime.now(UTC)))
    try:
        return str((await clinic.doctor()).id)
    finally:
        await clinic.close()
        await storage.close()
