"""What is measured: the product over a town, and the requests that can be made of it."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from math import gcd
from pathlib import Path
from random import Random
from uuid import uuid4

import uvloop

from adapters.identity.access_tokens import JwtAccessTokens
from adapters.identity.jwt_keys import load_or_create
from adapters.kit.system import SystemClock
from adapters.persistence.sql import open_storage
from bench.load import get, load, post
from bench.seed import FIELDS, HORIZON_DAYS, SLOTS_A_DAY, Size, doctor_id, patient_id, slot_at
from bench.spent import seconds_of
from bench.town import PASSWORD, SIGNING_IN, Town, town
from scheduling_core.access import Actor
from scheduling_core.ids import PatientId
from scheduling_core.use_cases.soonest import KeepOutlooks
from servers.postgresql import PostgresqlServer
from servers.processes import ServerProcess, free_port, run_server
from support.clinic import TERMS

PUBLIC_URL = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor time in seconds; SQLite is part of the application."""

    application: float
    database: float

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.application - other.application, self.database - other.database)

    @property
    def both(self) -> float:
        return self.application + self.database


@dataclass(frozen=True, slots=True)
class Stage:
    """The product over a town, and the requests that can be made of it."""

    size: Size
    database: PostgresqlServer | None
    url: str
    product: ServerProcess
    port: int
    tokens: JwtAccessTokens
    random: Random
    turns: Iterator[int]
    started_in: float
    """Seconds from the command to the first answer."""
    var: Path
    """Where the product keeps its secrets."""

    def spent(self) -> Spent:
        """Processor time of application and database so far."""
        database = self.database.pid if self.database is not None else None
        return Spent(seconds_of(self.product.pid), seconds_of(database) if database is not None else 0.0)

    def weeks(self, *, of: int | None = None, days: int = 7) -> Iterator[bytes]:
        """A doctor's slots for so many days from tomorrow on: of anybody, or of one of a few who are asked for again and again."""
        first = datetime.now(UTC).date() + timedelta(days=1)  # the servers' clock
        ready = [
            _slots(doctor, first, first + timedelta(days=days))
            for doctor in range(min(of or self.size.doctors, self.size.doctors))
        ]
        return _endless(lambda: self.random.choice(ready))

    def weeks_once(self, *, days: int) -> Iterator[bytes]:
        """As `weeks`, but no doctor for the same dates twice: nothing that was kept answers them."""
        today = datetime.now(UTC).date()  # the servers' clock
        begins = HORIZON_DAYS - days
        questions = self.size.doctors * begins
        # A stride that has no divisor in common with their number comes by each of them once.
        stride = next(each for each in count(questions * 5 // 8 + 1) if gcd(each, questions) == 1)
        for turn in range(questions):
            doctor, day = divmod(turn * stride % questions, begins)
            first = today + timedelta(days=1 + day)
            yield _slots(doctor, first, first + timedelta(days=days))

    def searches(self, *, anew: bool = False) -> Iterator[bytes]:
        """Who of a specialization is free first; `anew` those who speak English as well, which all do: no such page is kept."""
        also = "&language=English" if anew else ""
        return _endless(
            lambda: get(f"/api/doctors?specialization={self.random.choice(FIELDS).replace(' ', '%20')}{also}")
        )

    def filtered(self) -> Iterator[bytes]:
        """Who of a specialization is not too dear, speaks English, is well spoken of, and is free within three days."""
        by = f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%dT%H:%M:%SZ}"  # the servers' clock

        def one() -> bytes:
            field = self.random.choice(FIELDS).replace(" ", "%20")
            fee = self.random.randrange(6_000, 14_000, 1_000)
            rest = f"max_fee={fee}&language=English&min_rating=4&available_before={by}"
            return get(f"/api/doctors?specialization={field}&{rest}")

        return _endless(one)

    def sign_ins(self) -> Iterator[bytes]:
        """Doctors who sign in with their password."""

        def one() -> bytes:
            email = f"doctor{self.random.randrange(min(SIGNING_IN, self.size.doctors))}@example.com"
            return post("/api/auth/sign-in", json.dumps({"email": email, "password": PASSWORD}).encode(), "")

        return _endless(one)

    def own_visits(self, number: int, *, when: str = "past") -> Iterator[bytes]:
        """So many patients who look at what they have had."""
        now = datetime.now(UTC)  # the servers' clock
        asked = []
        for _ in range(number):
            me = self.random.randrange(self.size.patients)
            asked.append(get(f"/api/appointments?when={when}", token=self._token(me, now)))
        return iter(asked)

    def _token(self, patient: int, now: datetime) -> str:
        me = Actor.patient(PatientId(patient_id(patient)))
        return self.tokens.issue(me, now=now)[0]

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

    def holds(self, number: int, *, of: int | None = None, known: bool = False) -> Iterator[bytes]:
        """So many wishes for a slot of anybody, or of one of a few, a tenth of which is booked already, of the patients' second
        half: the first is pgbench's. Who is `known` has asked for something before with the same token, as everybody has who
        comes from a page: its bell asks for news.
        """
        now = datetime.now(UTC)  # the servers' clock, as every date here
        half, doctors = self.size.patients // 2, min(of or self.size.doctors, self.size.doctors)
        tokens = [self._token(half + next(self.turns) % half, now) for _ in range(number)]
        if known:
            bells = iter([get("/api/me/notifications?limit=1", token=token) for token in tokens])
            uvloop.run(load(self.port, bells, connections=16, seconds=60)).require(200)
        wishes = []
        for token in tokens:
            doctor = self.random.randrange(doctors)
            slot = slot_at(doctor, self.random.randint(2, 29), self.random.randrange(SLOTS_A_DAY), today=now)
            body = {"doctor_id": str(doctor_id(doctor)), "starts_at": f"{slot:%Y-%m-%dT%H:%M:%SZ}"}
            headers = f"Authorization: Bearer {token}\r\nIdempotency-Key: {uuid4()}\r\n"
            wishes.append(post("/api/appointments", json.dumps(body).encode(), headers))
        return iter(wishes)


def mixed(holds: Iterator[bytes], among: Iterator[bytes]) -> Iterator[bytes]:
    """One hold among nineteen of others, until there are no more holds."""
    while True:
        yield from islice(among, 19)
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
def served(
    town: Town, *, workers: int = 1, tasks: bool = False, settings: Mapping[str, str] | None = None
) -> Iterator[Stage]:
    """The product over a town; with `tasks` it also does a worker's part, as it does wherever nobody says otherwise."""
    var = town.folder / "var"
    keys = load_or_create(var / "jwt-keys.json")
    wanted = {
        "OPENHOURS_DATABASE_URL": town.url,
        "OPENHOURS_PUBLIC_URL": PUBLIC_URL,
        "OPENHOURS_VAR": str(var),
        "OPENHOURS_RATE_LIMITS": "off",
        **({} if tasks else {"OPENHOURS_RUN_TASKS": "off"}),
        **(settings or {}),
    }
    port, began = free_port(), time.perf_counter()
    arguments = ("--workers", str(workers))
    with run_server(wanted, folder=town.folder, port=port, arguments=arguments, seconds=60, warm=False) as product:
        started_in = time.perf_counter() - began
        tokens = JwtAccessTokens(keys, issuer=PUBLIC_URL, audience=PUBLIC_URL)
        yield Stage(town.size, town.database, town.url, product, port, tokens, town.random, town.turns, started_in, var)


@contextmanager
def stage(size: Size, folder: Path, *, settings: Mapping[str, str] | None = None) -> Iterator[Stage]:
    """A town and one worker of the product over it."""
    with town(size, folder) as built, served(built, settings=settings) as product:
        yield product
