"""A calendar of a doctor's own: what it says is time off; while it cannot be read for long, so is everything else.

Closing needs nobody who notices: with each reading stands time off over everything ahead, which begins to count when the reading
is too old, and is put off by the next one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from scheduling_core.hours import Source, TimeOff
from scheduling_core.ids import DoctorId, TimeOffId
from scheduling_core.instants import Interval
from scheduling_core.widening import merged, without

READ_EVERY = timedelta(minutes=3)
ASK_ANEW_AFTER = timedelta(minutes=5)
"""A hold is decided by nothing older, unless the calendar cannot be read just now."""
CLOSES_AFTER = timedelta(minutes=30)
"""How long bookings go on by what was read last."""
_BEYOND = timedelta(days=3)
_FOR_GOOD = timedelta(days=36_525)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCalendar:
    """Where a doctor's busy times are read. `read_at` is when it was last asked with success, `tried_at` when it was last asked;
    `trouble` says in a word why that failed; empty: it did not."""

    doctor_id: DoctorId
    address: str
    connected_at: datetime
    read_at: datetime
    tried_at: datetime
    trouble: str = ""

    @property
    def closes_at(self) -> datetime:
        """From when on nothing of the doctor's is bookable, unless it is read before."""
        return self.read_at + CLOSES_AFTER

    def state_at(self, now: datetime) -> Literal["read", "unread", "closed"]:
        """read: slots agree with it. unread: it could not be read the last time, and slots are as it said at `read_at`. closed:
        that is too long ago, and nothing new is bookable."""
        if now >= self.closes_at:
            return "closed"
        return "unread" if self.trouble else "read"


def to_read(now: datetime, *, horizon_days: int) -> Interval:
    """What of a calendar matters: all that can be booked before it is read again, and some days more, to a midnight, so that
    where it ends does not change with every reading."""
    end = now + timedelta(days=horizon_days) + _BEYOND
    return Interval(start=now, end=end.replace(hour=0, minute=0, second=0, microsecond=0))


def time_off_by(
    busy: Iterable[Interval],
    *,
    seen: Interval,
    visits: Iterable[Interval],
    new_id: Callable[[], TimeOffId],
) -> list[TimeOff]:
    """What follows from a reading of the time `seen`, which began as it was asked for. What our own `visits` put there is
    none of it: they take their time by themselves, and give it back when they end."""
    ours = merged(visits)
    private = [left for span in merged(busy) if span.overlaps(seen) for left in without(span, ours)]
    read_at, ever = seen.start, seen.end + _FOR_GOOD
    return [
        *(TimeOff(id=new_id(), interval=span, source=Source.CALENDAR) for span in private),
        TimeOff(id=new_id(), interval=Interval(start=seen.end, end=ever), source=Source.UNREAD),
        TimeOff(
            id=new_id(),
            interval=Interval(start=read_at, end=ever),
            source=Source.UNREAD,
            counts_from=read_at + CLOSES_AFTER,
        ),
    ]


def differences(before: Sequence[TimeOff], after: Sequence[TimeOff]) -> tuple[list[TimeOff], list[TimeOff]]:
    """What is to go and what is to come, so that all of `before` that still holds stays as it is."""
    known, wanted = {_content(each) for each in before}, {_content(each) for each in after}
    gone = [each for each in before if _content(each) not in wanted]
    return gone, [each for each in after if _content(each) not in known]


def read_at_of(time_off: Iterable[TimeOff]) -> datetime | None:
    """When the calendar was last read, by the time off that stands with each reading; None where no calendar is read."""
    return next((each.counts_from - CLOSES_AFTER for each in time_off if each.counts_from is not None), None)


def _content(each: TimeOff) -> tuple[object, ...]:
    return each.source, each.interval.start, each.interval.end, each.counts_from
