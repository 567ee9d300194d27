"""A town as large as asked for, made inside the database: doctors of four zones, patients, visits past and to come.

Everything follows from numbers, so that the load knows every id without asking.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg

from adapters.persistence.sql_guards import DOCTOR_GUARD, PERSON_GUARD, POSTGRESQL_GUARDS

ZONES = ("UTC", "Europe/Berlin", "America/Chicago", "Asia/Tokyo")
FIELDS = (
    "General practice",
    "Dermatology",
    "Cardiology",
    "Neurology",
    "Pediatrics",
    "Psychiatry",
    "Urology",
    "Oncology",
)
OPENS, SLOTS_A_DAY = 8, 20
"""Open from eight for ten hours, in visits of half an hour, every day."""
HORIZON_DAYS = 60
TAKEN_OF_TEN = 1
"""How many of ten slots of the coming days are booked: as many bookings of a random slot find it taken."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many doctors, patients and past visits; `days_ahead` are partly booked."""

    doctors: int
    patients: int
    past: int
    days_ahead: int = 30


def doctor_id(number: int) -> UUID:
    return UUID(f"d0000000-0000-4000-8000-{number:012x}")


def patient_id(number: int) -> UUID:
    return UUID(f"a0000000-0000-4000-8000-{number:012x}")


def slot_at(doctor: int, day: int, slot: int, *, today: datetime) -> datetime:
    """When this slot of the doctor's begins, `day` days after their today."""
    zone = ZoneInfo(ZONES[doctor % len(ZONES)])
    local = (today.astimezone(zone) + timedelta(days=day)).replace(hour=OPENS, minute=0, second=0, microsecond=0)
    return (local + timedelta(minutes=30 * slot)).astimezone(UTC)


_DOCTOR = "('d0000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid"
_PATIENT = "('a0000000-0000-4000-8000-' || lpad(to_hex({}), 12, '0'))::uuid"
_ZONE = "(array['UTC', 'Europe/Berlin', 'America/Chicago', 'Asia/Tokyo'])[1 + n % 4]"

_DAY = '[{"start_minute":480,"end_minute":1080}]'
_HOURS = f"""
INSERT INTO hours (doctor_id, time_zone, slot_minutes, gap_minutes, minimum_notice_minutes, horizon_days, weekly, overrides)
SELECT {_DOCTOR}, {_ZONE}, 30, 0, 60, {HORIZON_DAYS}, $2::text, '{{}}' FROM generate_series(0, $1::int - 1) n"""
_PEOPLE = (
    f"""
INSERT INTO doctors (id, name, email, phone, specialization, fee, currency, languages, qualifications, about, status,
    status_reason, created_at, version, folded)
SELECT {_DOCTOR}, 'Dr Number ' || n, 'doctor' || n || '@example.com', '+15550100200',
    (array{list(FIELDS)!r})[1 + n / 4 % 8], 4000 + n % 100 * 100, 'USD', '["English"]', 'MD', 'Seen for measuring.', 'approved',
    '', now() - interval '400 days', 1, 'dr number ' || n
FROM generate_series(0, $1::int - 1) n""",
    f"INSERT INTO schedules (doctor_id, version) SELECT {_DOCTOR}, 0 FROM generate_series(0, $1::int - 1) n",
    f"INSERT INTO ratings (doctor_id, stars, given) SELECT {_DOCTOR}, 45, 10 FROM generate_series(0, $1::int - 1) n",
)  # fmt: skip
_PATIENTS = (
    f"""
INSERT INTO patients (id, issuer, subject, name, email, time_zone, created_at, phone, version)
SELECT {_PATIENT.format("n")}, 'https://measured.example.com', n::text, 'Patient Number ' || n, 'patient' || n ||
    '@example.com', 'Europe/Berlin', now() - interval '400 days', '+15550100300', 1 FROM generate_series(0, $1::int - 1) n""",
    (
        f"INSERT INTO persons (id, patient_id) SELECT {_PATIENT.format('n')}, {_PATIENT.format('n')}"
        " FROM generate_series(0, $1::int - 1) n"
    ),
)
# At one time no two doctors see the same patient: their numbers are as far apart as the doctors' own.
_VISITS = f"""
WITH slots AS (
    SELECT n, s, (date_trunc('day', now() AT TIME ZONE {_ZONE}) + make_interval(days => d, mins => 480 + 30 * s))
        AT TIME ZONE {_ZONE} AS starts_at, {_ZONE} AS zone
    FROM generate_series($1::int, $2::int) d, generate_series(0, $3::int - 1) n, generate_series(0, {SLOTS_A_DAY - 1}) s
    WHERE (n * 7919 + (d + 1000) * 104723 + s * 613) % 1000 < $4::int
), visits AS (
    SELECT *, gen_random_uuid() AS id,
        {_PATIENT.format("((n + (extract(epoch FROM starts_at)::bigint / 1800) * 104729) % $5::bigint)")} AS patient FROM slots
), written AS (
    INSERT INTO appointments (id, doctor_id, person_id, booked_by, starts_at, ends_at, occupied_until, status, hold_kind,
        hold_expires_at, fee, tax_percent, tax, total, currency, keep, policy, doctor_zone, patient_zone, reason, created_at,
        meeting_status, booked_at, moves, sequence, version)
    SELECT id, {_DOCTOR}, patient, patient, starts_at, starts_at + interval '30 minutes', starts_at + interval '30 minutes',
        $6::text, 'patient', starts_at - interval '39 days', 5000, '18', 900, 5900, 'USD', 5900, '24h:100,4h:50', zone,
        'Europe/Berlin', '', starts_at - interval '40 days', 'none', starts_at - interval '40 days', 0, 1, 3
    FROM visits
)
INSERT INTO events (appointment_id, doctor_id, person_id, verb, before, after, role, actor_id, starts_at, ends_at,
    occupied_until, at)
SELECT id, {_DOCTOR}, patient, verb, before, after, 'patient', patient, starts_at, starts_at + interval '30 minutes',
    starts_at + interval '30 minutes', starts_at - interval '40 days'
FROM visits, (VALUES ('hold', NULL, 'pending'), ('book', 'pending', 'booked')) AS moves (verb, before, after)"""


_UNCHECKED = "SET session_replication_role = replica"


@dataclass(frozen=True, slots=True)
class _Day:
    """How full a day is, from today, and of what."""

    day: int
    of_thousand: int
    status: str


_INDEXES = """
SELECT i.indexdef, i.indexname FROM pg_indexes i
WHERE i.schemaname = 'public' AND i.tablename IN ('appointments', 'events')
    AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)"""


async def fill(url: str, size: Size) -> None:
    """Fill a migrated, empty database."""
    connection = await asyncpg.connect(url)
    try:
        for statement in _PEOPLE:
            await connection.execute(statement, size.doctors)
        await connection.execute(_HOURS, size.doctors, f"[{','.join([_DAY] * 7)}]")
        for statement in _PATIENTS:
            await connection.execute(statement, size.patients)
        async with _in_bulk(connection):
            days = _past(size, behind=0, left=size.past)
            days += [_Day(day, TAKEN_OF_TEN * 100, "booked") for day in range(1, size.days_ahead + 1)]
            await _write(url, size, days)
    finally:
        await connection.close()


async def grow(url: str, size: Size, *, already: int) -> None:
    """Let a filled database have as many past visits as `size` says, of which there are so many already."""
    connection = await asyncpg.connect(url)
    try:
        earliest = await connection.fetchval("SELECT least(min(starts_at), now()) FROM appointments")
        async with _in_bulk(connection):
            behind = (datetime.now(UTC) - earliest).days + 1  # the servers' clock
            await _write(url, size, _past(size, behind=behind, left=size.past - already))
    finally:
        await connection.close()


@asynccontextmanager
async def _in_bulk(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """Without guards and indexes: built once over all rows they take a fraction of the time."""
    indexes = await connection.fetch(_INDEXES)
    await connection.execute("SET maintenance_work_mem = '512MB'")
    for guard in (DOCTOR_GUARD, PERSON_GUARD):
        await connection.execute(f"ALTER TABLE appointments DROP CONSTRAINT {guard}")
    for _, name in indexes:
        await connection.execute(f"DROP INDEX {name}")
    yield
    for definition, _ in indexes:
        await connection.execute(definition)
    for guard in (DOCTOR_GUARD, PERSON_GUARD):
        await connection.execute(f"ALTER TABLE appointments ADD CONSTRAINT {guard} {POSTGRESQL_GUARDS[guard]}")
    await connection.execute("VACUUM ANALYZE")
    await connection.execute("CHECKPOINT")


def _past(size: Size, *, behind: int, left: int) -> list[_Day]:
    """Days gone by that hold so many visits, the latest behind those that are there first, each at most four fifths full."""
    days, a_day = [], size.doctors * SLOTS_A_DAY
    while left > 0:
        of_thousand = min(800, max(1, 1_000 * left // a_day))
        days.append(_Day(-behind - len(days) - 1, of_thousand, "fulfilled"))
        left -= a_day * of_thousand // 1_000
    return days


async def _write(url: str, size: Size, days: Sequence[_Day]) -> None:
    """Every day by a statement: one over all of them would keep them all in memory. As many at once as there are cores."""
    waiting = iter(days)

    async def some() -> None:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(_UNCHECKED)
            for each in waiting:
                await connection.execute(
                    _VISITS, each.day, each.day, size.doctors, each.of_thousand, size.patients, each.status
                )
        finally:
            await connection.close()

    async with asyncio.TaskGroup() as cores:
        for _ in range(os.cpu_count() or 1):
            cores.create_task(some())
