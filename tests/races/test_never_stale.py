"""No slot is shown free to whoever asks after its taker was told: under load, through two processes; and what a memory that
nobody checks would show."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from contract.http.front import Front, open_front
from races.arena import Arena, arena, settings_for
from races.readers import Claim, Look, Shows, Watch, free_starts
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor
from scheduling_core.hours import Span
from scheduling_core.ids import DoctorId
from scheduling_core.patient import Patient
from scheduling_core.use_cases.directory import FindDoctors
from scheduling_core.use_cases.slots import FindSlots
from servers.processes import ServerProcess, run_server
from support.clinic import OPEN_ALL_DAY

DOCTORS, CALLERS_OF_EACH, SLOTS = 4, 4, 60
SEARCH = "/api/doctors?specialization=General%20practice"


@pytest.fixture
def servers(postgresql_url: str, tmp_path: Path, shown_servers: list[ServerProcess]) -> Iterator[list[ServerProcess]]:
    with ExitStack() as stack:
        for _ in range(2):
            settings = settings_for(postgresql_url, tmp_path)
            shown_servers.append(stack.enter_context(run_server(settings, folder=tmp_path)))
        yield shown_servers


def _slot(doctor_id: object, starts_at: str) -> str:
    return f"{doctor_id} {starts_at}"


def _of(doctor: Doctor) -> Shows:
    """A doctor's slots."""
    return lambda page: frozenset(_slot(doctor.id, start) for start in free_starts(page))


def _soonest(page: Any) -> frozenset[str]:
    """Who is free first, and when."""
    return frozenset(_slot(each["id"], each["next_free_at"]) for each in page["items"] if each["next_free_at"])


async def _hold(ring: Arena, patient: Patient, doctor: Doctor, starts_at: str) -> str:
    """The appointment."""
    client, headers = ring.turn(Actor.patient(patient.id))
    wanted = {"doctor_id": str(doctor.id), "starts_at": starts_at}
    answer = await client.post("/api/appointments", json=wanted, headers={**headers, "Idempotency-Key": str(uuid4())})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _let_go(ring: Arena, patient: Patient, appointment: str) -> None:
    client, headers = ring.turn(Actor.patient(patient.id))
    path, headers = f"/api/appointments/{appointment}/cancel", {**headers, "Idempotency-Key": str(uuid4())}
    answer = await client.post(path, json={}, headers=headers)
    assert answer.status_code == 200, answer.text


@pytest.mark.slow
async def test_never_shows_a_slot_free_once_its_taker_was_told_whoever_else_asks_at_once(
    postgresql_url: str, tmp_path: Path, servers: list[ServerProcess]
) -> None:
    watch = Watch()
    async with arena(postgresql_url, tmp_path, [server.url for server in servers]) as ring:
        times = ring.slots(SLOTS, minutes=15)
        # Nothing is free before: who is free first changes with almost every hold.
        only = tuple((Span(0, 1440),) if day == times[0].weekday() else () for day in range(7))
        doctors = [await ring.doctor(replace(OPEN_ALL_DAY, slot_minutes=15, weekly=only)) for _ in range(DOCTORS)]
        patients = iter(await ring.patients(DOCTORS * SLOTS * 2))
        first = times[0].date()

        async def call(doctor: Doctor, starts: Iterator[datetime], turns: Iterator[int]) -> None:
            """The earliest time that nobody has taken, again and again; some change their mind, and others come."""
            for each in starts:
                starts_at = f"{each:%Y-%m-%dT%H:%M:%SZ}"
                for changes_their_mind in (True, False) if next(turns) % 8 == 0 else (False,):
                    appointment = await _hold(ring, patient := next(patients), doctor, starts_at)
                    claim = watch.told(_slot(doctor.id, starts_at))
                    if changes_their_mind:
                        # The page is kept as it is while the time is taken.
                        await ring.clients[0].get(SEARCH)
                        claim.let_go()
                        await _let_go(ring, patient, appointment)

        turns = count()
        callers = [
            call(doctor, starts, turns)
            for doctor in doctors
            for starts in [iter(times)]
            for _ in range(CALLERS_OF_EACH)
        ]
        readers = []
        for client, (one, other) in zip(ring.clients, (doctors[:2], doctors[2:]), strict=True):
            path = f"/api/doctors/{{}}/slots?from={first}&to={{}}"
            week, day = (first.fromordinal(first.toordinal() + days) for days in (7, 1))
            readers += [
                watch.look(client, path.format(one.id, week), with_tags=False, shows=_of(one)),
                watch.look(client, path.format(other.id, day), with_tags=True, shows=_of(other)),
                watch.look(client, SEARCH, with_tags=False, shows=_soonest),
                watch.look(client, SEARCH, with_tags=False, shows=_soonest),
            ]
        *seen, _ = await asyncio.gather(*readers, watch.until(*callers))
    assert watch.stale() == []
    let_go = DOCTORS * SLOTS // 8
    assert len(watch.claims) == DOCTORS * SLOTS + let_go
    # Everybody did look in between.
    assert min(len({look.free for look in looks}) for looks in seen) > 5


CHECKED, UNCHECKED = pytest.param(True, id="checked"), pytest.param(False, id="unchecked")


def _unchecked(front: Front) -> None:
    """Asks once which version a schedule, and a page, has, and takes it for the one that it will always have."""
    versions, marks = dict[DoctorId, int](), dict[str | None, str]()

    class UncheckedSlots(FindSlots):
        async def version(self, doctor_id: DoctorId) -> int:
            return versions.setdefault(doctor_id, await super().version(doctor_id))

    class UncheckedDoctors(FindDoctors):
        async def mark(self, specialization: str | None, *, limit: int) -> str:
            return marks.setdefault(specialization, await super().mark(specialization, limit=limit))

    parts = front.clinic.storage, front.clinic.clock, front.clinic.terms
    front.use_cases.stands_for = replace(
        front.use_cases.stands_for, find_slots=UncheckedSlots(*parts), find_doctors=UncheckedDoctors(*parts)
    )


@pytest.mark.parametrize("checked", [CHECKED, UNCHECKED])
@pytest.mark.parametrize("kind", ["week", "day with tags", "search"])
async def test_the_judge_finds_answers_that_nobody_asked_the_database_about(kind: str, checked: bool) -> None:
    watch = Watch()
    async with open_front() as front:
        if not checked:
            _unchecked(front)
        doctor, patients = await front.clinic.doctor(), await front.clinic.patients(3)
        path = f"/api/doctors/{doctor.id}/slots?from=2027-03-01&to=2027-03-0{8 if kind == 'week' else 2}"
        starts = sorted(free_starts((await front.http.get(path)).json()))[: len(patients)]
        takers = dict(zip((_slot(doctor.id, each) for each in starts), patients, strict=True))

        async def take(slot: str) -> str:
            await asyncio.sleep(0)
            return str((await front.hold(takers[slot], doctor.id, slot.split()[1])).status_code)

        path, shows = (SEARCH, _soonest) if kind == "search" else (path, _of(doctor))
        reader = watch.look(front.http, path, with_tags="tags" in kind, shows=shows)
        await asyncio.gather(reader, watch.take(list(takers), take))
    assert (watch.stale() == []) is checked


def test_the_judge_forgives_only_what_was_answered_after_somebody_let_go() -> None:
    watch = Watch(claims=[Claim("ten", told_at=1, let_go_at=5), Claim("ten", told_at=8)])
    for asked_at, answered_at in ((0, 2), (2, 4), (4, 6), (6, 7), (9, 10)):
        watch.looks.append(Look(asked_at, answered_at, frozenset({"ten", "eleven"})))
    assert [(look.asked_at, slot) for look, slot in watch.stale()] == [(2, "ten"), (9, "ten")]
