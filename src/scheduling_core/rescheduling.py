"""Moving a booked visit: who may, how often, until when; and what a doctor's move promises the patient.

A move keeps the row, its payment, its doctor and its length. What a doctor's move promised (everything back until the
start that the doctor chose) stays promised, whatever the patient does with the visit afterwards.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment, Move, Status, Verb
from scheduling_core.appointment_parts import Meeting, MeetingStatus
from scheduling_core.instants import Interval
from scheduling_core.money import Money


class Bar(StrEnum):
    """Why somebody cannot move a visit: it is not booked (held, under way, ended), its patient says that the doctor did not
    come, it is over, it is not paid for; or, for patients, the full refund has run out, or they have moved it as often as
    one may."""

    NOT_BOOKED = "not_booked"
    DISPUTED = "disputed"
    OVER = "over"
    UNPAID = "unpaid"
    TOO_LATE = "too_late"
    TOO_OFTEN = "too_often"


def bar_to_move(visit: Appointment, role: Role, now: datetime, *, most_moves: int) -> Bar | None:
    """What keeps `role` from moving the visit at `now`; None when nothing does. A doctor may until it is over."""
    if visit.status is not Status.BOOKED:
        return Bar.NOT_BOOKED
    if visit.disputed:
        return Bar.DISPUTED
    if role is Role.DOCTOR:
        return Bar.OVER if now >= visit.ends_at else None
    if visit.pay_by is not None:
        return Bar.UNPAID
    until = full_refund_until(visit)
    if until is None or now > until or now >= visit.starts_at:
        return Bar.TOO_LATE
    return Bar.TOO_OFTEN if visit.moves >= most_moves else None


def full_refund_until(visit: Appointment) -> datetime | None:
    """The last instant, if it lies before the start, at which everything comes back to the patient; None when it never does."""
    by_policy = visit.policy.full_until(starts_at=visit.starts_at)
    either = [until for until in (by_policy, visit.full_refund_until) if until is not None]
    return min(max(either), visit.starts_at) if either else None


def patients_refund(visit: Appointment, now: datetime) -> Money:
    """What of the total comes back when the patient cancels at `now`: by the policy of the hold and a doctor's promise."""
    total, promised = visit.quote.total, visit.full_refund_until
    if promised is not None and now <= promised and now < visit.starts_at:
        return total
    return visit.policy.refund(total, starts_at=visit.starts_at, now=now)


def refund_stands_until(visit: Appointment, now: datetime) -> datetime | None:
    """Until when `patients_refund` stays as it is now; None when nothing comes back any more."""
    full = full_refund_until(visit)
    if full is not None and now <= full and now < visit.starts_at:
        return full
    return visit.policy.refundable_until(starts_at=visit.starts_at, now=now)


def move_to(
    visit: Appointment, interval: Interval, actor: Actor, now: datetime, *, gap: timedelta, zones: tuple[str, str]
) -> Move:
    """The visit at its new time, told in the doctor's and the patient's zones of today. Raise IllegalTransition."""
    move, by_doctor = visit.move(Verb.RESCHEDULE, actor, now), actor.role is Role.DOCTOR
    failed = visit.meeting.status is MeetingStatus.FAILED
    return move.amend(
        interval=interval,
        occupied_until=interval.end + gap,
        doctor_zone=zones[0],
        patient_zone=zones[1],
        meeting=Meeting(MeetingStatus.CREATING) if failed else visit.meeting,
        moves=visit.moves if by_doctor else visit.moves + 1,
        full_refund_until=interval.start if by_doctor else visit.full_refund_until,
        pay_by=None if visit.pay_by is None else max(now, min(visit.pay_by, interval.start)),
        sequence=visit.sequence + 1,
    )
