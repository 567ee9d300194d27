"""When a doctor is free next: reckoned once, and kept for as long as it can be relied upon.

Two promises of different strength are kept. Until somebody writes to the schedule, or `until` comes, `times` are the first free
slots, whatever the clock says meanwhile. And nothing is free before `not_before`, however much is booked since: taking time
never makes anybody free sooner, and holds, which may lapse, are reckoned as if they had already. Only what gives time back
(a cancelled or moved visit, other hours, time off that ends) breaks this promise, and storage forgets it in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from scheduling_core.availability import Taken, beginnings, free_starts
from scheduling_core.hours import Hours, TimeOff
from scheduling_core.ids import DoctorId
from scheduling_core.instants import EPOCH, instant_of, next_date_change, seconds_from

MOST = 8
"""How many of a doctor's first free times are kept: as one after the other passes, the next one stands there already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What can be relied upon of a doctor's free time, and the notice in minutes that they ask for. A time of `times` counts
    while that notice can still be honoured; none at all means never within the horizon."""

    not_before: datetime
    times: tuple[int, ...]
    notice: int
    until: datetime

    def free_at(self, now: datetime) -> datetime | None:
        """The next free time as it is now, before `until`."""
        earliest = seconds_from(now) + self.notice * 60
        for each in self.times:
            if each >= earliest:
                return instant_of(each)
        return None

    def has_moved_on(self, now: datetime) -> bool:
        """Whether `not_before` has gone by, though there are times to come: true, but of no use to find who is free first."""
        return bool(self.times) and self.not_before < now + timedelta(minutes=self.notice)

    def steady_until(self, now: datetime) -> datetime:
        """Until when `free_at` says what it says now, unless somebody writes to the schedule."""
        free_at = self.free_at(now)
        if free_at is None:
            return self.until
        return min(self.until, free_at - timedelta(minutes=self.notice, microseconds=-1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """A doctor and what is kept of when they are free; `mark` says of which state of their schedule that is.

    `outlook` is None where it has to be reckoned anew. Even then they are not free before `not_before`.
    """

    doctor_id: DoctorId
    not_before: datetime
    outlook: Outlook | None
    mark: tuple[int, int]


UNKNOWN = EPOCH
"""A `not_before` that promises nothing."""


def outlook(
    hours: Hours, *, time_off: Sequence[TimeOff], taken: Sequence[Taken], now: datetime, seen_until: datetime
) -> Outlook | None:
    """What follows from all that is in the way before `seen_until`; None if one has to look further ahead to tell anything.

    Whoever is never free as far as one sees is so all the more with what lies beyond.
    """
    room = (hours.slot_minutes + hours.gap_minutes) * 60
    last = seconds_from(seen_until) - room
    times = tuple(islice(free_starts(hours, time_off=time_off, taken=taken, now=now), MOST))
    if times and times[0] > last:
        return None
    times = tuple(each for each in times if each <= last)
    booked = [each for each in taken if not each.held]
    soonest = (
        next(free_starts(hours, time_off=time_off, taken=booked, now=now), None) if len(booked) < len(taken) else None
    )
    if soonest is None:
        soonest = times[0] if times else None
    # The horizon moves on by days: what comes into it lies at its end.
    not_before = instant_of(soonest) if soonest is not None else now + timedelta(days=hours.horizon_days - 1)
    changes = [next_date_change(now, hours.time_zone)]
    changes += [
        each.expires_at for each in taken if each.held and each.expires_at is not None and each.expires_at > now
    ]
    changes += beginnings(time_off, now)
    if times:
        notice = timedelta(minutes=hours.minimum_notice_minutes)
        changes.append(instant_of(times[-1]) - notice + timedelta(microseconds=1))
    return Outlook(not_before=not_before, times=times, notice=hours.minimum_notice_minutes, until=min(changes))
