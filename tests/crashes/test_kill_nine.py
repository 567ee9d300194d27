"""`kill -9` between a payment and its effect: after a restart the visit is booked, charged once, told once, within 60 s."""

import asyncio
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from adapters.persistence.sql import open_storage
from servers.processes import ServerProcess, environment, free_port, openhours, start_server, wait_until
from support.clinic import Clinic
from support.clock import ManualClock

STEPS = (
    "between payment and confirmation",
    "between webhook and effect",
    "between commit and capture",
    "between capture and its record",
)
CARD = {
    "card_number": "4242 4242 4242 4242",
    "expiry": "12/39",
    "cvc": "123",
    "name": "Kim Doe",
    "email": "kim@example.com",
    "address_line": "Street 1",
    "city": "Town",
    "postal_code": "12345",
    "country": "US",
}


class Person:
    """A patient with a browser of their own; the page that is paid is the simulated provider's."""

    def __init__(self, url: str, number: int) -> None:
        self.email = f"kim{number}@example.com"
        # Servers come and go: no connection outlives its request.
        limits = httpx.Limits(max_keepalive_connections=0)
        self.client = httpx.Client(base_url=url, timeout=30, trust_env=False, limits=limits)

    def sign_in(self) -> None:
        chooser = self.client.get("/api/auth/google/start", params={"return_to": "/"}).headers["location"]
        form = {**dict(httpx.URL(chooser).params), "email": self.email, "name": "Kim Doe"}
        back = self.client.post("/simulator/google/authorize", data=form).headers["location"]
        self.client.get(back)
        token = self.client.post("/api/auth/refresh").json()["access_token"]
        self.client.headers["Authorization"] = f"Bearer {token}"

    def hold(self, doctor_id: str, starts_at: str) -> str:
        answer = self.client.post(
            "/api/appointments",
            json={"doctor_id": doctor_id, "starts_at": starts_at},
            headers={"Idempotency-Key": self.email},
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def pay(self, appointment_id: str) -> None:
        """The provider takes the card; whether we live to hear of it is another matter."""
        page = self.client.post(f"/api/appointments/{appointment_id}/checkout").json()["url"]
        try:
            self.client.post(page, data=CARD)
        except httpx.TransportError:
            return

    def see(self, appointment_id: str) -> dict[str, Any]:
        return dict(self.client.get(f"/api/appointments/{appointment_id}").json())

    def messages(self) -> list[str]:
        sent = self.client.get("/simulator/mailbox.json", params={"to": self.email}).json()
        return [message["subject"] for message in sent if message["subject"].startswith("You are booked")]


def test_recovers_from_a_kill_at_every_step(database_url: str, tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    config = {
        "OPENHOURS_DATABASE_URL": database_url,
        "OPENHOURS_PUBLIC_URL": url,
        "OPENHOURS_VAR": str(tmp_path / "var"),
    }

    whose = tmp_path / "whose"

    def start(command: list[str], more: Mapping[str, str]) -> ServerProcess:
        env = environment({**config, **more})
        env["PYTHONPATH"] += f":{Path(__file__).resolve().parents[1]}"
        return start_server(command, url=url, env=env, folder=tmp_path)

    def doomed(step: str) -> ServerProcess:
        command = [sys.executable, "-m", "uvicorn", "--factory", "crashes.doomed:create_app", "--port", str(port)]
        return start(command, {"DOOMED_AT": step, "DOOMED_BY": str(whose)})

    visits: list[tuple[Person, str]] = []
    starts = _slots(len(STEPS))
    doctor_id = asyncio.run(_open_doctor(database_url))
    for number, step in enumerate(STEPS):
        whose.unlink(missing_ok=True)
        server = doomed(step)
        try:
            person = Person(url, number)
            person.sign_in()
            visits.append((person, person.hold(doctor_id, starts[number])))
            whose.write_text(visits[-1][1])
            person.pay(visits[-1][1])
            assert wait_until(lambda server=server: server.process.poll() is not None, seconds=60), step
            assert server.process.returncode == -9, server.log
        finally:
            server.stop()

    survivor = start(openhours("serve", "--port", str(port)), {})
    try:
        recovered = wait_until(lambda: all(_is_well(*visit) for visit in visits), seconds=60, every=0.5)
        assert recovered, [(step, person.see(id)) for step, (person, id) in zip(STEPS, visits, strict=True)]
        for person, _ in visits:
            assert len(person.messages()) == 1
            person.client.close()
    finally:
        survivor.stop()


def _is_well(person: Person, appointment_id: str) -> bool:
    seen = person.see(appointment_id)
    return (seen["status"], seen["payment"]["status"], seen["meeting"]["status"]) == (
        "booked",
        "captured",
        "ready",
    ) and len(person.messages()) > 0


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
