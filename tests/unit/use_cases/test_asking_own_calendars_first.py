"""Who takes a doctor's time has their own calendar asked first where the last reading is old: once for all who come, briefly,
and not while it is known not to answer."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.doctor import Doctor
from scheduling_core.errors import SlotNotOffered
from scheduling_core.instants import Interval
from scheduling_core.own_calendar import ASK_ANEW_AFTER, CLOSES_AFTER, READ_EVERY, OwnCalendar
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.own_calendars import WAITED_FOR
from scheduling_core.use_cases.waitlist import Wish
from support.clinic import Clinic
from support.clock import MONDAY, ManualClock
from support.virtual_time import run_in_virtual_time

HOUR = timedelta(hours=1)
OLD = ASK_ANEW_AFTER + timedelta(minutes=1)
"""After so long without a reading, whoever takes a time asks first."""
WAITED = WAITED_FOR.total_seconds()


def a_clinic() -> Clinic:
    clock = ManualClock()
    return Clinic(MemoryStorage(clock), clock)


@pytest.fixture
def clinic() -> Clinic:
    return a_clinic()


async def connected(clinic: Clinic, *, fee: int = 0) -> Doctor:
    doctor = await clinic.doctor(fee=fee)
    clinic.rooms.diaries[doctor.email] = []
    await clinic.connect(Actor.doctor(doctor.id), doctor.email)
    return doctor


async def own_of(clinic: Clinic, doctor: Doctor) -> OwnCalendar:
    async with clinic.storage.reading() as unit:
        own = await unit.own_calendars.of(doctor.id)
    assert own is not None
    return own


async def seconds_of(work: Coroutine[Any, Any, object]) -> float:
    loop = asyncio.get_running_loop()
    began = loop.time()
    await work
    return loop.time() - began


def hold_at(clinic: Clinic, doctor: Doctor, hour: float) -> Coroutine[Any, Any, Appointment]:
    async def hold() -> Appointment:
        patient = await clinic.patient()
        return await clinic.hold(patient, doctor, minutes=60 * hour - (clinic.clock.now() - MONDAY) / HOUR * 60)

    return hold()


def test_a_hold_waits_briefly_for_a_calendar_that_hangs_and_the_next_not_at_all() -> None:
    async def scene() -> None:
        clinic = a_clinic()
        doctor = await connected(clinic)
        clinic.clock.advance(minutes=OLD / timedelta(minutes=1))
        clinic.rooms.answers_after, asked = 3_600.0, clinic.rooms.asked
        assert await seconds_of(hold_at(clinic, doctor, 2)) == pytest.approx(WAITED)
        assert (await own_of(clinic, doctor)).trouble == "unavailable"
        for hour in (3, 4):
            clinic.clock.advance(minutes=2)
            assert await seconds_of(hold_at(clinic, doctor, hour)) == 0
        assert clinic.rooms.asked == asked + 1
        # Its task goes on asking, and what it reads counts again.
        clinic.rooms.answers_after = 0.0
        clinic.rooms.diaries[doctor.email] = [Interval(start=MONDAY + 5 * HOUR, end=MONDAY + 6 * HOUR)]
        await clinic.wait(seconds=READ_EVERY.total_seconds())
        assert (await own_of(clinic, doctor)).trouble == ""
        with pytest.raises(SlotNotOffered, check=lambda no: no.reason == "calendar_busy"):
            await hold_at(clinic, doctor, 5)

    run_in_virtual_time(scene())


def test_a_calendar_that_nobody_can_read_closes_in_time_although_no_hold_asks_it() -> None:
    async def scene() -> None:
        clinic = a_clinic()
        doctor = await connected(clinic)
        clinic.rooms.answers_after = 3_600.0
        clinic.clock.advance(minutes=OLD / timedelta(minutes=1))
        await hold_at(clinic, doctor, 2)
        clinic.clock.set(MONDAY + CLOSES_AFTER)
        with pytest.raises(SlotNotOffered, check=lambda no: no.reason == "calendar_unread"):
            await hold_at(clinic, doctor, 3)

    run_in_virtual_time(scene())


def test_of_many_who_come_at_once_one_asks_and_all_go_by_the_answer() -> None:
    async def scene() -> None:
        clinic = a_clinic()
        doctor = await connected(clinic)
        clinic.clock.advance(minutes=OLD / timedelta(minutes=1))
        clinic.rooms.diaries[doctor.email] = [Interval(start=MONDAY + 2 * HOUR, end=MONDAY + 4 * HOUR)]
        clinic.rooms.answers_after, asked = WAITED / 2, clinic.rooms.asked

        async def crowd() -> list[object]:
            holds = (hold_at(clinic, doctor, 2 + number / 2) for number in range(8))
            return list(await asyncio.gather(*holds, return_exceptions=True))

        loop = asyncio.get_running_loop()
        began = loop.time()
        ends = await crowd()
        assert loop.time() - began == pytest.approx(WAITED / 2)
        assert [isinstance(end, SlotNotOffered) for end in ends] == [True] * 4 + [False] * 4
        assert clinic.rooms.asked == asked + 1

    run_in_virtual_time(scene())


def test_nobody_is_left_waiting_by_one_who_asked_for_them_and_went_away() -> None:
    async def scene() -> None:
        clinic = a_clinic()
        doctor = await connected(clinic)
        clinic.clock.advance(minutes=OLD / timedelta(minutes=1))
        clinic.rooms.answers_after = 3_600.0
        first = asyncio.create_task(hold_at(clinic, doctor, 2))
        await asyncio.sleep(WAITED / 4)
        second = asyncio.create_task(hold_at(clinic, doctor, 3))
        await asyncio.sleep(WAITED / 4)
        first.cancel()
        with suppress(asyncio.CancelledError):
            await first
        assert await seconds_of(asyncio.wait_for(second, 60)) <= WAITED
        assert second.result().starts_at == MONDAY + 3 * HOUR

    run_in_virtual_time(scene())


async def test_a_visit_is_not_moved_to_a_time_that_was_entered_since_the_last_reading(clinic: Clinic) -> None:
    doctor, patient = await connected(clinic, fee=5_000), await clinic.patient()
    visit = await clinic.booked(patient, doctor, minutes=60 * 26)
    clinic.clock.advance(minutes=OLD / timedelta(minutes=1))
    clinic.rooms.diaries[doctor.email] = [Interval(start=MONDAY + 28 * HOUR, end=MONDAY + 29 * HOUR)]
    for mover in (Actor.patient(patient.id), Actor.doctor(doctor.id)):
        with pytest.raises(SlotNotOffered, check=lambda no: no.reason == "calendar_busy"):
            await clinic.reschedule(mover, None, appointment_id=visit.id, starts_at=MONDAY + 28 * HOUR)
    moved = await clinic.reschedule(
        Actor.patient(patient.id), None, appointment_id=visit.id, starts_at=MONDAY + 29 * HOUR
    )
    assert moved.appointment.starts_at == MONDAY + 29 * HOUR


async def test_no_time_is_kept_for_a_follow_up_that_was_entered_since_the_last_reading(clinic: Clinic) -> None:
    doctor, patient = await connected(clinic, fee=5_000), await clinic.patient()
    visit = await clinic.booked(patient, doctor, minutes=60)
    await clinic.wait(minutes=61)
    await clinic.fulfil(Actor.doctor(doctor.id), None, appointment_id=visit.id)
    clinic.clock.advance(minutes=OLD / timedelta(minutes=1))
    clinic.rooms.diaries[doctor.email] = [Interval(start=MONDAY + 28 * HOUR, end=MONDAY + 29 * HOUR)]
    until = clinic.clock.now() + 2 * HOUR
    actor = Actor.doctor(doctor.id)
    with pytest.raises(SlotNotOffered, check=lambda no: no.reason == "calendar_busy"):
        await clinic.offer_follow_up(
            actor, None, appointment_id=visit.id, times=[MONDAY + 27 * HOUR, MONDAY + 28 * HOUR], until=until
        )
    kept = await clinic.offer_follow_up(
        actor, None, appointment_id=visit.id, times=[MONDAY + 27 * HOUR, MONDAY + 29 * HOUR], until=until
    )
    assert [each.appointment.starts_at - MONDAY for each in kept.appointments] == [27 * HOUR, 29 * HOUR]


async def test_released_time_is_not_offered_where_it_was_entered_since_the_last_reading(clinic: Clinic) -> None:
    doctor, owner, waiting = await connected(clinic, fee=5_000), await clinic.patient(), await clinic.patient()
    visits = [await clinic.booked(owner, doctor, minutes=60 * hour) for hour in (26, 28)]
    window = Interval(start=MONDAY + 24 * HOUR, end=MONDAY + 30 * HOUR)
    await clinic.join_waitlist(Actor.patient(waiting.id), None, Wish(doctor_id=doctor.id, window=window))
    for visit in visits:
        await clinic.cancel(Actor.patient(owner.id), None, appointment_id=visit.id)
    clinic.rooms.events.clear()
    clinic.clock.advance(minutes=OLD / timedelta(minutes=1))
    clinic.rooms.diaries[doctor.email] = [Interval(start=MONDAY + 26 * HOUR, end=MONDAY + 27 * HOUR)]
    await clinic.deliver_tasks.offer_time(doctor.id)
    async with clinic.storage.reading() as unit:
        (offered,) = await unit.appointments.pending_of(waiting.id)
    assert (offered.hold_kind, offered.starts_at) == (HoldKind.WAITLIST, MONDAY + 28 * HOUR)
    await clinic.settle()
    assert [letter.kind for letter in clinic.letters.to(waiting.email)] == [MessageKind.OFFER]
