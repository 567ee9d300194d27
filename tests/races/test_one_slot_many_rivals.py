"""Exactly one of many gets a slot: through HTTP, two processes, both databases; and a control that must fail."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from adapters.persistence.sql import open_database
from adapters.persistence.sql_guards import DOCTOR_GUARD, PERSON_GUARD, SQLITE_GUARDS
from races.arena import Arena, all_at_once, arena, settings_for
from races.readers import Watch
from scheduling_core.access import Role
from scheduling_core.appointment import Status, Verb
from scheduling_core.event import Event
from scheduling_core.ids import AppointmentId, DoctorId, PersonId
from scheduling_core.instants import Interval
from servers.databases import drop_postgresql, fresh_postgresql, fresh_sqlite
from servers.processes import ServerProcess, environment, free_port, run_server, start_server
from support.clock import MONDAY
from support.history import history_at, judge

RIVALS, SLOTS = 50, 20


@dataclass(frozen=True, slots=True)
class Ground:
    """Two protected servers on one database."""

    url: str
    folder: Path
    servers: list[ServerProcess]


@pytest.fixture(
    scope="module",
    params=[pytest.param(kind, marks=pytest.mark.xdist_group(kind)) for kind in ("sqlite", "postgresql")],
)
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Each kind of database in turn. Several tests share it: each brings doctors and patients of its own."""
    folder = tmp_path_factory.mktemp("ground")
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = fresh_sqlite(folder)
        else:
            url = fresh_postgresql()
            stack.callback(drop_postgresql, url)
        started = [stack.enter_context(run_server(settings_for(url, folder), folder=folder)) for _ in range(2)]
        yield Ground(url, folder, started)


@pytest.fixture
async def ring(ground: Ground, shown_servers: list[ServerProcess]) -> AsyncIterator[Arena]:
    shown_servers += ground.servers
    async with arena(ground.url, ground.folder, [server.url for server in ground.servers]) as made:
        yield made


async def test_gives_each_slot_to_exactly_one_of_many_rivals(ring: Arena, ground: Ground) -> None:
    doctor = await ring.doctor()
    for starts_at in ring.slots(SLOTS):
        rivals = await ring.patients(RIVALS)
        answers = await all_at_once(*(ring.hold(rival, doctor, starts_at) for rival in rivals))
        assert answers == {"201": 1, "409 slot-taken": RIVALS - 1}
    history = await history_at(ground.url)
    assert sum(event.doctor_id == doctor.id for event in history) == SLOTS
    assert judge(history) == []


async def test_never_sells_overlapping_lengths_when_hours_change_in_the_middle(ring: Arena, ground: Ground) -> None:
    doctor = await ring.doctor()
    # Each round has hours of its own, which nobody has booked yet.
    quarters = ring.slots(5 * 16, minutes=15)
    for round_, minutes in enumerate((15, 60, 30, 15, 60)):
        starts = quarters[16 * round_ : 16 * (round_ + 1)]
        rivals = await ring.patients(2 * len(starts))
        wanted = [ring.hold(rival, doctor, starts[index % len(starts)]) for index, rival in enumerate(rivals)]
        half = len(wanted) // 2
        answers, changed = await asyncio.gather(
            all_at_once(*wanted[:half], *wanted[half:]), ring.set_slot_length(doctor, minutes)
        )
        assert changed == 200
        assert set(answers) <= {"201", "409 slot-taken", "422 slot-not-offered"}
    history = await history_at(ground.url)
    lengths = {event.interval.end - event.interval.start for event in history if event.doctor_id == doctor.id}
    assert len(lengths) > 1, "the lengths never changed while somebody booked"
    assert judge(history) == []


async def test_never_books_one_patient_with_two_doctors_at_once(ring: Arena, ground: Ground) -> None:
    doctors = [await ring.doctor(), await ring.doctor()]
    for starts_at in ring.slots(SLOTS):
        (patient,) = await ring.patients(1)
        answers = await all_at_once(*(ring.hold(patient, doctor, starts_at) for doctor in doctors))
        assert answers == {"201": 1, "409 patient-busy": 1}
    assert judge(await history_at(ground.url)) == []


async def test_never_lets_one_patient_hold_more_than_three_times_at_once(ring: Arena) -> None:
    doctors = [await ring.doctor() for _ in range(5)]
    for _ in range(5):
        (patient,) = await ring.patients(1)
        starts = ring.slots(len(doctors))
        wanted = (ring.hold(patient, doctor, at) for doctor, at in zip(doctors, starts, strict=True))
        assert await all_at_once(*wanted) == {"201": 3, "409 hold-limit": 2}
        # The next patient finds the slots taken by this one's three holds, so each round has times of its own.
        doctors = [await ring.doctor() for _ in range(5)]


async def test_never_shows_a_slot_free_once_its_taker_was_told(ring: Arena) -> None:
    doctor, patients = await ring.doctor(), await ring.patients(SLOTS // 2)
    starts = [f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in ring.slots(len(patients))]
    takers = dict(zip(starts, patients, strict=True))
    first = ring.slots(1)[0].date()
    watch = Watch()

    async def take(starts_at: str) -> str:
        return await ring.hold(takers[starts_at], doctor, datetime.fromisoformat(starts_at))

    readers = (
        # A day and a week are kept apart, and each process keeps its own.
        watch.look(client, f"/api/doctors/{doctor.id}/slots?from={first}&to={first + days}", with_tags=with_tags)
        for client in ring.clients
        for days, with_tags in ((timedelta(days=1), False), (timedelta(days=7), True))
    )
    await asyncio.gather(*readers, watch.take(starts, take))
    taken = {claim.slot for claim in watch.claims}
    assert taken == set(starts)
    assert watch.stale() == []
    # They did look in between: first all were free, then fewer and fewer.
    assert len({len(look.free & taken) for look in watch.looks}) > len(starts) // 2


async def test_a_process_whose_clock_is_wrong_sells_nothing_twice(
    ground: Ground, shown_servers: list[ServerProcess], tmp_path: Path
) -> None:
    right, ahead = ground.servers[0], (timedelta(), timedelta(minutes=10))
    settings = {**settings_for(ground.url, ground.folder), "OPENHOURS_CLOCK_OFFSET": "600"}
    with run_server(settings, folder=tmp_path) as wrong:
        shown_servers += [right, wrong]
        async with arena(ground.url, ground.folder, [right.url, wrong.url], ahead=ahead) as ring:
            doctor = await ring.doctor()
            for starts_at in ring.slots(SLOTS):
                # Every hold lapses at once for the one whose clock is ahead: it may cancel it, but never sell it twice.
                rivals = await ring.patients(10)
                answers = await all_at_once(*(ring.hold(rival, doctor, starts_at) for rival in rivals))
                assert answers["201"] >= 1
                assert set(answers) <= {"201", "409 slot-taken"}
    assert judge(await history_at(ground.url)) == []


@pytest.fixture
def unprotected(database_url: str, tmp_path: Path) -> Iterator[list[str]]:
    """Two servers without the protection, on a database without its guards."""
    asyncio.run(_drop_guards(database_url))
    tests = Path(__file__).resolve().parents[1]
    env = environment(settings_for(database_url, tmp_path))
    env["PYTHONPATH"] = f"{env['PYTHONPATH']}:{tests}"
    with ExitStack() as stack:
        addresses = []
        for _ in range(2):
            port = free_port()
            command = [
                sys.executable,
                "-m",
                "uvicorn",
                "--factory",
                "races.unprotected:create_app",
                "--port",
                str(port),
            ]
            address = f"http://127.0.0.1:{port}"
            server = start_server(command, url=address, env=env, folder=tmp_path, ready_path="/health/live", warm=True)
            stack.callback(server.stop)
            addresses.append(address)
        yield addresses


def test_the_judge_finds_what_an_unprotected_product_does(
    database_url: str, tmp_path: Path, unprotected: list[str]
) -> None:
    async def race() -> bool:
        async with arena(database_url, tmp_path, unprotected) as ring:
            doctor = await ring.doctor()
            for starts_at in ring.slots(10):
                rivals = await ring.patients(20)
                await all_at_once(*(ring.hold(rival, doctor, starts_at) for rival in rivals))
                if judge(await history_at(database_url)):
                    return True
        return False

    assert asyncio.run(race())


async def _drop_guards(url: str) -> None:
    database = open_database(url)
    try:
        async with database.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                for guard in (DOCTOR_GUARD, PERSON_GUARD):
                    await connection.execute(text(f"ALTER TABLE appointments DROP CONSTRAINT {guard}"))
            else:
                for name in SQLITE_GUARDS:
                    if name.startswith((DOCTOR_GUARD, PERSON_GUARD)):
                        await connection.execute(text(f"DROP TRIGGER {name}"))
    finally:
        await database.close()


def test_the_judge_sees_an_overlap_that_lasted_a_moment() -> None:
    half_hour = Interval(start=MONDAY, end=MONDAY + timedelta(minutes=30))
    doctor = DoctorId(uuid4())

    def change(appointment: AppointmentId, verb: Verb, before: Status | None, after: Status) -> Event:
        return Event(
            appointment_id=appointment,
            doctor_id=doctor,
            person_id=PersonId(appointment),
            verb=verb,
            before=before,
            after=after,
            role=Role.PATIENT,
            actor_id=None,
            interval=half_hour,
            occupied_until=half_hour.end,
            at=MONDAY,
        )

    first, second = AppointmentId(uuid4()), AppointmentId(uuid4())
    one = change(first, Verb.HOLD, None, Status.PENDING)
    two = change(second, Verb.HOLD, None, Status.PENDING)
    gone = change(first, Verb.ABANDON, Status.PENDING, Status.CANCELLED)
    assert judge([one, two, gone]) == [(one, two)]
    assert judge([one, gone, two]) == []
