"""When what may be done with an appointment: one table, read by the use cases that do it and by what people are offered.

Who may do it, and from which status, follows from `transitions.TRANSITIONS` wherever the status changes by it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import product

from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment
from scheduling_core.errors import Forbidden, IllegalTransition, TooEarly, TooLate, Unauthenticated
from scheduling_core.feedback import Feedback
from scheduling_core.rescheduling import bar_to_move, full_refund_until
from scheduling_core.terms import Terms
from scheduling_core.transitions import TRANSITIONS, Status, Verb


class Action(StrEnum):
    """What somebody can do with an appointment, by the name of its operation."""

    ACCEPT = "accept"
    PAY = "pay"
    CANCEL = "cancel"
    RESCHEDULE = "reschedule"
    ARRIVE = "arrive"
    JOIN = "join"
    FULFIL = "fulfil"
    NO_SHOW = "no-show"
    UNDO_NO_SHOW = "undo-no-show"
    DOCTOR_ABSENT = "doctor-absent"
    REJECT_ABSENCE = "reject-absence"
    VOID = "void"
    FOLLOW_UP = "follow-up"
    FEEDBACK = "feedback"
    ANSWER_FEEDBACK = "answer-feedback"
    PRESCRIBE = "prescription"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time in which something may be done: from `opens_at`, before `closes_at`; None is no bound on that side."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def over(self, now: datetime) -> bool:
        return self.closes_at is not None and now >= self.closes_at

    def open(self, now: datetime) -> bool:
        return not self.over(now) and (self.opens_at is None or now >= self.opens_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An appointment that is somebody's own, as one of `role` looks at it."""

    appointment: Appointment
    role: Role
    terms: Terms
    feedback: Feedback | None = None
    prescribed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table. `window` answers None where the case itself rules it out, whatever the time."""

    places: frozenset[tuple[Status, Role]]
    window: Callable[[Case], Window | None]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be done now (`open`), or later with nothing else changed."""

    action: Action
    window: Window
    open: bool


def _table(*verbs: Verb) -> frozenset[tuple[Status, Role]]:
    """Where and by whom one of these may be taken."""
    return frozenset((status, role) for (status, verb), row in TRANSITIONS.items() if verb in verbs for role in row.by)


def _each(statuses: Iterable[Status], roles: Iterable[Role]) -> frozenset[tuple[Status, Role]]:
    return frozenset(product(statuses, roles))


def _cancelling(case: Case) -> Window:
    visit = case.appointment
    if visit.status is Status.PENDING:
        return Window(closes_at=visit.hold_expires_at)
    return Window(closes_at=visit.starts_at if case.role is Role.PATIENT else None)


def _accepting(case: Case) -> Window | None:
    offered = case.appointment
    return Window(closes_at=offered.hold_expires_at) if offered.on_offer else None


def _paying(case: Case) -> Window | None:
    until = case.appointment.checkout_closes_at
    return Window(closes_at=until) if until else None


def _rescheduling(case: Case) -> Window | None:
    """What bars it at the last moment bars it at every other, too."""
    visit = case.appointment
    until = visit.ends_at if case.role is Role.DOCTOR else full_refund_until(visit)
    if until is None or bar_to_move(visit, case.role, until - timedelta.resolution, most_moves=case.terms.most_moves):
        return None
    return Window(closes_at=until)


def _arriving(case: Case) -> Window | None:
    visit = case.appointment
    # Nobody joins what they have yet to pay for again: whoever arrived would never be asked for it any more.
    if visit.pay_by is not None:
        return None
    return Window(opens_at=visit.starts_at - case.terms.arrive_early, closes_at=visit.ends_at)


def _joining(case: Case) -> Window | None:
    visit = case.appointment
    return Window(closes_at=visit.ends_at) if visit.meeting.join_url else None


def _fulfilling(case: Case) -> Window | None:
    visit = case.appointment
    if visit.disputed:
        return None
    by_itself = case.role is Role.SYSTEM
    return Window(opens_at=visit.ends_at + case.terms.fulfilled_after if by_itself else visit.starts_at)


def _missing(case: Case) -> Window | None:
    visit = case.appointment
    return None if visit.disputed else Window(opens_at=visit.starts_at + case.terms.grace)


def _undoing(case: Case) -> Window | None:
    missed = case.appointment.missed
    return Window(closes_at=missed.at + case.terms.undo_within) if missed else None


def _not_coming(case: Case) -> Window | None:
    """A patient claims it once; an administrator decides where there is a claim; a doctor may own up to it any time."""
    visit, terms = case.appointment, case.terms
    if case.role is Role.ADMINISTRATOR:
        return Window() if visit.disputed else None
    if case.role is Role.DOCTOR:
        return Window(opens_at=visit.starts_at)
    if visit.absence is not None:
        return None
    return Window(opens_at=visit.starts_at + terms.grace, closes_at=visit.ends_at + terms.fulfilled_after)


def _rejecting(case: Case) -> Window | None:
    return Window() if case.appointment.disputed else None


def _giving_feedback(case: Case) -> Window:
    given = case.feedback
    return Window(closes_at=given.given_at + case.terms.feedback_editable if given else None)


def _answering(case: Case) -> Window | None:
    given = case.feedback
    return Window() if given and not given.hidden and given.answer is None else None


def _prescribing(case: Case) -> Window:
    written = case.prescribed_at
    return Window(closes_at=written + case.terms.prescription_editable if written else None)


def _always(_: Case) -> Window:
    return Window()


RULES: Mapping[Action, Rule] = {
    Action.ACCEPT: Rule(_table(Verb.ACCEPT), _accepting),
    Action.PAY: Rule(_each((Status.PENDING, Status.BOOKED), (Role.PATIENT, Role.ADMINISTRATOR)), _paying),
    Action.CANCEL: Rule(_table(Verb.ABANDON, Verb.CANCEL), _cancelling),
    Action.RESCHEDULE: Rule(_table(Verb.RESCHEDULE), _rescheduling),
    Action.ARRIVE: Rule(_table(Verb.ARRIVE), _arriving),
    Action.JOIN: Rule(_each((Status.BOOKED, Status.ARRIVED), (Role.PATIENT, Role.DOCTOR)), _joining),
    Action.FULFIL: Rule(_table(Verb.FULFIL), _fulfilling),
    Action.NO_SHOW: Rule(_table(Verb.MISS), _missing),
    Action.UNDO_NO_SHOW: Rule(_table(Verb.UNDO_MISS), _undoing),
    Action.DOCTOR_ABSENT: Rule(
        _table(Verb.DOCTOR_ABSENT) | _each((Status.BOOKED, Status.ARRIVED), (Role.PATIENT,)), _not_coming
    ),
    Action.REJECT_ABSENCE: Rule(_each((Status.BOOKED, Status.ARRIVED), (Role.ADMINISTRATOR,)), _rejecting),
    Action.FEEDBACK: Rule(_each((Status.FULFILLED,), (Role.PATIENT,)), _giving_feedback),
    Action.ANSWER_FEEDBACK: Rule(_each((Status.FULFILLED,), (Role.DOCTOR,)), _answering),
    Action.PRESCRIBE: Rule(_each((Status.FULFILLED,), (Role.DOCTOR,)), _prescribing),
    Action.VOID: Rule(_table(Verb.VOID), _always),
    Action.FOLLOW_UP: Rule(_each((Status.ARRIVED, Status.FULFILLED), (Role.DOCTOR,)), _always),
}
"""Everything that has a time of its own."""


def permit(action: Action, actor: Actor) -> None:
    """Raise Unauthenticated for nobody, and Forbidden for a role that may never do this, whatever the appointment."""
    if actor.role is Role.ANONYMOUS:
        raise Unauthenticated
    if all(role is not actor.role for _, role in RULES[action].places):
        raise Forbidden


def window_of(action: Action, case: Case) -> Window | None:
    """When this may be done as things stand; None if never."""
    rule = RULES[action]
    return rule.window(case) if (case.appointment.status, case.role) in rule.places else None


def require(action: Action, case: Case, now: datetime) -> None:
    """Raise IllegalTransition where things do not stand so that this could be done, TooEarly or TooLate outside its time."""
    window = window_of(action, case)
    if window is None:
        raise IllegalTransition
    if window.closes_at is not None and window.over(now):
        raise TooLate(window.closes_at)
    if window.opens_at is not None and not window.open(now):
        raise TooEarly(window.opens_at)


@cache
def _possible(status: Status, role: Role) -> tuple[Action, ...]:
    """What this role may do in this status at some time, in the order of `RULES`."""
    return tuple(action for action, rule in RULES.items() if (status, role) in rule.places)


def offers(case: Case, now: datetime) -> list[Offer]:
    """What may be done now or later as things stand, in the order of `RULES`. The appointment is as seen at `now`."""
    windows = ((action, RULES[action].window(case)) for action in _possible(case.appointment.status, case.role))
    return [Offer(action, window, window.open(now)) for action, window in windows if window and not window.over(now)]
