"""Time off: no visit ends unasked, and nothing is stored before the doctor agreed."""

from datetime import timedelta

import pytest

from scheduling_core.access import SYSTEM, Actor, Role
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.doctor import Doctor
from scheduling_core.errors import InvalidInput, Outdated
from scheduling_core.hours import TimeOff
from scheduling_core.instants import Interval
from scheduling_core.ports.requests import RequestKey
from scheduling_core.tasks import MessageKind, TaskKind
from scheduling_core.use_cases.hours import AddTimeOff
from support.clock import MONDAY
from support.desk import Desk
from support.making import a_payment, minutes, usd
from support.rivals import ContestedStorage

NINE = MONDAY + minutes(60)
DAY = timedelta(days=1)
WHOLE_DAY = Interval(start=NINE, end=NINE + DAY)


@pytest.fixture
async def doctor(desk: Desk) -> Doctor:
    return await desk.doctor()


@pytest.fixture
def me(doctor: Doctor) -> Actor:
    return Actor.doctor(doctor.id)


def a_request(me: Actor, key: str = "k1", body: str = "b1") -> RequestKey:
    return RequestKey(me, "add-time-off", key, body)


async def all_time_off(desk: Desk, doctor: Doctor) -> list[TimeOff]:
    async with desk.storage.reading() as unit:
        return await unit.schedules.time_off(doctor.id)


async def assert_nothing_happened(desk: Desk, doctor: Doctor, version: int, *visits: Appointment) -> None:
    assert await desk.version(doctor) == version
    assert await all_time_off(desk, doctor) == []
    assert await desk.tasks() == []
    assert [await desk.see(visit) for visit in visits] == list(visits)


async def test_time_off_that_meets_no_visit_is_stored_at_once(desk: Desk, doctor: Doctor, me: Actor):
    before = await desk.version(doctor)
    added = await desk.add_time_off(me, None, interval=WHOLE_DAY, note="  conference ")

    assert added.time_off is not None
    assert (added.time_off.interval, added.time_off.note, added.conflicts) == (WHOLE_DAY, "conference", [])
    assert await desk.list_time_off(me) == [added.time_off]
    assert await desk.version(doctor) > before
    assert (await desk.read_doctor(doctor.id)).next_free_at == NINE + DAY


async def test_time_off_over_visits_is_asked_about_first(desk: Desk, doctor: Doctor, me: Actor):
    booked = await desk.visit(doctor, NINE)
    arrived = await desk.visit(doctor, NINE + minutes(30), status=Status.ARRIVED)
    held = await desk.visit(doctor, NINE + minutes(60), status=Status.PENDING)
    version = await desk.version(doctor)
    asked = await desk.add_time_off(me, a_request(me), interval=WHOLE_DAY)

    assert asked.time_off is None
    assert [each.appointment.id for each in asked.conflicts] == [booked.id, arrived.id]
    await assert_nothing_happened(desk, doctor, version, booked, arrived, held)


async def test_time_off_agreed_to_ends_visits_with_a_full_refund(desk: Desk, doctor: Doctor, me: Actor):
    booked = await desk.visit(doctor, NINE)
    arrived = await desk.visit(doctor, NINE + minutes(30), status=Status.ARRIVED)
    outside = await desk.visit(doctor, NINE + DAY)
    payment = a_payment(booked)
    async with desk.storage.writing() as unit:
        await unit.payments.add(payment)
    added = await desk.add_time_off(me, None, interval=WHOLE_DAY, cancel_conflicts=True)

    assert [each.appointment.id for each in added.conflicts] == [booked.id, arrived.id]
    for struck in (await desk.see(booked), await desk.see(arrived), *(each.appointment for each in added.conflicts)):
        assert (struck.status, struck.keep) == (Status.CANCELLED, usd(0))
        assert struck.cancellation is not None
        by = (struck.cancellation.verb, struck.cancellation.by, struck.cancellation.reason)
        assert by == (Verb.STRIKE, Role.DOCTOR, "time off")
    assert await desk.see(outside) == outside
    assert added.time_off in await desk.list_time_off(me)
    tasks = await desk.tasks()
    assert [task.payment_id for task in tasks if task.kind is TaskKind.SETTLE_MONEY] == [payment.id]
    meetings = [task.appointment_id for task in tasks if task.kind is TaskKind.ARRANGE_MEETING]
    assert meetings == [booked.id, arrived.id]
    told = {(MessageKind.CANCELLED, who) for who in (doctor.id, booked.booked_by, arrived.booked_by)}
    assert set(await desk.told()) == told


async def test_time_off_lets_live_holds_go_without_asking(desk: Desk, doctor: Doctor, me: Actor):
    held = await desk.visit(doctor, NINE, status=Status.PENDING)
    added = await desk.add_time_off(me, None, interval=WHOLE_DAY)
    struck = await desk.see(held)

    assert (added.conflicts, added.time_off is not None) == ([], True)
    assert struck.status is Status.CANCELLED
    assert struck.cancellation is not None
    assert struck.cancellation.verb is Verb.STRIKE


async def test_time_off_leaves_a_lapsed_hold_to_lapse(desk: Desk, doctor: Doctor, me: Actor):
    held = await desk.visit(doctor, NINE, status=Status.PENDING, lasts=10)
    desk.clock.advance(minutes=10)
    await desk.add_time_off(me, None, interval=WHOLE_DAY)

    assert await desk.see(held) == held


async def test_time_off_that_only_meets_a_visits_gap_leaves_it_alone(desk: Desk, doctor: Doctor, me: Actor):
    booked = await desk.visit(doctor, NINE, gap=30)
    held = await desk.visit(doctor, NINE + minutes(120), gap=30, status=Status.PENDING)
    for visit in (booked, held):
        gap = Interval(start=visit.ends_at, end=visit.occupied_until)
        assert (await desk.add_time_off(me, None, interval=gap)).conflicts == []

    assert [await desk.see(visit) for visit in (booked, held)] == [booked, held]


async def test_time_off_that_began_earlier_leaves_visits_that_are_over_alone(desk: Desk, doctor: Doctor, me: Actor):
    over = await desk.visit(doctor, NINE)
    running = await desk.visit(doctor, NINE + minutes(30))
    desk.clock.set(NINE + minutes(30))
    added = await desk.add_time_off(me, None, interval=WHOLE_DAY, cancel_conflicts=True)

    assert [each.appointment.id for each in added.conflicts] == [running.id]
    assert await desk.see(over) == over
    assert added.time_off is not None
    assert added.time_off.interval == WHOLE_DAY


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (NINE - DAY, MONDAY, "ends_at"),
        (NINE - 9 * DAY, NINE - 8 * DAY, "ends_at"),
        (NINE, NINE + 366 * DAY + timedelta(microseconds=1), "ends_at"),
    ],
)
async def test_time_off_that_is_over_or_endless_is_refused(desk: Desk, doctor: Doctor, me: Actor, start, end, field):
    version = await desk.version(doctor)
    with pytest.raises(InvalidInput) as refusal:
        await desk.add_time_off(me, None, interval=Interval(start=start, end=end), cancel_conflicts=True)

    assert refusal.value.field == field
    await assert_nothing_happened(desk, doctor, version)


async def test_time_off_may_last_a_leap_year_and_end_in_a_microsecond(desk: Desk, me: Actor):
    year = Interval(start=NINE, end=NINE + 366 * DAY)
    almost_over = Interval(start=MONDAY - DAY, end=MONDAY + timedelta(microseconds=1))

    for interval in (year, almost_over):
        added = (await desk.add_time_off(me, None, interval=interval)).time_off
        assert added is not None
        assert (added.interval, added.note) == (interval, "")


@pytest.mark.parametrize("note", ["x" * 201, "bell \x07"])
async def test_a_note_that_is_no_note_is_refused(desk: Desk, doctor: Doctor, me: Actor, note: str):
    version = await desk.version(doctor)
    with pytest.raises(InvalidInput) as refusal:
        await desk.add_time_off(me, None, interval=WHOLE_DAY, note=note)

    assert refusal.value.field == "note"
    await assert_nothing_happened(desk, doctor, version)


async def test_the_same_request_is_done_once_and_answered_alike(desk: Desk, doctor: Doctor, me: Actor):
    await desk.visit(doctor, NINE)
    request = a_request(me)
    first = await desk.add_time_off(me, request, interval=WHOLE_DAY, cancel_conflicts=True)
    again = await desk.add_time_off(me, request, interval=WHOLE_DAY, cancel_conflicts=True)

    assert again == first
    assert await desk.list_time_off(me) == [first.time_off]


async def test_after_being_asked_one_may_agree_under_the_same_key(desk: Desk, doctor: Doctor, me: Actor):
    await desk.visit(doctor, NINE)
    asked = await desk.add_time_off(me, a_request(me, body="asking"), interval=WHOLE_DAY)
    agreed = await desk.add_time_off(me, a_request(me, body="agreeing"), interval=WHOLE_DAY, cancel_conflicts=True)

    assert asked.time_off is None
    assert agreed.time_off is not None


async def test_decides_again_when_a_visit_changed_in_between(desk: Desk, doctor: Doctor, me: Actor):
    booked = await desk.visit(doctor, NINE)
    add_time_off = AddTimeOff(ContestedStorage(desk.storage, times=2), desk.chance)
    added = await add_time_off(me, a_request(me), interval=WHOLE_DAY, cancel_conflicts=True)

    assert await desk.list_time_off(me) == [added.time_off]
    assert (await desk.see(booked)).sequence == booked.sequence + 1


async def test_gives_up_when_somebody_is_always_first(desk: Desk, doctor: Doctor, me: Actor):
    booked = await desk.visit(doctor, NINE)
    version = await desk.version(doctor)
    add_time_off = AddTimeOff(ContestedStorage(desk.storage, times=99), desk.chance)
    with pytest.raises(Outdated):
        await add_time_off(me, None, interval=WHOLE_DAY, cancel_conflicts=True)

    await assert_nothing_happened(desk, doctor, version, booked)


async def test_visits_ended_by_time_off_stay_ended_when_it_is_taken_back(desk: Desk, doctor: Doctor, me: Actor):
    booked = await desk.visit(doctor, NINE)
    added = await desk.add_time_off(me, None, interval=WHOLE_DAY, cancel_conflicts=True)
    assert added.time_off is not None
    await desk.remove_time_off(me, added.time_off.id)

    assert (await desk.see(booked)).status is Status.CANCELLED


async def test_history_says_that_time_off_struck_the_visit(desk: Desk, doctor: Doctor, me: Actor):
    booked = await desk.visit(doctor, NINE)
    await desk.add_time_off(me, None, interval=WHOLE_DAY, cancel_conflicts=True)
    async with desk.storage.reading() as unit:
        last = (await unit.appointments.events(booked.id))[-1]
        details = await unit.appointments.details(booked.id, SYSTEM)

    assert (last.verb, last.before, last.after, last.actor_id) == (
        Verb.STRIKE,
        Status.BOOKED,
        Status.CANCELLED,
        doctor.id,
    )
    assert details.appointment.sequence == booked.sequence + 1
