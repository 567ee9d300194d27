"""Offers racing claims of the public, each other, and their own siblings, at the databases: one outcome, by the history."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Database
from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment import Appointment, Verb
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.doctor import Doctor
from scheduling_core.errors import Conflict
from scheduling_core.patient import Patient
from scheduling_core.use_cases.accepting import AcceptOffer
from scheduling_core.use_cases.booking import HoldSlot
from scheduling_core.use_cases.offering import OfferReleasedTime
from scheduling_core.use_cases.visits import CancelAppointment
from support.chance import SeededChance
from support.clinic import TERMS
from support.clock import MONDAY
from support.history import anomalies, read_history
from support.making import a_doctor, a_hold, a_patient, a_wait, an_offer, some_hours
from support.outside import no_calendars

NINE = MONDAY + timedelta(hours=1)
HALF = timedelta(minutes=30)
ROUNDS = 6


async def _people(storage: SqlStorage, patients: int, doctors: int = 1) -> tuple[list[Doctor], list[Patient]]:
    made = [a_doctor() for _ in range(doctors)], [a_patient() for _ in range(patients)]
    async with storage.writing() as unit:
        for doctor in made[0]:
            await unit.doctors.add(doctor, some_hours())
        for patient in made[1]:
            await unit.patients.add(patient)
    return made


async def _held(storage: SqlStorage, doctor: Doctor, patient: Patient, number: int, **changes: Any) -> Appointment:
    move = a_hold(doctor, patient, NINE + number * HALF, **changes)
    async with storage.writing() as unit:
        await unit.appointments.add(move)
    return move.after


async def _together(*work: Awaitable[object]) -> list[object]:
    """What became of each, all begun at once; only conflicts may keep one from its end."""
    ended = await asyncio.wait_for(asyncio.gather(*work, return_exceptions=True), 60)
    for each in ended:
        if isinstance(each, BaseException) and not isinstance(each, Conflict):
            raise each
    return ended


async def test_a_released_time_goes_to_the_public_or_to_whoever_waits_never_to_both(
    storage: SqlStorage, database: Database
) -> None:
    chance = SeededChance(7)
    hold, cancel = (
        HoldSlot(storage, chance, TERMS, no_calendars(storage, chance)),
        CancelAppointment(storage, chance, TERMS),
    )
    offer = OfferReleasedTime(storage, chance, TERMS, no_calendars(storage, chance))
    (doctor,), (owner, waits, *public) = await _people(storage, 2 + ROUNDS)
    async with storage.writing() as unit:
        await unit.waitlist.add(a_wait(waits, doctor))
    for number, rival in enumerate(public):
        held = await _held(storage, doctor, owner, number)
        await cancel(Actor.patient(owner.id), None, appointment_id=held.id)
        claim = hold(Actor.patient(rival.id), None, doctor_id=doctor.id, starts_at=held.starts_at)
        await _together(offer(doctor.id), claim, offer(doctor.id))
        async with storage.reading() as unit:
            [theirs] = await unit.appointments.occupying(doctor.id, held.interval)
        assert theirs.booked_by in (rival.id, waits.id)
        if theirs.booked_by == waits.id:
            await cancel(Actor.patient(waits.id), None, appointment_id=theirs.id)
    assert await anomalies(database) == []


async def test_two_releases_at_once_leave_one_who_waits_with_one_offer(storage: SqlStorage, database: Database) -> None:
    """Of two doctors of one specialization, so that no schedule's lock keeps the two apart."""
    chance = SeededChance(7)
    cancel, offer = (
        CancelAppointment(storage, chance, TERMS),
        OfferReleasedTime(storage, chance, TERMS, no_calendars(storage, chance)),
    )
    doctors, (owner, waits) = await _people(storage, 2, doctors=2)
    entry = a_wait(waits, None)
    async with storage.writing() as unit:
        await unit.waitlist.add(entry)
    for number in range(ROUNDS):
        held = [await _held(storage, each, owner, 2 * number + half) for half, each in enumerate(doctors)]
        await _together(*(cancel(Actor.patient(owner.id), None, appointment_id=each.id) for each in held))
        await _together(*(offer(each.id) for each in doctors * 2))
        async with storage.reading() as unit:
            pending = await unit.appointments.pending_of(waits.id)
            assert [each.id for each in pending] == [await unit.offers.standing(entry.id, now=MONDAY)]
        await cancel(Actor.patient(waits.id), None, appointment_id=pending[0].id)
        async with storage.writing() as unit:
            for each in doctors:
                await unit.waitlist.forget(await unit.waitlist.releases(each.id))
    assert await anomalies(database) == []


async def test_of_two_siblings_accepted_at_once_one_is_kept_and_the_other_let_go(
    storage: SqlStorage, database: Database
) -> None:
    chance = SeededChance(7)
    accept = AcceptOffer(storage, chance, TERMS)
    (doctor,), (patient,) = await _people(storage, 1)
    visit = await _held(storage, doctor, patient, 0, lasts=timedelta(days=1))
    for number in range(ROUNDS):
        siblings = [
            await _held(storage, doctor, patient, 1 + 2 * number + half, hold_kind=HoldKind.FOLLOW_UP)
            for half in range(2)
        ]
        async with storage.writing() as unit:
            for each in siblings:
                await unit.offers.add(an_offer(each, visit_id=visit.id))
        actor = Actor.patient(patient.id)
        ended = await _together(*(accept(actor, None, appointment_id=each.id) for each in siblings * 2))
        async with storage.reading() as unit:
            now_are = [await unit.appointments.get(each.id, SYSTEM) for each in siblings]
            [kept] = [each for each in now_are if each.accepted_at is not None]
            [gone] = [each for each in now_are if each.accepted_at is None]
        assert gone.cancellation is not None
        assert gone.cancellation.verb is Verb.REPLACE
        granted = [each for each in ended if not isinstance(each, BaseException)]
        assert {each.appointment.id for each in granted} == {kept.id}  # type: ignore[attr-defined]  # as accept answers
        async with storage.writing() as unit:
            await unit.appointments.store(kept.move(Verb.ABANDON, actor, MONDAY))
    accepted = [event for event in await read_history(database) if event.verb is Verb.ACCEPT]
    assert len(accepted) == ROUNDS
    assert await anomalies(database) == []
