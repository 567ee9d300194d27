"""Races of moves with each other, with holds, with cancellations and with payments, judged by the history.

Those that are about time are also run without protection, where they must find anomalies.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Database
from contract.sql.racing import Race, all_at_once, visits_of
from contract.sql.unprotected import UnprotectedStorage, drop_guards
from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.errors import CannotReschedule, SlotTaken
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.storage import Storage
from scheduling_core.use_cases.booking import HoldSlot
from scheduling_core.use_cases.rescheduling import Reschedule
from support.chance import SeededChance
from support.clinic import TERMS, Clinic
from support.clock import MONDAY, ManualClock
from support.history import anomalies, read_history
from support.making import a_doctor, a_patient, minutes
from support.outside import no_calendars

NOON = MONDAY + timedelta(hours=4)
RIVALS = 12
ROUNDS = 4
DAY = timedelta(days=1)


def move(storage: Storage, visit: Appointment, to: datetime) -> Coroutine[Any, Any, object]:
    """By its doctor."""
    chance = SeededChance(visit.starts_at.day)
    reschedule = Reschedule(storage, chance, TERMS, no_calendars(storage, chance))
    return reschedule(Actor.doctor(visit.doctor_id), None, appointment_id=visit.id, starts_at=to)


async def one_time_of_a_doctor(storage: Storage, through: Storage) -> list[object]:
    """Many visits of one doctor, moved to one time."""
    doctor = a_doctor()
    starts = [NOON + (number + 1) * DAY for number in range(RIVALS)]
    visits = await visits_of(storage, [(doctor, a_patient(), start) for start in starts])
    return await all_at_once([move(through, visit, NOON) for visit in visits])


async def one_time_of_a_person(storage: Storage, through: Storage) -> list[object]:
    """Many visits of one person, each with another doctor, moved to one time."""
    patient = a_patient()
    starts = [NOON + (number + 1) * DAY for number in range(RIVALS)]
    visits = await visits_of(storage, [(a_doctor(), patient, start) for start in starts])
    return await all_at_once([move(through, visit, NOON) for visit in visits])


async def moves_and_holds(storage: Storage, through: Storage) -> list[object]:
    """As many want to move to a time as want to book it."""
    doctor, patients = a_doctor(), [a_patient() for _ in range(RIVALS // 2)]
    starts = [NOON + (number + 1) * DAY for number in range(RIVALS // 2)]
    visits = await visits_of(storage, [(doctor, a_patient(), start) for start in starts])
    async with storage.writing() as unit:
        for patient in patients:
            await unit.patients.add(patient)
    hold = HoldSlot(through, SeededChance(7), TERMS, no_calendars(through, SeededChance(7)))
    claims: list[Coroutine[Any, Any, object]] = []
    for visit, patient in zip(visits, patients, strict=True):
        claims.append(move(through, visit, NOON))
        claims.append(hold(Actor.patient(patient.id), None, doctor_id=doctor.id, starts_at=NOON))
    return await all_at_once(claims)


RACES = [one_time_of_a_doctor, one_time_of_a_person, moves_and_holds]


@pytest.mark.parametrize("race", RACES)
async def test_exactly_one_gets_the_time(storage: SqlStorage, database: Database, race: Race) -> None:
    outcomes = await race(storage, storage)
    assert await anomalies(database) == []
    assert sum(not isinstance(each, BaseException) for each in outcomes) == 1
    history = await read_history(database)
    at_noon = {event.appointment_id for event in history if event.interval.start == NOON}
    assert len(at_noon) == 1


@pytest.mark.parametrize("race", RACES)
async def test_locks_alone_keep_time_apart(storage: SqlStorage, database: Database, race: Race) -> None:
    await drop_guards(database)
    await race(storage, storage)
    assert await anomalies(database) == []


@pytest.mark.parametrize("race", RACES)
async def test_guards_alone_keep_time_apart(
    storage: SqlStorage, database: Database, clock: ManualClock, race: Race
) -> None:
    await race(storage, UnprotectedStorage(database, clock, rivals=RIVALS // 2))
    assert await anomalies(database) == []


@pytest.mark.parametrize("race", RACES)
async def test_without_protection_the_same_races_do_find_shared_time(
    storage: SqlStorage, database: Database, clock: ManualClock, race: Race
) -> None:
    await drop_guards(database)
    await race(storage, UnprotectedStorage(database, clock, rivals=RIVALS // 2))
    assert await anomalies(database) != []


async def test_two_who_want_each_others_place_both_keep_their_own(storage: SqlStorage, database: Database) -> None:
    doctor = a_doctor()
    one, other = await visits_of(storage, [(doctor, a_patient(), NOON + number * minutes(30)) for number in range(2)])
    for _ in range(ROUNDS):
        swap = [move(storage, one, other.starts_at), move(storage, other, one.starts_at)]
        ends = await all_at_once(swap)
        assert [type(end) for end in ends] == [SlotTaken, SlotTaken]
    assert [event.verb for event in await read_history(database)] == 2 * [Verb.HOLD, Verb.BOOK]
    async with storage.reading() as unit:
        seen = [await unit.appointments.get(visit.id, Actor.doctor(doctor.id)) for visit in (one, other)]
    assert seen == [one, other]


@pytest.fixture
async def clinic(storage: SqlStorage, clock: ManualClock) -> AsyncIterator[Clinic]:
    clinic = Clinic(storage, clock)
    yield clinic
    await clinic.close()


async def test_a_visit_that_is_cancelled_and_moved_at_once_ends_cancelled(clinic: Clinic, database: Database) -> None:
    doctor, patient = await clinic.doctor(), await clinic.patient()
    for number in range(ROUNDS):
        visit = await clinic.booked(patient, doctor, minutes=2 * 24 * 60)
        to = visit.starts_at + DAY
        rivals = [
            clinic.cancel(Actor.patient(patient.id), None, appointment_id=visit.id),
            clinic.reschedule(Actor.doctor(doctor.id), None, appointment_id=visit.id, starts_at=to),
        ]
        ends = await all_at_once(rivals if number % 2 else rivals[::-1])
        refused = [end for end in ends if isinstance(end, BaseException)]
        assert all(isinstance(end, CannotReschedule) for end in refused)
        seen = (await clinic.see(visit.id)).appointment
        assert (seen.status, seen.keep.amount) == (Status.CANCELLED, 0)
        assert seen.starts_at == (visit.starts_at if refused else to)
        assert seen.sequence == 2 - len(refused)
        await clinic.settle()
        assert (await clinic.payment(visit.id)).status is PaymentStatus.REFUNDED
    assert await anomalies(database) == []
    assert clinic.rooms.events == {}


async def test_a_hold_that_is_let_go_while_it_is_paid_for_costs_nothing(clinic: Clinic, database: Database) -> None:
    doctor, patient = await clinic.doctor(), await clinic.patient()
    clinic.terms = replace(clinic.terms, holds_a_day=100)
    for number in range(ROUNDS):
        held = await clinic.hold(patient, doctor, minutes=2 * 24 * 60)
        actor = Actor.patient(patient.id)
        await clinic.open_checkout(actor, held.id)
        await clinic.authorize(held.id)
        payment = await clinic.payment(held.id)
        rivals: list[Coroutine[Any, Any, object]] = [
            clinic.cancel(actor, None, appointment_id=held.id),
            clinic.settle_money(payment.id),
        ]
        ends = await all_at_once(rivals if number % 2 else rivals[::-1])
        assert [end for end in ends if isinstance(end, BaseException)] == []
        await clinic.settle()
        seen, paid = (await clinic.see(held.id)).appointment, await clinic.payment(held.id)
        assert seen.status is Status.CANCELLED
        assert paid.status in (PaymentStatus.RELEASED, PaymentStatus.REFUNDED)
        assert paid.captured == paid.refunded
        clinic.clock.advance(hours=3)
    assert await anomalies(database) == []
    assert asyncio.all_tasks() == {asyncio.current_task()}
