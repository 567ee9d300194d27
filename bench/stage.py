"""What is measured: PostgreSQL with a town in it, and one worker of the product over it."""

import asyncio
import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from adapters.identity.access_tokens import JwtAccessTokens
from adapters.identity.jwt_keys import load_or_create
from adapters.kit.system import SystemClock
from adapters.persistence.sql import open_storage
from bench.load import get, post
from bench.seed import FIELDS, SLOTS_A_DAY, Size, doctor_id, fill, patient_id, slot_at
from bench.spent import seconds_of
from scheduling_core.access import Actor
from scheduling_core.ids import PatientId
from scheduling_core.use_cases.soonest import KeepOutlooks
from servers.databases import migrate
from servers.postgresql import PostgresqlServer
from servers.processes import ServerProcess, free_port, run_server
from support.clinic import TERMS

PUBLIC_URL = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Stage:
    """One server of each kind, the size of the town, and the requests that can be made of them."""

    size: Size
    database: PostgresqlServer
    url: str
    product: ServerProcess
    port: int
    tokens: JwtAccessTokens
    random: random.Random
    started_in: float
    """Seconds from the command to the first answer."""

    def spent(self) -> float:
        """Processor time of application and database together."""
        assert self.database.pid is not None
        return seconds_of(self.product.pid) + seconds_of(self.database.pid)

    def weeks(self, *, of: int | None = None, days: int = 7) -> Iterator[bytes]:
        """A doctor's slots for so many days from tomorrow on: of anybody, or of one of a few who are asked for again and again."""
        first = datetime.now(UTC).date() + timedelta(days=1)  # the servers' clock
        ready = [_slots(doctor, first, first + timedelta(days=days)) for doctor in range(of or self.size.doctors)]
        return _endless(lambda: self.random.choice(ready))

    def searches(self) -> Iterator[bytes]:
        """Who of a specialization is free first."""
        return _endless(lambda: get(f"/api/doctors?specialization={self.random.choice(FIELDS).replace(' ', '%20')}"))

    def reckon(self) -> None:
        """Do what a worker does every two seconds, and this bench's product, which is to deliver no tasks, does not."""

        async def all_of_them() -> None:
            storage = open_storage(self.url)
            try:
                keep = KeepOutlooks(storage, SystemClock(), TERMS)
                while await keep():
                    pass
            finally:
                await storage.close()

        asyncio.run(all_of_them())

    def holds(self, number: int) -> Iterator[bytes]:
        """So many wishes for a slot, of as many patients as there are; a tenth of them is booked already."""
        now = datetime.now(UTC)  # the servers' clock, as every date here
        wishes = []
        for _ in range(number):
            token, _ = self.tokens.issue(
                Actor.patient(PatientId(patient_id(self.random.randrange(self.size.patients)))), now=now
            )
            doctor = self.random.randrange(self.size.doctors)
            slot = slot_at(doctor, self.random.randint(2, 29), self.random.randrange(SLOTS_A_DAY), today=now)
            body = {"doctor_id": str(doctor_id(doctor)), "starts_at": f"{slot:%Y-%m-%dT%H:%M:%SZ}"}
            headers = f"Authorization: Bearer {token}\r\nIdempotency-Key: {uuid4()}\r\n"
            wishes.append(post("/api/appointments", json.dumps(body).encode(), headers))
        return iter(wishes)

    def mixed(self, number: int) -> Iterator[bytes]:
        """One hold among nineteen weeks."""
        holds, weeks = self.holds(number), self.weeks()
        while True:
            for _ in range(19):
                yield next(weeks)
            hold = next(holds, None)
            if hold is None:
                return
            yield hold


def _endless(make: Callable[[], bytes]) -> Iterator[bytes]:
    while True:
        yield make()


def _slots(doctor: int, first: date, last: date) -> bytes:
    return get(f"/api/doctors/{doctor_id(doctor)}/slots?from={first}&to={last}")


@contextmanager
def stage(size: Size, folder: Path, *, workers: int = 1) -> Iterator[Stage]:
    """Build it up, and take it down at the end."""
    database = PostgresqlServer(folder)
    database.start()
    try:
        url = database.url()
        migrate(url)
        asyncio.run(fill(url, size))
        keys = load_or_create(folder / "var" / "jwt-keys.json")
        settings = {
            "OPENHOURS_DATABASE_URL": url,
            "OPENHOURS_PUBLIC_URL": PUBLIC_URL,
            "OPENHOURS_VAR": str(folder / "var"),
            "OPENHOURS_RATE_LIMITS": "off",
            "OPENHOURS_RUN_TASKS": "off",
        }
        port, began = free_port(), time.perf_counter()
        arguments = ("--workers", str(workers))
        with run_server(settings, folder=folder, port=port, arguments=arguments, seconds=60, warm=False) as product:
            started_in = time.perf_counter() - began
            tokens = JwtAccessTokens(keys, issuer=PUBLIC_URL, audience=PUBLIC_URL)
            yield Stage(size, database, url, product, port, tokens, random.Random(7), started_in)
    finally:
        database.stop()
