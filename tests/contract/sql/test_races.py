"""Races for time at the storage, judged by the history; each is also run without protection, where it must find anomalies."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from random import Random
from typing import Any, TypeAlias

import pytest

from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Database
from contract.sql.unprotected import UnprotectedStorage, drop_guards
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor
from scheduling_core.errors import Conflict, HoldLimit, SlotNotOffered, StorageBusy
from scheduling_core.patient import Patient
from scheduling_core.ports.storage import Storage
from scheduling_core.use_cases.booking import HoldSlot
from scheduling_core.use_cases.hours import SetHours
from support.chance import SeededChance
from support.clinic import TERMS
from support.clock import MONDAY, ManualClock
from support.history import anomalies
from support.making import a_doctor, a_patient, some_hours
from support.outside import no_calendars

NINE = MONDAY + timedelta(hours=1)
RIVALS = 50
STARTS = 5
"""How many different times the rivals want: of one rival more than that, two want the same."""
Race: TypeAlias = Callable[[Storage], Awaitable[list[object]]]


async def _doctors(storage: Storage, count: int) -> list[Doctor]:
    doctors = [a_doctor() for _ in range(count)]
    async with storage.writing() as unit:
        for doctor in doctors:
            await unit.doctors.add(doctor, some_hours())
    return doctors


async def _patients(storage: Storage, count: int) -> list[Patient]:
    patients = [a_patient() for _ in range(count)]
    async with storage.writing() as unit:
        for patient in patients:
            await unit.patients.add(patient)
    return patients


async def _all(claims: list[Coroutine[Any, Any, object]]) -> list[object]:
    """What became of the claims, which all began at once: what was held, or why not. Nothing else may go wrong."""
    ended = await asyncio.wait_for(asyncio.gather(*claims, return_exceptions=True), 120)
    for each in ended:
        if isinstance(each, BaseException) and not isinstance(
            each, Conflict | SlotNotOffered | HoldLimit | StorageBusy
        ):
            raise each
    return ended


async def one_slot(storage: Storage) -> list[object]:
    """Many patients, one slot."""
    hold, (doctor,) = (
        HoldSlot(storage, SeededChance(7), TERMS, no_calendars(storage, SeededChance(7))),
        await _doctors(storage, 1),
    )
    patients = await _patients(storage, RIVALS)
    return await _all([hold(Actor.patient(each.id), None, doctor_id=doctor.id, starts_at=NINE) for each in patients])


async def one_patient(storage: Storage) -> list[object]:
    """One patient, one time, many doctors."""
    hold, doctors = (
        HoldSlot(storage, SeededChance(7), TERMS, no_calendars(storage, SeededChance(7))),
        await _doctors(storage, RIVALS),
    )
    (patient,) = await _patients(storage, 1)
    return await _all([hold(Actor.patient(patient.id), None, doctor_id=each.id, starts_at=NINE) for each in doctors])


async def changing_lengths(storage: Storage) -> list[object]:
    """Many patients, overlapping slots of 15, 30 and 60 minutes, as the doctor's hours change in the middle."""
    hold, set_hours, (doctor,) = (
        HoldSlot(storage, SeededChance(7), TERMS, no_calendars(storage, SeededChance(7))),
        SetHours(storage, SeededChance(8)),
        await _doctors(storage, 1),
    )
    patients, random = await _patients(storage, RIVALS), Random(7)
    claims: list[Coroutine[Any, Any, object]] = [
        hold(
            Actor.patient(each.id),
            None,
            doctor_id=doctor.id,
            starts_at=NINE + timedelta(minutes=15 * random.randrange(STARTS)),
        )
        for each in patients
    ]
    for position in range(0, len(claims), 5):
        hours = some_hours(slot_minutes=random.choice((15, 30, 60)))
        claims.insert(position, set_hours(Actor.doctor(doctor.id), hours))
    return await _all(claims)


RACES = [one_slot, one_patient, changing_lengths]


@pytest.mark.parametrize("race", RACES)
async def test_nobody_ever_shares_time(storage: SqlStorage, database: Database, race: Race) -> None:
    outcomes = await race(storage)
    assert await anomalies(database) == []
    assert not any(isinstance(each, StorageBusy) for each in outcomes), "only without our locks may rivals wait in vain"
    assert any(not isinstance(each, BaseException) for each in outcomes)


@pytest.mark.parametrize("race", [one_slot, one_patient])
async def test_exactly_one_claim_of_one_time_is_granted(storage: SqlStorage, database: Database, race: Race) -> None:
    outcomes = await race(storage)
    assert sum(not isinstance(each, BaseException) for each in outcomes) == 1


@pytest.mark.parametrize("race", RACES)
async def test_locks_alone_keep_time_apart(storage: SqlStorage, database: Database, race: Race) -> None:
    await drop_guards(database)
    await race(storage)
    assert await anomalies(database) == []


@pytest.mark.parametrize("race", RACES)
async def test_guards_alone_keep_time_apart(database: Database, clock: ManualClock, race: Race) -> None:
    await race(UnprotectedStorage(database, clock, rivals=STARTS + 1))
    assert await anomalies(database) == []


@pytest.mark.parametrize("race", RACES)
async def test_without_protection_the_same_races_do_find_shared_time(
    database: Database, clock: ManualClock, race: Race
) -> None:
    await drop_guards(database)
    await race(UnprotectedStorage(database, clock, rivals=STARTS + 1))
    assert await anomalies(database) != []
