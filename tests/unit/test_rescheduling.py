"""The rules of moving: who, until when, how often, and what a doctor's move promises."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from scheduling_core.access import SYSTEM, Actor, Role
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.appointment_parts import Meeting, MeetingStatus
from scheduling_core.cancellation import CancellationPolicy
from scheduling_core.errors import IllegalTransition
from scheduling_core.ids import DoctorId
from scheduling_core.instants import Interval
from scheduling_core.rescheduling import (
    Bar,
    bar_to_move,
    full_refund_until,
    move_to,
    patients_refund,
    refund_stands_until,
)
from support.clock import MONDAY
from support.making import a_doctor, a_hold, a_patient, an_id, minutes

START = MONDAY + timedelta(days=7)
DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)
DOCTOR = Actor.doctor(DoctorId(an_id()))
ZONES = ("UTC", "UTC")


def a_visit(**changes: object) -> Appointment:
    hold = a_hold(a_doctor(), a_patient(), START).after
    booked = hold.move(Verb.BOOK, SYSTEM, MONDAY, keep=hold.quote.total).after
    return replace(booked, **changes)  # type: ignore[arg-type]  # names checked by replace


def bar(visit: Appointment, at: datetime, role: Role = Role.PATIENT) -> Bar | None:
    return bar_to_move(visit, role, at, most_moves=3)


def moved(visit: Appointment, start: datetime, actor: Actor, at: datetime = MONDAY) -> Appointment:
    interval = Interval(start=start, end=start + minutes(30))
    return move_to(visit, interval, actor, at, gap=minutes(5), zones=ZONES).after


def test_a_patient_may_move_while_all_of_the_money_would_come_back():
    assert bar(a_visit(), START - DAY) is None
    assert bar(a_visit(), START - DAY + INSTANT) is Bar.TOO_LATE


@pytest.mark.parametrize("policy", ["", "24h:50"])
def test_a_patient_whose_policy_never_gives_all_back_cannot_move(policy: str):
    assert bar(a_visit(policy=CancellationPolicy.parse(policy)), MONDAY) is Bar.TOO_LATE


def test_a_policy_that_gives_all_back_until_the_start_lets_nobody_move_at_the_start():
    visit = a_visit(policy=CancellationPolicy.parse("0h:100"))
    assert bar(visit, START - INSTANT) is None
    assert bar(visit, START) is Bar.TOO_LATE


def test_a_patient_may_move_three_times():
    assert [bar(a_visit(moves=moves), MONDAY) for moves in range(4)] == [None, None, None, Bar.TOO_OFTEN]


def test_a_patient_pays_before_moving_and_a_doctor_does_not_wait_for_that():
    visit = a_visit(pay_by=START - DAY)
    assert bar(visit, MONDAY) is Bar.UNPAID
    assert bar(visit, MONDAY, Role.DOCTOR) is None


def test_a_doctor_may_move_until_the_visit_is_over():
    visit = a_visit(moves=9)
    assert bar(visit, START + minutes(30) - INSTANT, Role.DOCTOR) is None
    assert bar(visit, START + minutes(30), Role.DOCTOR) is Bar.OVER


@pytest.mark.parametrize("role", [Role.PATIENT, Role.DOCTOR])
@pytest.mark.parametrize("status", sorted({*Status} - {Status.BOOKED}))
def test_only_what_is_booked_can_be_moved(status: Status, role: Role):
    assert bar(a_visit(status=status), MONDAY, role) is Bar.NOT_BOOKED


def test_a_doctors_move_promises_everything_back_until_the_new_start():
    visit = moved(a_visit(), START + DAY, DOCTOR)
    assert visit.full_refund_until == START + DAY
    last = START + DAY - INSTANT
    assert patients_refund(visit, last) == visit.quote.total
    assert bar(visit, last) is None
    assert refund_stands_until(visit, last) == full_refund_until(visit) == START + DAY
    assert patients_refund(visit, START + DAY).amount == 0
    assert refund_stands_until(visit, START + DAY) is None


def test_without_a_promise_the_policy_of_the_hold_decides():
    visit = a_visit()
    assert patients_refund(visit, START - DAY) == visit.quote.total
    assert patients_refund(visit, START - DAY + INSTANT).amount == visit.quote.total.amount // 2
    assert refund_stands_until(visit, START - DAY) == START - DAY
    assert refund_stands_until(visit, START - DAY + INSTANT) == START - timedelta(hours=4)


def test_what_a_doctor_promised_stands_when_the_patient_moves_on():
    by_doctor = moved(a_visit(), START + DAY, DOCTOR)
    patient = Actor.patient(by_doctor.booked_by)
    later = moved(by_doctor, START + 9 * DAY, patient)
    assert full_refund_until(later) == START + 8 * DAY, "the policy gives more than the promise here"
    barely = moved(by_doctor, START + DAY + minutes(60), patient)
    assert full_refund_until(barely) == START + DAY
    sooner = moved(by_doctor, START, patient)
    assert full_refund_until(sooner) == START, "nobody cancels a visit that has begun"


def test_a_patients_move_counts_and_promises_nothing():
    visit = a_visit()
    mine = moved(visit, START + DAY, Actor.patient(visit.booked_by))
    assert (mine.moves, mine.full_refund_until, mine.sequence) == (1, None, 1)
    theirs = moved(mine, START + 2 * DAY, DOCTOR)
    assert (theirs.moves, theirs.full_refund_until, theirs.sequence) == (1, START + 2 * DAY, 2)


def test_a_move_keeps_everything_but_the_time():
    visit = a_visit(meeting=Meeting(MeetingStatus.READY, "https://meet.example.com/a"), receipt_number="2027-000001")
    after = moved(visit, START + DAY, DOCTOR)
    interval = Interval(start=START + DAY, end=START + DAY + minutes(30))
    assert after == replace(
        visit,
        interval=interval,
        occupied_until=interval.end + minutes(5),
        full_refund_until=START + DAY,
        patient_zone="UTC",
        doctor_zone="UTC",
        sequence=1,
    )


def test_a_move_gives_a_meeting_that_failed_another_chance():
    visit = a_visit(meeting=Meeting(MeetingStatus.FAILED))
    assert moved(visit, START + DAY, DOCTOR).meeting == Meeting(MeetingStatus.CREATING)


def test_a_move_never_leaves_the_payment_due_after_the_start():
    visit = a_visit(pay_by=START - DAY)
    assert moved(visit, START + DAY, DOCTOR).pay_by == START - DAY
    assert moved(visit, START - 2 * DAY, DOCTOR).pay_by == START - 2 * DAY


@pytest.mark.parametrize("actor", [SYSTEM, Actor(Role.ADMINISTRATOR, an_id())])
def test_nobody_but_its_patient_and_its_doctor_moves_a_visit(actor: Actor):
    with pytest.raises(IllegalTransition):
        moved(a_visit(), START + DAY, actor)
