"""A doctor's slots on some dates: what is offered, what is taken, and for how long that is true."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from scheduling_core.access import Actor
from scheduling_core.appointment import Status
from scheduling_core.availability import SlotStatus
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import InvalidInput, NotFound, Refusal
from scheduling_core.hours import Hours, Span
from scheduling_core.ids import DoctorId
from support.clock import MONDAY
from support.desk import Desk
from support.making import ALL_DAY, a_doctor, a_time_off, an_id, minutes, some_hours

TODAY = MONDAY.date()
DAY = timedelta(days=1)
NINE = MONDAY + minutes(60)
MORNING = some_hours(weekly=((Span(540, 660),),) * 7)
F, H, B = SlotStatus.FREE, SlotStatus.HELD, SlotStatus.BOOKED


async def statuses(desk: Desk, doctor: Doctor, first: date = TODAY, days: int = 1) -> list[SlotStatus]:
    offered = await desk.find_slots(doctor.id, first=first, last=first + days * DAY)
    return [slot.status for slot in offered.slots]


async def test_shows_what_is_free_held_and_booked(desk: Desk):
    doctor = await desk.doctor(hours=MORNING)
    await desk.visit(doctor, NINE + minutes(30), status=Status.PENDING)
    await desk.visit(doctor, NINE + minutes(60))
    offered = await desk.find_slots(doctor.id, first=TODAY, last=TODAY + DAY)

    assert [slot.status for slot in offered.slots] == [F, H, B, F]
    assert [slot.interval.start for slot in offered.slots] == [NINE + minutes(30 * n) for n in range(4)]
    assert (offered.doctor_id, offered.time_zone) == (doctor.id, "UTC")


async def test_leaves_out_time_off(desk: Desk):
    doctor = await desk.doctor(hours=MORNING)
    await desk.time_off(doctor, a_time_off(NINE + minutes(30)))

    assert await statuses(desk, doctor) == [F, F]


async def test_frees_a_slot_at_the_instant_that_it_said_it_might(desk: Desk):
    doctor = await desk.doctor(hours=MORNING)
    await desk.visit(doctor, NINE, status=Status.PENDING, lasts=10)
    offered = await desk.find_slots(doctor.id, first=TODAY, last=TODAY + DAY)

    assert offered.valid_until == MONDAY + minutes(10)
    desk.clock.set(offered.valid_until)
    assert await statuses(desk, doctor) == [F, F, F, F]


async def test_offers_no_past_slots_of_today_and_none_of_days_gone_by(desk: Desk):
    doctor = await desk.doctor(hours=MORNING)
    desk.clock.set(NINE + minutes(31))

    assert await statuses(desk, doctor) == [F, F]
    assert await statuses(desk, doctor, TODAY - 40 * DAY, days=40) == []


async def test_offers_nothing_beyond_the_horizon(desk: Desk):
    doctor = await desk.doctor(hours=some_hours(horizon_days=1))

    assert len(await statuses(desk, doctor, TODAY, days=62)) == 2 * 16
    assert await statuses(desk, doctor, TODAY + 2 * DAY) == []


async def test_shows_what_is_taken_on_the_last_day_of_the_horizon(desk: Desk):
    doctor = await desk.doctor(hours=replace(MORNING, horizon_days=1))
    await desk.visit(doctor, NINE + DAY)

    assert await statuses(desk, doctor, TODAY + DAY, days=2) == [B, F, F, F]


async def test_dates_are_the_doctors_own(desk: Desk):
    doctor = await desk.doctor(hours=some_hours(time_zone="Asia/Kolkata", weekly=(ALL_DAY,) * 7))
    offered = await desk.find_slots(doctor.id, first=TODAY + DAY, last=TODAY + 2 * DAY)

    assert offered.time_zone == "Asia/Kolkata"
    assert offered.slots[0].interval.start == datetime(2027, 3, 1, 18, 30, tzinfo=UTC)
    assert len(offered.slots) == 48


async def test_sees_a_visit_after_midnight_in_the_way_of_the_gap_before_it(desk: Desk):
    late = some_hours(gap_minutes=15, weekly=((Span(1410, 1440),),) * 7)
    doctor = await desk.doctor(hours=late)
    assert await statuses(desk, doctor) == [F]
    await desk.visit(doctor, datetime(2027, 3, 2, 0, 0, tzinfo=UTC))

    assert await statuses(desk, doctor) == [B]


async def test_sees_a_visit_from_before_midnight_whose_gap_reaches_over_it(desk: Desk):
    doctor = await desk.doctor(hours=some_hours(weekly=(ALL_DAY,) * 7))
    await desk.visit(doctor, datetime(2027, 3, 1, 23, 30, tzinfo=UTC), gap=20)

    assert (await statuses(desk, doctor, TODAY + DAY))[:2] == [B, F]


@pytest.mark.parametrize("days", [0, -1, 63, 4000])
async def test_refuses_too_many_days_or_none(desk: Desk, days: int):
    doctor = await desk.doctor()
    with pytest.raises(InvalidInput) as refusal:
        await desk.find_slots(doctor.id, first=TODAY, last=TODAY + days * DAY)

    assert refusal.value.field == "to"


@pytest.mark.parametrize("first", [date.min, date(1, 2, 1), date.max - 62 * DAY, date.max - DAY])
async def test_answers_for_the_ends_of_the_calendar_too(desk: Desk, first: date):
    doctor = await desk.doctor(hours=some_hours(horizon_days=730))
    offered = await desk.find_slots(doctor.id, first=first, last=first + DAY)

    assert offered.slots == []
    assert offered.valid_until > desk.clock.now()


async def test_a_date_that_a_clock_shows_twice_hides_no_time_off(desk: Desk):
    """In St. John's the clock went back from 00:01 to 23:01 of the date before."""
    doctor = await desk.doctor(hours=some_hours(time_zone="America/St_Johns", weekly=(ALL_DAY,) * 7))
    changes_at = datetime(2006, 10, 29, 2, 31, tzinfo=UTC)
    desk.clock.set(changes_at - minutes(0.5))
    before = await desk.find_slots(doctor.id, first=date(2006, 10, 28), last=date(2006, 10, 29))
    await desk.time_off(doctor, a_time_off(changes_at))
    after = await desk.find_slots(doctor.id, first=date(2006, 10, 28), last=date(2006, 10, 29))

    assert [slot.interval.start for slot in before.slots] == [changes_at + minutes(29)]
    assert after.slots == []


@pytest.mark.parametrize("status", [None, *sorted(set(DoctorStatus) - {DoctorStatus.APPROVED})])
async def test_a_doctor_who_is_not_listed_offers_nothing(desk: Desk, status: DoctorStatus | None):
    doctor_id = (await desk.doctor(a_doctor(status=status))).id if status else DoctorId(an_id())

    with pytest.raises(NotFound):
        await desk.find_slots(doctor_id, first=TODAY, last=TODAY + DAY)


async def test_names_the_version_that_every_change_of_the_schedule_makes_grow(desk: Desk):
    doctor = await desk.doctor()
    versions = [(await desk.find_slots(doctor.id, first=TODAY, last=TODAY + DAY)).schedule_version]
    me = Actor.doctor(doctor.id)
    for change in (
        desk.set_hours(me, MORNING),
        desk.add_time_off(me, None, interval=a_time_off(NINE).interval),
        desk.hold_slot(
            Actor.patient((await desk.patient()).id), None, doctor_id=doctor.id, starts_at=NINE + minutes(60)
        ),
    ):
        await change
        versions.append((await desk.find_slots(doctor.id, first=TODAY, last=TODAY + DAY)).schedule_version)

    assert versions == sorted(set(versions))


@pytest.mark.parametrize(
    "hours",
    [
        some_hours(),
        some_hours(gap_minutes=10, slot_minutes=25),
        some_hours(minimum_notice_minutes=90),
        some_hours(minimum_notice_minutes=1),
        some_hours(time_zone="America/New_York", weekly=(ALL_DAY,) * 7),
    ],
    ids=["plain", "gap", "notice", "least notice", "new york"],
)
@pytest.mark.parametrize("late", [0, 58, 59, 60, 61, 119])
async def test_exactly_the_free_slots_can_be_held(desk: Desk, hours: Hours, late: int):
    desk.clock.advance(minutes=late)
    doctor = await desk.doctor(hours=hours)
    await desk.visit(doctor, NINE + minutes(60), gap=5)
    await desk.time_off(doctor, a_time_off(NINE + minutes(150), minutes(20)))
    offered = await desk.find_slots(doctor.id, first=TODAY, last=TODAY + DAY)
    free = {slot.interval.start for slot in offered.slots if slot.status is F}

    assert free
    held = set()
    for starts_at in [NINE + minutes(5 * step) for step in range(-12, 12 * 12)]:
        patient = Actor.patient((await desk.patient()).id)
        try:
            details = await desk.hold_slot(patient, None, doctor_id=doctor.id, starts_at=starts_at)
        except Refusal:
            continue
        held.add(details.appointment.starts_at)
    looked_at = {start for start in free if NINE - minutes(60) <= start < NINE + timedelta(hours=12)}
    assert held == looked_at


@pytest.mark.parametrize("days", [0, 1, 4, 16])
@pytest.mark.parametrize("gap", [0, 15])
async def test_the_next_free_slot_is_the_first_free_one_on_the_list_however_far_ahead(desk: Desk, days: int, gap: int):
    """Also just where looking ahead by days at a time would take a slot for free whose end it has not seen."""
    hours = some_hours(gap_minutes=gap, weekly=(ALL_DAY,) * 7)
    edge = MONDAY + days * DAY
    for number in range(-60, 61, 10):
        doctor = await desk.doctor(hours=hours)
        if days:
            await desk.time_off(doctor, a_time_off(MONDAY, edge - MONDAY - minutes(30)))
        await desk.visit(doctor, edge + minutes(number))
        offered = await desk.find_slots(doctor.id, first=TODAY, last=TODAY + 20 * DAY)
        first_free = next(slot.interval.start for slot in offered.slots if slot.status is F)

        assert (await desk.read_doctor(doctor.id)).next_free_at == first_free
