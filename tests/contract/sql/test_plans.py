"""How the databases go about what is asked most: through indexes, whatever has piled up.

PostgreSQL is asked over a town with statistics, and may read any table from end to end where it thinks that cheaper. SQLite, which
keeps none, plans by its indexes alone.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import nullcontext, suppress
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from adapters.persistence.sql import SqlStorage, open_database
from adapters.persistence.sql_database import PoolSettings
from bench.seed import FIELDS, Size, doctor_id, fill, patient_id
from contract.sql.explaining import explaining
from scheduling_core.access import Actor
from scheduling_core.availability import SlotStatus
from scheduling_core.errors import NotFound
from scheduling_core.ids import AppointmentId, DoctorId, PatientId, PersonId
from scheduling_core.instants import Interval
from scheduling_core.ports.directory import DoctorFilter
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Unit
from scheduling_core.ports.views import When
from scheduling_core.privacy import Kept
from scheduling_core.use_cases.directory import FindDoctors, ReadDoctor, Sort
from scheduling_core.use_cases.slots import FindSlots
from servers.databases import drop_postgresql, fresh_postgresql, fresh_sqlite
from support.clinic import TERMS, Clinic
from support.clock import ManualClock
from support.making import an_id

SIZE = Size(doctors=8_000, patients=8_000, past=4_000, days_ahead=1)
NOW = datetime.now(UTC)  # the servers' clock: the town stands around today
WEEK = Interval(start=NOW, end=NOW + timedelta(days=7))
DOCTOR, PERSON = DoctorId(doctor_id(7)), PersonId(patient_id(7))
Hot = Callable[[SqlStorage], Awaitable[None]]
ME, SHE = Actor.patient(PatientId(patient_id(7))), Actor.doctor(DOCTOR)
_HAVE_PILED_UP = """
INSERT INTO tasks (id, key, kind, due_at, created_at, state, attempts, revision, last_error, lane)
    SELECT gen_random_uuid(), n::text, 'send_message', now() + (n - 9900) * interval '1 hour', now(),
    CASE WHEN n < 9900 THEN 'done' ELSE 'due' END, 0, 1, '', n::text FROM generate_series(1, 10000) n;
INSERT INTO notices (id, kind, recipient_role, recipient_id, at, delivery)
    SELECT gen_random_uuid(), 'booked', 'patient', ('a0000000-0000-4000-8000-' || lpad(to_hex(n % 3000), 12, '0'))::uuid,
    now() - n * interval '1 hour', 'sent' FROM generate_series(1, 10000) n;
INSERT INTO requests (caller, operation, key, body_hash, result, at)
    SELECT 'patient:' || n, 'POST /api/appointments', n::text, '', repeat('x', 500), now() - n * interval '1 minute'
    FROM generate_series(1, 10000) n;
INSERT INTO webhook_events (event_id, ref, at)
    SELECT n::text, n::text, now() - n * interval '1 hour' FROM generate_series(1, 10000) n;
INSERT INTO sessions (id, role, actor_id, created_at, expires_at, generation, revoked_at)
    SELECT gen_random_uuid(), 'patient', gen_random_uuid(), now(), now() - n * interval '1 hour', 1,
    CASE WHEN n % 9 = 0 THEN now() END FROM generate_series(-9000, 1000) n;
INSERT INTO credentials (email_lowered, role, actor_id, email, password_hash)
    SELECT 'somebody' || n || '@example.com', 'doctor', gen_random_uuid(), 'somebody' || n || '@example.com', repeat('x', 97)
    FROM generate_series(1, 10000) n;
INSERT INTO refresh_tokens (token_hash, session_id, generation) SELECT md5(id::text), id, 1 FROM sessions;
INSERT INTO payments (id, appointment_id, amount, currency, closes_at, created_at, status, ref, captured, refunded, refund_failed,
    attempts, version) SELECT gen_random_uuid(), id, total, currency, starts_at, created_at, 'captured', id::text, total, 0, false, 1, 1
    FROM appointments;
INSERT INTO ledger (payment_id, kind, amount, currency, at)
    SELECT id, 'captured', captured, currency, closes_at FROM payments;
UPDATE appointments SET status = 'pending', hold_expires_at = now() - interval '1 hour'
    WHERE id IN (SELECT id FROM appointments WHERE status = 'booked' LIMIT 20);
UPDATE outlooks o SET not_before = now() + interval '3 hours', times = '[' || (extract(epoch FROM now())::bigint + 10800) || ']',
    notice = 0, until = now() + interval '1 day', version = s.version FROM schedules s WHERE s.doctor_id = o.doctor_id;
ANALYZE;
"""
LARGE = {"appointments", "events", "doctors", "hours", "schedules", "outlooks", "patients", "persons", "tasks", "notices",
         "requests", "webhook_events", "sessions", "refresh_tokens", "credentials", "payments", "ledger"}  # fmt: skip
"""Tables that grow with the clinic."""
_OF_MOST = {"outlooks"}
"""Read from end to end by who is free before an instant or later, which is most of a field: one narrow row a doctor."""


def _ends_to_ends(plan: str) -> set[str]:
    """The large tables that this plan reads from end to end."""
    read = re.findall(r"Seq Scan on (\w+)|^SCAN (\w+)$", plan, re.MULTILINE)
    return {name for names in read for name in names if name} & LARGE


async def _search(unit: Unit) -> None:
    page = await unit.directory.prospects(now=NOW, specialization=FIELDS[0], limit=25)
    await unit.directory.prospects(now=NOW, limit=25, after=(NOW, DOCTOR))
    await unit.directory.prospects(now=NOW, among=[each.doctor_id for each in page])
    await unit.directory.free_later(since=NOW, specialization=FIELDS[0])
    await unit.directory.doubtful(now=NOW, before=NOW + timedelta(hours=1), specialization=FIELDS[0])
    await unit.directory.listed([each.doctor_id for each in page] or [DOCTOR])
    await unit.directory.commitments([DOCTOR], since=NOW, until=NOW + timedelta(days=1))


async def _slots(unit: Unit) -> None:
    await unit.schedules.version(DOCTOR)
    await unit.schedules.time_off(DOCTOR, within=WEEK)
    await unit.appointments.taken(DOCTOR, WEEK)


async def _claim(unit: Unit) -> None:
    await unit.schedules.lock(DOCTOR)
    await unit.patients.lock_person(PERSON)
    await unit.appointments.occupying(DOCTOR, WEEK)
    await unit.appointments.occupying_person(PERSON, WEEK)
    await unit.appointments.pending_of(PatientId(patient_id(7)))
    await unit.appointments.unpaid_holds_since(PatientId(patient_id(7)), NOW - timedelta(days=1))


async def _own_visits(unit: Unit) -> None:
    for actor in (ME, SHE):
        for when in When:
            found = await unit.appointments.list_details(actor, when=when, now=NOW, after=None, limit=20)
            await unit.appointments.list_details(actor, when=when, now=NOW, after=(NOW, an_id()), limit=20)
            for each in found[:1]:
                await unit.appointments.details(each.appointment.id, actor)


async def _today(unit: Unit) -> None:
    await unit.appointments.schedule(DOCTOR, Interval(start=NOW, end=NOW + timedelta(days=1)))


async def _sign_in(unit: Unit) -> None:
    await unit.patients.find("https://measured.example.com", "7")
    await unit.accounts.find_credential("doctor7@example.com")
    await unit.sessions.lock("of a token")
    await unit.sessions.revoke_all(ME, but=None, at=NOW)


async def _paid(unit: Unit) -> None:
    await unit.payments.note_webhook("an event", "a payment", at=NOW)
    await unit.payments.by_ref("a payment")
    await unit.payments.of_appointment(AppointmentId(an_id()))
    await unit.payments.ledger(AppointmentId(an_id()))
    for after in (None, (NOW, an_id())):
        await unit.payments.of_patient(PatientId(patient_id(7)), after=after, limit=20)
        await unit.payments.of_doctor(DOCTOR, WEEK, after=after, limit=20)
        await unit.payments.in_trouble(None, after=after, limit=20)
    await unit.payments.earned(DOCTOR, [NOW, NOW + timedelta(days=7)])


async def _due(unit: Unit) -> None:
    await unit.tasks.lease(limit=5, token=an_id(), lease=timedelta(seconds=30))


async def _lapsed(unit: Unit) -> None:
    await unit.appointments.lapsed(now=NOW, limit=50)
    await unit.appointments.lapsed_of(DOCTOR, now=NOW)


async def _over(unit: Unit) -> None:
    for kept in Kept:
        await unit.privacy.forget(kept, before=NOW - timedelta(days=400), limit=10)


class _Undo(Exception):
    """Nothing of it is to stay."""


def _in_a_unit(parts: Callable[[Unit], Awaitable[None]]) -> Hot:
    """What these parts of the storage are asked, kept by nobody."""

    async def hot(storage: SqlStorage) -> None:
        with suppress(_Undo):
            async with storage.writing() as unit:
                await parts(unit)
                raise _Undo

    hot.__name__ = parts.__name__
    return hot


async def _find(storage: SqlStorage) -> None:
    clock = ManualClock(NOW)
    find, slots = FindDoctors(storage, clock, TERMS), FindSlots(storage, clock, TERMS)
    for field in (None, FIELDS[0]):
        await find.mark(field, limit=20)
        page = await find(DoctorFilter(specialization=field))
        await find(DoctorFilter(specialization=field), after=page.next_cursor)
        await find(DoctorFilter(specialization=field, min_rating=4.0), sort=Sort.RATING)
        await find(DoctorFilter(specialization=field), available_before=NOW + timedelta(hours=9))
    await ReadDoctor(storage, clock, TERMS)(DOCTOR)
    await slots(DOCTOR, first=NOW.date(), last=NOW.date() + timedelta(days=7))
    await slots.version(DOCTOR)


async def _book(storage: SqlStorage) -> None:
    """A visit from its hold to its end, as it is written: what is claimed, remembered, woken and counted on the way."""
    clinic = Clinic(storage, ManualClock(NOW), seed=an_id().int)
    today = NOW.date()
    offered = await FindSlots(storage, clinic.clock, TERMS)(DOCTOR, first=today, last=today + timedelta(days=20))
    *_, starts_at = (each.interval.start for each in offered.slots if each.status is SlotStatus.FREE)
    request = RequestKey(ME, "hold", str(an_id()), "body")
    held = await clinic.hold_slot(ME, request, doctor_id=DOCTOR, starts_at=starts_at)
    again = await clinic.hold_slot(ME, request, doctor_id=DOCTOR, starts_at=starts_at)
    assert again.appointment.id == held.appointment.id
    await clinic.open_checkout(ME, held.appointment.id)
    await clinic.authorize(held.appointment.id)
    await clinic.settle_money((await clinic.payment(held.appointment.id)).id)
    await clinic.cancel(ME, RequestKey(ME, "cancel", str(an_id()), "body"), appointment_id=held.appointment.id)
    await clinic.close()


HOT: list[Hot] = [
    *map(_in_a_unit, [_search, _slots, _claim, _own_visits, _today, _sign_in, _paid, _due, _lapsed, _over]), _find, _book
]  # fmt: skip


@pytest.fixture(scope="module")
def town() -> Iterator[str]:
    """A PostgreSQL database in which much has happened."""
    url = fresh_postgresql()

    async def build() -> None:
        await fill(url, SIZE)
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(_HAVE_PILED_UP)
        finally:
            await connection.close()

    asyncio.run(build())
    yield url
    drop_postgresql(url)


# Of what is over PostgreSQL thinks half a table where it does not know the date. It is asked once an hour, by date.
_PLANS = [(hot, generic) for generic in (False, True) for hot in HOT if not (generic and hot.__name__ == "_over")]


@pytest.mark.parametrize(
    ("hot", "generic"), _PLANS, ids=[f"{hot.__name__.strip('_')}{' generic' * generic}" for hot, generic in _PLANS]
)
async def test_postgresql_reads_no_table_from_end_to_end(town: str, hot: Hot, generic: bool) -> None:
    assert await _judged(town, hot, generic=generic) == []


@pytest.mark.parametrize("hot", HOT, ids=lambda hot: hot.__name__.strip("_"))
async def test_sqlite_reads_no_table_from_end_to_end(tmp_path_factory: pytest.TempPathFactory, hot: Hot) -> None:
    assert await _judged(fresh_sqlite(tmp_path_factory.mktemp("plans")), hot) == []


async def test_an_index_that_is_missing_is_noticed(town: str) -> None:
    connection = await asyncpg.connect(town)
    try:
        [definition] = await connection.fetchrow(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'outlooks_of_specialization'"
        )
        await connection.execute("DROP INDEX outlooks_of_specialization; DROP INDEX outlooks_soonest")
        try:
            found = await _judged(town, _in_a_unit(_search))
        finally:
            await connection.execute(
                f"{definition}; CREATE INDEX outlooks_soonest ON outlooks (not_before, doctor_id) WHERE listed"
            )
    finally:
        await connection.close()
    assert any("outlooks" in read for read, _, _ in found)


async def _judged(url: str, hot: Hot, *, generic: bool = False) -> list[tuple[set[str], str, str]]:
    """Each statement that reads large tables from end to end: which, what it says, and its plan."""
    database = open_database(url, PoolSettings(size=2))
    try:
        async with explaining(url, database, generic=generic) as (noting, plans):
            with suppress(NotFound) if not database.on_postgresql else nullcontext():
                # An empty SQLite knows nobody: what was planned until then is judged.
                await hot(SqlStorage(noting, ManualClock(NOW)))
    finally:
        await database.close()
    assert plans.of
    return [
        (read, text, plan)
        for text, plan in plans.of.items()
        if (read := _ends_to_ends(plan) - (_OF_MOST if _is_about_most(text) else set()))
    ]


def _is_about_most(statement: str) -> bool:
    return any(part in statement for part in ("outlooks.not_before >= ", "outlooks.not_before < "))
