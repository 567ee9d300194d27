"""Whether everybody was told what happened to their visits: each fact once, and nothing that was not so."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from scheduling_core.access import Role
from scheduling_core.appointment import Status, Verb
from scheduling_core.event import Event
from scheduling_core.ids import AppointmentId
from scheduling_core.instants import Interval
from scheduling_core.tasks import REMINDERS, MessageKind
from simulation.year.post import Letter, Post

History: TypeAlias = Mapping[AppointmentId, Sequence[Event]]
Fact: TypeAlias = tuple[AppointmentId, MessageKind, Role, datetime]
"""What was told of which visit to whom; the visit's start tells one reminder of a visit that moved from another."""

ON_ITS_WAY = timedelta(seconds=30)
"""A message that was written before something changed may arrive so much later."""
DELAY = timedelta(minutes=30)
"""By when a message has gone out though some calls were lost."""
STANDS = frozenset({Status.BOOKED, Status.ARRIVED, Status.FULFILLED, Status.NOSHOW})
_TOLD = {
    Verb.BOOK: MessageKind.BOOKED,
    Verb.BOOK_LATE: MessageKind.BOOKED,
    Verb.RESCHEDULE: MessageKind.RESCHEDULED,
}
READERS = (Role.PATIENT, Role.DOCTOR)


def untold(history: History, post: Post, storms: Sequence[Interval], end: datetime) -> list[str]:
    """What was lost, doubled, or said of a visit that had been moved or cancelled."""
    told = _told(post)
    wrong = [f"{fact} was told {number} times" for fact, number in told.items() if number > 1]
    wrong += [f"{letter} was not so" for letter in post.letters.values() if not _true(letter, history)]
    for events in history.values():
        for fact in _owed(events, storms, end):
            if not told[fact]:
                wrong.append(f"{fact} was never told: {[(event.verb, event.at) for event in events]}")
    return wrong


def _told(post: Post) -> Counter[Fact]:
    """How often each fact was told. A booking that is told again with its link is another message, not a second one."""
    return Counter(
        (letter.message.visit.appointment_id, letter.message.kind, letter.message.role, letter.message.visit.starts_at)
        for letter in post.letters.values()
        if letter.message.visit is not None
    )


def _true(letter: Letter, history: History) -> bool:
    """Whether a reminder spoke of a visit that stood, at that time, when it was written."""
    visit = letter.message.visit
    if letter.message.kind not in REMINDERS or visit is None:
        return True
    known = [event for event in history[visit.appointment_id] if event.at <= letter.arrived_at]
    # As it was when the letter was sent off, or became on its way.
    first = sum(event.at <= letter.arrived_at - ON_ITS_WAY for event in known) - 1
    return any(event.after in STANDS and event.interval.start == visit.starts_at for event in known[max(first, 0) :])


def _owed(events: Sequence[Event], storms: Sequence[Interval], end: datetime) -> Iterator[Fact]:
    """Everything of one visit's history that had to be told."""
    for event, following in zip(events, (*events[1:], None), strict=True):
        until = following.at if following else end
        for kind, due_at, by in _news(event):
            # What went out of date before it could be told is dropped, and so is what no provider took in time.
            if kind is MessageKind.CANCELLED or (
                until > due_at + DELAY and not any(storm.overlaps(_span(due_at, by)) for storm in storms)
            ):
                for role in READERS:
                    yield event.appointment_id, kind, role, event.interval.start


def _span(due_at: datetime, by: datetime) -> Interval:
    return Interval(start=due_at, end=max(by, due_at + DELAY))


def _news(event: Event) -> Iterator[tuple[MessageKind, datetime, datetime]]:
    """The messages that a change of status calls for: when each is due, and until when it can be told."""
    if event.after is Status.CANCELLED and event.before in STANDS:
        yield MessageKind.CANCELLED, event.at, event.at
    if event.verb in _TOLD:
        yield _TOLD[event.verb], event.at + timedelta(seconds=45), event.interval.start
        for reminder, ahead in REMINDERS.items():
            if event.interval.start - ahead > event.at:
                yield reminder, event.interval.start - ahead, event.interval.start
