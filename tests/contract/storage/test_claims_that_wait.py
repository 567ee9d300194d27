"""A claim that waits for a doctor's schedule decides by the time after its wait, and by what the holder of the lock wrote."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from contract.storage.waiting import begin_waiting, outcome
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import SlotNotOffered
from scheduling_core.hours import TimeOff
from scheduling_core.ids import TimeOffId
from scheduling_core.instants import Interval
from scheduling_core.ports.storage import Storage, Unit
from support.clinic import OPEN_ALL_DAY, Clinic
from support.clock import ManualClock


@pytest.fixture
async def clinic(storage: Storage, clock: ManualClock) -> AsyncIterator[Clinic]:
    made = Clinic(storage, clock)
    yield made
    await made.close()


async def refused_after(clinic: Clinic, doctor: Doctor, meanwhile: Callable[[Unit], Awaitable[None]]) -> str:
    """The reason for which a hold is refused that waited while `meanwhile` was done and committed under the lock."""
    patient = await clinic.patient()
    async with clinic.storage.writing() as unit:
        await unit.schedules.lock(doctor.id)
        waiting = await begin_waiting(clinic.hold(patient, doctor, minutes=60))
        await meanwhile(unit)
    with pytest.raises(SlotNotOffered) as refusal:
        await outcome(waiting)
    return refusal.value.reason


async def test_decides_by_the_time_after_its_wait(clinic: Clinic, clock: ManualClock) -> None:
    doctor = await clinic.doctor()

    async def an_hour_passes(_: Unit) -> None:
        clock.advance(minutes=61)

    assert await refused_after(clinic, doctor, an_hour_passes) == "past"


async def test_decides_by_the_hours_that_were_set_meanwhile(clinic: Clinic) -> None:
    doctor = await clinic.doctor()

    async def closes(unit: Unit) -> None:
        await unit.schedules.set_hours(doctor.id, replace(OPEN_ALL_DAY, weekly=((),) * 7))

    assert await refused_after(clinic, doctor, closes) == "closed"


async def test_decides_by_the_time_off_that_was_taken_meanwhile(clinic: Clinic, clock: ManualClock) -> None:
    doctor = await clinic.doctor()

    async def leaves(unit: Unit) -> None:
        away = Interval(start=clock.now(), end=clock.now() + timedelta(hours=5))
        await unit.schedules.add_time_off(doctor.id, TimeOff(id=TimeOffId(clinic.chance.new_id()), interval=away))

    assert await refused_after(clinic, doctor, leaves) == "time_off"


async def test_decides_by_the_suspension_that_came_meanwhile(clinic: Clinic) -> None:
    doctor = await clinic.doctor()

    async def suspends(unit: Unit) -> None:
        await unit.doctors.save((await unit.doctors.get(doctor.id)).become(DoctorStatus.SUSPENDED))

    assert await refused_after(clinic, doctor, suspends) == "not_listed"


async def test_gives_the_own_hold_back_unchanged(clinic: Clinic, clock: ManualClock) -> None:
    doctor, patient = await clinic.doctor(), await clinic.patient()
    first = await clinic.hold(patient, doctor, minutes=60)
    clock.advance(minutes=5)
    actor = Actor.patient(patient.id)
    again = await clinic.hold_slot(actor, None, doctor_id=doctor.id, starts_at=first.starts_at)
    assert (again.appointment.id, again.appointment.hold_expires_at) == (first.id, first.hold_expires_at)
