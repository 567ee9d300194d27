"""Two server processes on one database, and rivals who all want the same."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import uuid4

import httpx

from adapters.identity.access_tokens import JwtAccessTokens
from adapters.identity.jwt_keys import load_or_create
from adapters.persistence.sql import open_storage
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor
from scheduling_core.hours import Hours
from scheduling_core.patient import Patient
from support.clinic import OPEN_ALL_DAY, Clinic
from support.clock import ManualClock

PUBLIC_URL = "http://127.0.0.1:8000"
"""What both servers call themselves, so that each takes the other's tokens."""
SETTINGS = {"OPENHOURS_PUBLIC_URL": PUBLIC_URL, "OPENHOURS_RATE_LIMITS": "off", "OPENHOURS_RUN_TASKS": "off"}
_SEEDS = count(1)


def settings_for(url: str, folder: Path) -> dict[str, str]:
    """The settings of each server: one database, one folder of keys."""
    return {**SETTINGS, "OPENHOURS_DATABASE_URL": url, "OPENHOURS_VAR": str(folder / "var")}


@dataclass
class Arena:
    """Requests go to the servers in turn."""

    clinic: Clinic
    tokens: JwtAccessTokens
    clients: Sequence[httpx.AsyncClient]
    ahead: Sequence[timedelta]
    """How much the clock of each server is ahead of ours; it must be shown tokens of its own time."""
    calls: int = 0

    async def doctor(self, hours: Hours = OPEN_ALL_DAY) -> Doctor:
        return await self.clinic.doctor(replace(hours, minimum_notice_minutes=0))

    async def patients(self, number: int) -> list[Patient]:
        return await self.clinic.patients(number)

    def slots(self, number: int, *, minutes: int = 30) -> list[datetime]:
        """The starts of so many slots from the next midnight but one, as the doctors of an arena offer them."""
        day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2)  # servers' clock
        return [day + timedelta(minutes=minutes * index) for index in range(number)]

    def turn(self, actor: Actor) -> tuple[httpx.AsyncClient, dict[str, str]]:
        """Whose turn it is, and what to show there."""
        self.calls += 1
        whose = self.calls % len(self.clients)
        token, _ = self.tokens.issue(actor, now=datetime.now(UTC) + self.ahead[whose])
        return self.clients[whose], {"Authorization": f"Bearer {token}"}

    async def hold(self, patient: Patient, doctor: Doctor, starts_at: datetime) -> str:
        """What came of it: the status, and the problem's name if there is one."""
        client, headers = self.turn(Actor.patient(patient.id))
        answer = await client.post(
            "/api/appointments",
            json={"doctor_id": str(doctor.id), "starts_at": starts_at.isoformat().replace("+00:00", "Z")},
            headers={**headers, "Idempotency-Key": str(uuid4())},
        )
        return (
            "201" if answer.status_code == 201 else f"{answer.status_code} {answer.json()['type'].rpartition('/')[2]}"
        )

    async def set_slot_length(self, doctor: Doctor, minutes: int) -> int:
        hours = {
            "time_zone": "UTC",
            "slot_minutes": minutes,
            "gap_minutes": 0,
            "minimum_notice_minutes": 0,
            "horizon_days": 30,
            "weekly": [{"weekday": day, "from": "00:00", "to": "24:00"} for day in WEEKDAYS],
            "overrides": [],
        }
        client, headers = self.turn(Actor.doctor(doctor.id))
        return (await client.put("/api/doctor/hours", json=hours, headers=headers)).status_code


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@asynccontextmanager
async def arena(
    url: str, folder: Path, addresses: Sequence[str], *, ahead: Sequence[timedelta] = (timedelta(), timedelta())
) -> AsyncIterator[Arena]:
    """The arena over servers that run already."""
    storage = open_storage(url)
    clinic = Clinic(storage, ManualClock(datetime.now(UTC)), seed=next(_SEEDS))
    keys = load_or_create(folder / "var" / "jwt-keys.json")
    limits = httpx.Limits(max_connections=60, keepalive_expiry=3)
    clients = [httpx.AsyncClient(base_url=address, timeout=60, limits=limits, trust_env=False) for address in addresses]
    try:
        yield Arena(clinic, JwtAccessTokens(keys, issuer=PUBLIC_URL, audience=PUBLIC_URL), clients, ahead)
    finally:
        for client in clients:
            await client.aclose()
        await clinic.close()
        await storage.close()


async def all_at_once(*requests: object) -> Counter[str]:
    """Send them together; how often each answer came."""
    return Counter(await asyncio.gather(*requests))  # type: ignore[arg-type]  # coroutines of one kind
