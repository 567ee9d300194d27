"""Calendar feeds: who has one, what it shows, and what makes it worthless."""

from datetime import timedelta

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor, Role
from scheduling_core.errors import NotFound
from scheduling_core.use_cases.feeds import EndCalendarFeed, NewCalendarFeed, ReadCalendarFeed, SeeCalendarFeed
from scheduling_core.use_cases.privacy import EraseMyData
from support.clinic import Clinic
from support.clock import ManualClock
from support.desk import assert_only


class House(Clinic):
    def __init__(self) -> None:
        clock = ManualClock()
        super().__init__(MemoryStorage(clock), clock)
        self.see_feed = SeeCalendarFeed(self.storage)
        self.new_feed = NewCalendarFeed(self.storage, self.chance)
        self.end_feed = EndCalendarFeed(self.storage)
        self.read_feed = ReadCalendarFeed(self.storage, clock)

    async def shown(self, secret: str) -> list[object]:
        return [details.appointment.id for details in await self.read_feed(secret)]


@pytest.fixture
async def house():
    house = House()
    yield house
    await house.close()


async def test_shows_patient_and_doctor_their_visits_by_start(house: House):
    doctor, patient, other = await house.doctor(), await house.patient(), await house.patient()
    theirs = await house.booked(other, doctor, minutes=60)
    late = await house.booked(patient, doctor, minutes=180)
    early = await house.booked(patient, doctor, minutes=120)
    _, patients = await house.new_feed(Actor.patient(patient.id))
    _, doctors = await house.new_feed(Actor.doctor(doctor.id))
    assert await house.shown(patients) == [early.id, late.id]
    assert await house.shown(doctors) == [theirs.id, early.id, late.id]


async def test_leaves_out_holds_and_what_was_cancelled_and_keeps_what_was_recent(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    me = Actor.patient(patient.id)
    cancelled = await house.booked(patient, doctor, minutes=60)
    await house.cancel(me, None, appointment_id=cancelled.id)
    past = await house.booked(patient, doctor, minutes=120)
    await house.wait(days=30)
    ahead = await house.booked(patient, doctor, minutes=60)
    await house.hold(patient, doctor, minutes=120)
    _, secret = await house.new_feed(me)
    assert await house.shown(secret) == [past.id, ahead.id]
    house.clock.set(past.ends_at + timedelta(days=60) - timedelta(seconds=1))
    assert await house.shown(secret) == [past.id, ahead.id]
    house.clock.advance(seconds=1)
    assert await house.shown(secret) == [ahead.id]


async def test_a_new_address_or_an_end_makes_the_old_one_worthless(house: House):
    me = Actor.patient((await house.patient()).id)
    assert await house.see_feed(me) is None
    first, old = await house.new_feed(me)
    second, new = await house.new_feed(me)
    assert old != new
    assert await house.see_feed(me) == second != first
    with pytest.raises(NotFound):
        await house.read_feed(old)
    assert await house.read_feed(new) == []
    await house.end_feed(me)
    assert await house.see_feed(me) is None
    with pytest.raises(NotFound):
        await house.read_feed(new)


async def test_the_secret_is_stored_nowhere(house: House):
    _, secret = await house.new_feed(Actor.patient((await house.patient()).id))
    assert isinstance(house.storage, MemoryStorage)
    assert secret not in repr(house.storage.committed())


async def test_is_for_patients_and_doctors(house: House):
    for verb in (house.see_feed, house.new_feed, house.end_feed):
        await assert_only({Role.PATIENT, Role.DOCTOR}, verb)


async def test_whoever_was_erased_gets_no_address(house: House):
    patient = await house.patient()
    me = Actor.patient(patient.id)
    await EraseMyData(house.storage, house.chance)(me, patient.email)
    with pytest.raises(NotFound):
        await house.new_feed(me)
