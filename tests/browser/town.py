"""Who lives where the browser goes: a few doctors, one who waits for approval, and an administrator."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from adapters.identity.passwords import Argon2Passwords
from adapters.persistence.sql import open_storage
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.hours import Hours, Span
from scheduling_core.ids import AdministratorId, DoctorId
from scheduling_core.money import Money
from scheduling_core.ports.accounts import Administrator, Credential
from support.chance import SeededChance

PASSWORD = "correct horse battery"
ADMINISTRATOR = "ada@example.com"

_ALL_DAY = (Span(0, 1440),)
_OFFICE = (Span(540, 750), Span(840, 1020))
_ZONES = (
    "Asia/Tokyo",
    "Asia/Dubai",
    "Europe/Athens",
    "America/Sao_Paulo",
    "America/Denver",
    "Pacific/Auckland",
    "Pacific/Honolulu",
)


@dataclass(frozen=True, slots=True)
class Practice:
    """A doctor as tests know them: whom to sign in as, what to look for, and where their clock is."""

    id: str
    name: str
    email: str
    zone: str


@dataclass(frozen=True, slots=True)
class Town:
    asha: Practice
    """Skin doctor in Kolkata, open 9:00 to 12:30 and 14:00 to 17:00 every day, $50 + 18 %."""
    noor: Practice
    """Open day and night, in a place where it is the middle of the day now."""
    pia: Practice
    """Has registered and waits."""


def found_town(url: str) -> Town:
    """Settle them in an empty database."""
    # A thread, because playwright's own loop may be running in this one.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, _found(url)).result()


def where_it_is_midday(now: datetime) -> str:
    """A zone whose clock is far from midnight, so that “today” has times to come and times gone."""
    return min(_ZONES, key=lambda zone: abs(now.astimezone(ZoneInfo(zone)).hour - 11))


async def _found(url: str) -> Town:
    storage, chance, now = open_storage(url), SeededChance(7), datetime.now(UTC)
    password = await Argon2Passwords().hash(PASSWORD)
    people = (
        ("Dr Asha Rao", "asha@example.com", "Skin (dermatology)", "Asia/Kolkata", _OFFICE, "Skin, hair and nails.", DoctorStatus.APPROVED),
        ("Dr Noor Haddad", "noor@example.com", "General practice", where_it_is_midday(now), _ALL_DAY, "", DoctorStatus.APPROVED),
        ("Dr Pia Lindqvist", "pia@example.com", "Eyes (ophthalmology)", "Europe/Stockholm", _OFFICE, "", DoctorStatus.PENDING),
    )  # fmt: skip
    practices = []
    try:
        async with storage.writing() as unit:
            for name, email, field, zone, spans, about, status in people:
                doctor = Doctor(
                    id=DoctorId(chance.new_id()),
                    name=name,
                    email=email,
                    phone="+15550100200",
                    specialization=field,
                    fee=Money(5000, "USD"),
                    languages=("English",),
                    about=about,
                    status=status,
                    created_at=now,
                )
                hours = Hours(
                    time_zone=zone,
                    slot_minutes=30,
                    gap_minutes=0,
                    minimum_notice_minutes=0,
                    horizon_days=60,
                    weekly=(spans,) * 7,
                    overrides={},
                )
                await unit.doctors.add(doctor, hours)
                await unit.accounts.add_credential(Credential(Actor.doctor(doctor.id), email, password))
                practices.append(Practice(str(doctor.id), name, email, zone))
            ada = Administrator(
                id=AdministratorId(chance.new_id()), name="Ada", email=ADMINISTRATOR, time_zone="UTC", created_at=now
            )
            await unit.accounts.add_administrator(ada)
            await unit.accounts.add_credential(Credential(Actor.administrator(ada.id), ADMINISTRATOR, password))
    finally:
        await storage.close()
    return Town(*practices)
