"""Hours, and which time off there is: the doctor's own alone, and no booked visit moves."""

from datetime import timedelta

import pytest

from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Status
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import InvalidHours, NotFound
from scheduling_core.ids import TimeOffId
from scheduling_core.instants import Interval
from support.clock import MONDAY
from support.desk import Desk, assert_only
from support.making import NINE_TO_FIVE, a_doctor, a_time_off, an_id, minutes, some_hours

NINE = MONDAY + minutes(60)
DAY = timedelta(days=1)
WHOLE_DAY = Interval(start=NINE, end=NINE + DAY)


@pytest.fixture
async def doctor(desk: Desk) -> Doctor:
    return await desk.doctor()


@pytest.fixture
def me(doctor: Doctor) -> Actor:
    return Actor.doctor(doctor.id)


async def test_hours_and_time_off_belong_to_doctors_alone(desk: Desk):
    await assert_only({Role.DOCTOR}, desk.read_hours)
    await assert_only({Role.DOCTOR}, lambda actor: desk.set_hours(actor, some_hours()))
    await assert_only({Role.DOCTOR}, desk.list_time_off)
    await assert_only({Role.DOCTOR}, lambda actor: desk.remove_time_off(actor, TimeOffId(an_id())))
    await assert_only({Role.DOCTOR}, lambda actor: desk.add_time_off(actor, None, interval=WHOLE_DAY))


async def test_hours_are_read_as_they_were_set(desk: Desk, doctor: Doctor, me: Actor):
    assert await desk.read_hours(me) == some_hours()
    other = await desk.doctor()
    changed = some_hours(
        time_zone="Europe/Berlin", slot_minutes=20, overrides={NINE.date(): ()}, weekly=(NINE_TO_FIVE,) + ((),) * 6
    )
    before = await desk.version(doctor)

    assert await desk.set_hours(me, changed) == changed
    assert await desk.read_hours(me) == changed
    assert await desk.version(doctor) > before
    assert await desk.read_hours(Actor.doctor(other.id)) == some_hours()


async def test_hours_in_a_zone_that_does_not_exist_cannot_even_be_said():
    with pytest.raises(InvalidHours):
        some_hours(time_zone="Mars/Olympus")


async def test_new_hours_leave_booked_visits_where_they_are(desk: Desk, doctor: Doctor, me: Actor):
    visits = [await desk.visit(doctor, NINE), await desk.visit(doctor, NINE + DAY, status=Status.PENDING)]
    await desk.set_hours(me, some_hours(weekly=((),) * 7, time_zone="Asia/Tokyo"))

    assert [await desk.see(visit) for visit in visits] == visits
    assert await desk.tasks() == []


@pytest.mark.parametrize("status", DoctorStatus)
async def test_hours_can_be_prepared_whatever_became_of_the_registration(desk: Desk, status: DoctorStatus):
    me = Actor.doctor((await desk.doctor(a_doctor(status=status))).id)

    assert await desk.set_hours(me, some_hours(gap_minutes=10)) == some_hours(gap_minutes=10)


async def test_a_doctor_who_is_gone_has_no_hours(desk: Desk):
    nobody = Actor.doctor(a_doctor().id)
    with pytest.raises(NotFound):
        await desk.read_hours(nobody)
    with pytest.raises(NotFound):
        await desk.set_hours(nobody, some_hours())
    with pytest.raises(NotFound):
        await desk.add_time_off(nobody, None, interval=WHOLE_DAY)


async def test_lists_time_off_that_is_not_over_earliest_first(desk: Desk, doctor: Doctor, me: Actor):
    later = await desk.time_off(doctor, a_time_off(NINE + DAY))
    sooner = await desk.time_off(doctor, a_time_off(NINE))
    await desk.time_off(await desk.doctor(), a_time_off(NINE))

    assert await desk.list_time_off(me) == [sooner, later]
    desk.clock.set(sooner.interval.end)
    assert await desk.list_time_off(me) == [later]


async def test_takes_time_off_back_and_offers_its_slots_again(desk: Desk, doctor: Doctor, me: Actor):
    time_off = await desk.time_off(doctor, a_time_off(NINE))
    before = await desk.version(doctor)
    await desk.remove_time_off(me, time_off.id)

    assert await desk.list_time_off(me) == []
    assert await desk.version(doctor) > before
    assert (await desk.read_doctor(doctor.id)).next_free_at == NINE
    with pytest.raises(NotFound):
        await desk.remove_time_off(me, time_off.id)


async def test_takes_no_other_doctors_time_off_back(desk: Desk, doctor: Doctor, me: Actor):
    other = await desk.doctor()
    theirs = await desk.time_off(other, a_time_off(NINE))
    version = await desk.version(doctor)

    with pytest.raises(NotFound):
        await desk.remove_time_off(me, theirs.id)
    assert await desk.list_time_off(Actor.doctor(other.id)) == [theirs]
    assert await desk.version(doctor) == version
