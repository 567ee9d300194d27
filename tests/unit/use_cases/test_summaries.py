"""What patients said, summed up: each doctor is told in the morning, once, and the rating is counted anew."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.notify import Message
from scheduling_core.tasks import MessageKind, TaskKind, TaskState
from scheduling_core.use_cases.summaries import OrderFeedbackReports
from support.clinic import Clinic
from support.clock import ManualClock


class House(Clinic):
    def __init__(self) -> None:
        clock = ManualClock()
        super().__init__(MemoryStorage(clock), clock)
        self.order = OrderFeedbackReports(self.storage, self.chance)

    async def said(self, doctor: Doctor, stars: int) -> AppointmentId:
        """A visit that took place, of which its patient says this."""
        patient = await self.patient()
        visit = await self.booked(patient, doctor)
        self.clock.advance(minutes=60)
        await self.fulfil(Actor.doctor(doctor.id), None, appointment_id=visit.id)
        await self.give_feedback(Actor.patient(patient.id), visit.id, stars=stars, title="Good", review="Kind.")
        await self.settle()
        return visit.id

    async def morning(self) -> int:
        """The first hour of the next day."""
        now = self.clock.now()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        self.clock.advance(seconds=(midnight - now).total_seconds() + 600)
        ordered = await self.order()
        await self.settle()
        return ordered

    def reports(self, doctor: Doctor) -> list[Message]:
        return [each for each in self.letters.to(doctor.email) if each.kind is MessageKind.FEEDBACK_SUMMARY]


@pytest.fixture
async def house() -> AsyncIterator[House]:
    house = House()
    yield house
    await house.close()


async def test_a_doctor_is_told_once_what_was_said_the_day_before(house: House) -> None:
    doctor, other = await house.doctor(), await house.doctor()
    await house.said(doctor, 5)
    await house.said(doctor, 2)
    assert (await house.morning(), await house.order()) == (1, 0)
    [report] = house.reports(doctor)
    assert report.summary is not None
    assert (report.summary.given, report.summary.stars, report.summary.rating.average) == (2, 7, 3.5)
    assert house.reports(other) == []


async def test_a_day_without_feedback_is_not_reported(house: House) -> None:
    doctor = await house.doctor()
    await house.said(doctor, 5)
    assert (await house.morning(), await house.morning()) == (1, 0)
    assert len(house.reports(doctor)) == 1


async def test_what_was_hidden_meanwhile_is_not_told(house: House) -> None:
    doctor = await house.doctor()
    visit = await house.said(doctor, 1)
    async with house.storage.writing() as unit:
        given = await unit.feedback.find(visit)
        assert given is not None
        await unit.feedback.save(given.hide(house.clock.now(), "abuse"))
    assert await house.morning() == 0
    assert house.reports(doctor) == []


async def test_each_thing_said_has_the_rating_counted_anew(house: House) -> None:
    doctor = await house.doctor()
    await house.said(doctor, 5)
    async with house.storage.reading() as unit:
        task = await unit.tasks.of_key(f"ratings:{doctor.id}")
    assert task is not None
    assert (task.kind, task.state) == (TaskKind.SUMMARISE_FEEDBACK, TaskState.DONE)


async def test_a_doctor_who_was_suspended_meanwhile_is_told_too(house: House) -> None:
    doctor = await house.doctor()
    await house.said(doctor, 4)
    async with house.storage.writing() as unit:
        await unit.doctors.save(replace(doctor, status=DoctorStatus.SUSPENDED))
    assert await house.morning() == 1
    [report] = house.reports(doctor)
    assert report.summary is not None
    assert (report.summary.given, report.summary.rating.average) == (1, 4)
    async with house.storage.reading() as unit:
        assert await unit.tasks.list(TaskState.DEAD, after=None, limit=10) == []
