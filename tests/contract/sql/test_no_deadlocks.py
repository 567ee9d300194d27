"""Nobody who moves or holds time ever waits for somebody who waits for them.

Visits of two doctors and of shared patients are moved into each other's places, slots are held between them, and holds
lapse in everybody's way: six tries at once, again and again. `OPENHOURS_TEST_TRIES` says how many tries.
"""

import os
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Database
from contract.sql.racing import all_at_once, visits_of
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor
from scheduling_core.errors import Outdated
from scheduling_core.ids import WaitlistId
from scheduling_core.instants import Interval
from scheduling_core.use_cases.booking import HoldSlot
from scheduling_core.use_cases.rescheduling import Reschedule
from scheduling_core.waitlist import WaitlistEntry
from support.chance import SeededChance
from support.clinic import TERMS
from support.clock import MONDAY, ManualClock
from support.history import anomalies
from support.making import a_doctor, a_patient, an_id, minutes, some_hours
from support.outside import no_calendars

TRIES = int(os.environ.get("OPENHOURS_TEST_TRIES", "150"))
CROWD = 6
"""So many claims of time are made at once."""
SLOTS = 5
CROSSINGS = 15
FAR = timedelta(days=200)
"""So far ahead that the clock may go on with each crowd without ever reaching it."""


async def _deadlocks(database: Database) -> int:
    """How many the database has broken by ending a transaction. SQLite's one writer at a time has none to break."""
    if not database.on_postgresql:
        return 0
    statement = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    async with database.engine.connect() as connection:
        return int((await connection.execute(statement)).scalar_one())


async def _wait_for_times(storage: SqlStorage, doctors: list[Doctor], window: Interval) -> None:
    """Somebody waits for each doctor: whatever is released has work follow from it, another row that claims write."""
    waiting = a_patient()
    async with storage.writing() as unit:
        await unit.patients.add(waiting)
        for doctor in doctors:
            await unit.waitlist.add(
                WaitlistEntry(
                    id=WaitlistId(an_id()),
                    patient_id=waiting.id,
                    person_id=waiting.person_id,
                    doctor_id=doctor.id,
                    specialization=None,
                    window=window,
                    part_of_day=None,
                    appointment_id=None,
                    created_at=MONDAY,
                )
            )


@pytest.mark.timeout(3600)
async def test_moves_and_holds_never_wait_for_each_other_in_a_circle(
    storage: SqlStorage, database: Database, clock: ManualClock
) -> None:
    random, chance = Random(11), SeededChance(11)
    terms = replace(TERMS, most_moves=10**9, holds_a_day=10**9)
    hold, reschedule = (
        HoldSlot(storage, chance, terms, no_calendars(storage, chance)),
        Reschedule(storage, chance, terms, no_calendars(storage, chance)),
    )
    doctors, patients = [a_doctor(), a_doctor()], [a_patient(), a_patient()]
    nine = MONDAY + FAR + minutes(60)
    starts = [nine + number * minutes(30) for number in range(SLOTS)]
    # Each patient has a visit with each doctor, no two at once.
    wanted = [(doctors[0], patients[0], starts[0]), (doctors[0], patients[1], starts[1])]
    wanted += [(doctors[1], patients[1], starts[0]), (doctors[1], patients[0], starts[1])]
    visits = await visits_of(storage, wanted, hours=some_hours(horizon_days=400))
    await _wait_for_times(storage, doctors, Interval(start=starts[0], end=starts[-1] + minutes(30)))
    moved = held = 0
    for _ in range(TRIES // CROWD):
        claims: list[Coroutine[Any, Any, object]] = []
        for visit in visits:
            actor = random.choice((Actor.doctor(visit.doctor_id), Actor.patient(visit.booked_by)))
            to = random.choice(starts)
            claims.append(reschedule(actor, None, appointment_id=visit.id, starts_at=to))
        for patient in patients:
            doctor, start = random.choice(doctors), random.choice(starts)
            claims.append(hold(Actor.patient(patient.id), None, doctor_id=doctor.id, starts_at=start))
        assert len(claims) == CROWD
        random.shuffle(claims)
        ends = await all_at_once(claims, seconds=30)
        assert not [end for end in ends if isinstance(end, Outdated)]
        held += sum(not isinstance(end, BaseException) for end in ends)
        # Whatever is held now lies lapsed in the way of the next crowd.
        clock.advance(terms.hold)
    async with storage.reading() as unit:
        for visit in visits:
            seen = await unit.appointments.get(visit.id, Actor.doctor(visit.doctor_id))
            moved += seen.sequence
    assert moved > TRIES / 50
    assert held > moved
    assert await anomalies(database) == []
    assert await _deadlocks(database) == 0


async def test_two_who_tidy_up_for_each_others_doctor_do_not_wait_for_each_other(
    storage: SqlStorage, database: Database, clock: ManualClock
) -> None:
    """Each moves a visit of one doctor over a lapsed hold with the other, and both doctors are waited for."""
    chance, terms = SeededChance(11), replace(TERMS, most_moves=10**9, holds_a_day=10**9)
    hold, reschedule = (
        HoldSlot(storage, chance, terms, no_calendars(storage, chance)),
        Reschedule(storage, chance, terms, no_calendars(storage, chance)),
    )
    doctors, patients = [a_doctor(), a_doctor()], [a_patient(), a_patient()]
    nine = MONDAY + FAR + minutes(60)
    starts = [nine + number * minutes(30) for number in range(6)]
    wanted = [(doctors[side], patients[side], starts[side]) for side in (0, 1)]
    visits = await visits_of(storage, wanted, hours=some_hours(horizon_days=400))
    await _wait_for_times(storage, doctors, Interval(start=starts[0], end=starts[-1] + minutes(30)))
    for number in range(CROSSINGS):
        places = [starts[2 + side + 2 * (number % 2)] for side in (0, 1)]
        for side in (0, 1):
            mine = Actor.patient(patients[side].id)
            await hold(mine, None, doctor_id=doctors[1 - side].id, starts_at=places[side])
        clock.advance(terms.hold)
        crossing = [
            reschedule(Actor.doctor(visit.doctor_id), None, appointment_id=visit.id, starts_at=place)
            for visit, place in zip(visits, places, strict=True)
        ]
        ends = await all_at_once(crossing, seconds=30)
        assert [end for end in ends if isinstance(end, BaseException)] == []
    assert await _deadlocks(database) == 0
