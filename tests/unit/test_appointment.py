"""The appointment: its transition table, what each move leaves behind, and how a lapsed hold is seen."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from scheduling_core.access import SYSTEM, Actor, Role
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.appointment_parts import Absence, Cancellation, HoldKind, Missed
from scheduling_core.errors import IllegalTransition
from scheduling_core.event import Event
from scheduling_core.instants import Interval
from scheduling_core.transitions import OCCUPYING
from support.clock import MONDAY
from support.making import a_doctor, a_hold, a_patient, an_id, minutes, usd

# Written from the design's table and not from the code's: status, verb, status afterwards, who may.
TABLE = """
pending    accept         pending           patient
pending    book           booked            system
pending    expire         cancelled         system
pending    abandon        cancelled         patient administrator
pending    replace        cancelled         patient administrator
pending    strike         cancelled         doctor administrator
cancelled  book-late      booked            system
booked     reschedule     booked            patient doctor
booked     cancel         cancelled         patient doctor administrator
booked     strike         cancelled         doctor administrator
booked     unpaid         cancelled         system
booked     doctor-absent  cancelled         doctor administrator
booked     arrive         arrived           patient doctor
booked     fulfil         fulfilled         doctor system
booked     miss           noshow            doctor
arrived    strike         cancelled         doctor administrator
arrived    doctor-absent  cancelled         doctor administrator
arrived    fulfil         fulfilled         doctor system
arrived    miss           noshow            doctor
noshow     undo-miss      arrived           doctor
pending    void           entered-in-error  administrator
booked     void           entered-in-error  administrator
arrived    void           entered-in-error  administrator
fulfilled  void           entered-in-error  administrator
noshow     void           entered-in-error  administrator
cancelled  void           entered-in-error  administrator
"""
ALLOWED = {
    (Status(status), Verb(verb)): (Status(to), frozenset(map(Role, roles)))
    for status, verb, to, *roles in (row.split() for row in TABLE.strip().splitlines())
}
MICROSECOND = timedelta(microseconds=1)
TO_CANCELLED = sorted((status, verb) for (status, verb), (to, _) in ALLOWED.items() if to is Status.CANCELLED)


def held() -> Appointment:
    """A hold made on Monday at eight for a visit at ten, alive until ten past eight."""
    return a_hold(a_doctor(), a_patient(), MONDAY + minutes(120), gap=minutes(15)).after


def an_appointment(status: Status) -> Appointment:
    ended = Cancellation(verb=Verb.EXPIRE, by=Role.SYSTEM, at=MONDAY)
    missed = Missed(was=Status.ARRIVED, at=MONDAY)
    return replace(
        held(),
        status=status,
        cancellation=ended if status is Status.CANCELLED else None,
        missed=missed if status is Status.NOSHOW else None,
        keep=usd(7),
    )


def somebody(role: Role) -> Actor:
    return Actor(role, None if role in (Role.SYSTEM, Role.ANONYMOUS) else an_id())


@pytest.mark.parametrize(("status", "verb"), list(product(Status, Verb)), ids=str)
def test_moves_as_the_table_says_and_for_nobody_else(status: Status, verb: Verb):
    to, allowed = ALLOWED.get((status, verb), (None, frozenset()))
    appointment = an_appointment(status)

    for role in Role:
        if role in allowed:
            assert appointment.move(verb, somebody(role), MONDAY).after.status is to
        else:
            with pytest.raises(IllegalTransition):
                appointment.move(verb, somebody(role), MONDAY)


def test_keeps_its_time_in_every_status_but_the_two_that_ended_it():
    assert {Status.CANCELLED, Status.ENTERED_IN_ERROR} == set(Status) - OCCUPYING
    for status in Status:
        assert an_appointment(status).occupying is (status in OCCUPYING)


def test_a_move_tells_who_did_what_when_from_where():
    doctor = Actor.doctor(a_doctor().id)
    booked = an_appointment(Status.BOOKED)
    move = booked.move(Verb.ARRIVE, doctor, MONDAY)

    assert (move.before, move.verb, move.actor, move.at) == (Status.BOOKED, Verb.ARRIVE, doctor, MONDAY)
    assert move.after == replace(booked, status=Status.ARRIVED)


@pytest.mark.parametrize(("status", "verb"), TO_CANCELLED, ids=str)
def test_what_ends_an_appointment_is_on_record_and_reaches_calendars(status: Status, verb: Verb):
    role = min(ALLOWED[status, verb][1])
    appointment = replace(an_appointment(status), sequence=4)
    ended = appointment.move(verb, somebody(role), MONDAY, reason="flu", keep=usd(0)).after

    assert ended.cancellation == Cancellation(verb=verb, by=role, at=MONDAY, reason="flu")
    assert ended.sequence == 5
    assert ended.keep == usd(0)
    assert ended.expired() is (verb is Verb.EXPIRE)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.ENTERED_IN_ERROR}))
def test_what_is_voided_keeps_the_reason_beside_what_it_was_cancelled_for(status: Status):
    before = an_appointment(status)
    voided = before.move(Verb.VOID, somebody(Role.ADMINISTRATOR), MONDAY, reason="twice", keep=usd(0)).after

    assert voided.voided == Cancellation(verb=Verb.VOID, by=Role.ADMINISTRATOR, at=MONDAY, reason="twice")
    assert voided.cancellation == before.cancellation
    assert voided.sequence == before.sequence + 1


def test_a_claim_is_open_until_it_is_answered_or_the_visit_is_not_to_come_any_more():
    claimed = replace(an_appointment(Status.BOOKED), absence=Absence(claimed_at=MONDAY, note="I waited."))

    assert claimed.disputed
    rejected = claimed.with_absence_rejected(MONDAY + minutes(1), "They met.")
    assert (rejected.disputed, rejected.absence) == (
        False,
        Absence(claimed_at=MONDAY, note="I waited.", rejected_at=MONDAY + minutes(1), rejection="They met."),
    )
    assert not claimed.move(Verb.CANCEL, somebody(Role.DOCTOR), MONDAY).after.disputed
    assert claimed.move(Verb.RESCHEDULE, somebody(Role.DOCTOR), MONDAY).after.absence is None
    with pytest.raises(IllegalTransition):
        an_appointment(Status.BOOKED).with_absence_rejected(MONDAY, "Nothing was claimed.")


def test_keeps_the_money_it_kept_unless_the_move_says_otherwise():
    booked = an_appointment(Status.BOOKED)

    assert booked.move(Verb.ARRIVE, somebody(Role.DOCTOR), MONDAY).after.keep == usd(7)
    assert booked.move(Verb.CANCEL, somebody(Role.DOCTOR), MONDAY, keep=usd(0)).after.keep == usd(0)


@pytest.mark.parametrize("was", [Status.BOOKED, Status.ARRIVED])
def test_who_was_said_not_to_have_come_is_again_what_they_were(was: Status):
    doctor = somebody(Role.DOCTOR)
    before = an_appointment(was)
    missed = before.move(Verb.MISS, doctor, MONDAY).after

    assert missed.missed == Missed(was=was, at=MONDAY)
    assert missed.move(Verb.UNDO_MISS, doctor, MONDAY).after == before
    assert missed.move(Verb.VOID, somebody(Role.ADMINISTRATOR), MONDAY).after.missed is None


def test_a_late_booking_leaves_no_trace_of_having_expired():
    late = an_appointment(Status.CANCELLED).move(Verb.BOOK_LATE, SYSTEM, MONDAY).after

    assert late.cancellation is None
    assert not late.expired()


@pytest.mark.parametrize("verb", sorted({verb for _, verb in TO_CANCELLED} - {Verb.EXPIRE}))
def test_money_never_brings_back_what_somebody_cancelled(verb: Verb):
    ended = Cancellation(verb=verb, by=Role.PATIENT, at=MONDAY)
    with pytest.raises(IllegalTransition):
        replace(an_appointment(Status.CANCELLED), cancellation=ended).move(Verb.BOOK_LATE, SYSTEM, MONDAY)


def test_a_move_can_be_amended_in_everything_but_its_status():
    move = held().move(Verb.BOOK, SYSTEM, MONDAY)
    amended = move.amend(receipt_number="2027-000001", booked_at=MONDAY)

    assert (amended.after.receipt_number, amended.after.booked_at) == ("2027-000001", MONDAY)
    assert replace(amended, after=move.after) == move
    with pytest.raises(ValueError, match="transition table"):
        move.amend(status=Status.FULFILLED)
    with pytest.raises(TypeError):
        move.amend(colour="blue")


@pytest.mark.parametrize(("after", "lapsed"), [(-MICROSECOND, False), (timedelta(0), True), (MICROSECOND, True)])
def test_a_hold_lapses_at_the_very_instant_it_expires(after: timedelta, lapsed: bool):
    hold = held()
    now = MONDAY + minutes(10) + after

    assert hold.hold_lapsed(now) is lapsed
    assert hold.seen_at(now).status is (Status.CANCELLED if lapsed else Status.PENDING)
    assert hold.seen_at(now).expired() is lapsed


def test_a_lapsed_hold_looks_the_same_to_everybody_who_looks_again():
    seen = held().seen_at(MONDAY + minutes(11))

    assert seen.seen_at(MONDAY + minutes(12)) is seen
    assert seen.keep.amount == 0
    assert seen.cancellation == Cancellation(verb=Verb.EXPIRE, by=Role.SYSTEM, at=MONDAY + minutes(11), reason="")
    assert seen.hold_expires_at == MONDAY + minutes(10)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.PENDING}))
def test_only_holds_lapse(status: Status):
    appointment = an_appointment(status)

    assert appointment.seen_at(MONDAY + timedelta(days=1)) is appointment


def test_a_pending_appointment_without_an_end_does_not_lapse():
    assert not replace(held(), hold_expires_at=None).hold_lapsed(MONDAY + timedelta(days=900))


def test_a_checkout_closes_before_its_hold_ends():
    assert held().checkout_closes_at == MONDAY + minutes(9)
    assert held().seen_at(MONDAY + minutes(10)).checkout_closes_at is None


def test_a_visit_that_is_paid_has_no_checkout_and_one_whose_money_was_lost_has_one_until_it_is_paid_by():
    booked = held().move(Verb.BOOK, SYSTEM, MONDAY).after
    assert booked.checkout_closes_at is None
    assert replace(booked, pay_by=MONDAY + minutes(90)).checkout_closes_at == MONDAY + minutes(90)


def test_a_hold_begins_pending_and_keeps_no_money():
    doctor, patient = a_doctor(), a_patient(time_zone="Asia/Kolkata")
    move = a_hold(doctor, patient, MONDAY + minutes(120), gap=minutes(15), reason="a rash")
    hold = move.after

    assert (move.before, move.verb, move.at, move.actor) == (None, Verb.HOLD, MONDAY, Actor.patient(patient.id))
    assert (hold.status, hold.hold_kind, hold.version, hold.sequence) == (Status.PENDING, HoldKind.PATIENT, 1, 0)
    assert (hold.doctor_id, hold.booked_by, hold.person_id) == (doctor.id, patient.id, patient.person_id)
    assert (hold.patient_zone, hold.doctor_zone, hold.reason) == ("Asia/Kolkata", "UTC", "a rash")
    assert (hold.keep, hold.quote.total) == (usd(0), usd(59_000))
    assert hold.created_at == MONDAY
    assert not hold.expired()


def test_occupies_the_doctor_for_the_gap_after_the_visit_too():
    hold = held()

    assert (hold.starts_at, hold.ends_at) == (MONDAY + minutes(120), MONDAY + minutes(150))
    assert hold.occupied == Interval(start=MONDAY + minutes(120), end=MONDAY + minutes(165))


def test_history_names_ids_and_no_words_of_the_patient():
    patient = a_patient()
    doctor = Actor.doctor(a_doctor().id)
    hold = a_hold(a_doctor(), patient, MONDAY + minutes(120), gap=minutes(15), reason="a rash").after
    event = Event.of(hold.move(Verb.STRIKE, doctor, MONDAY + minutes(1), reason="flu"))

    assert event == Event(
        appointment_id=hold.id,
        doctor_id=hold.doctor_id,
        person_id=patient.person_id,
        verb=Verb.STRIKE,
        before=Status.PENDING,
        after=Status.CANCELLED,
        role=Role.DOCTOR,
        actor_id=doctor.id,
        interval=hold.interval,
        occupied_until=hold.occupied_until,
        at=MONDAY + minutes(1),
    )
