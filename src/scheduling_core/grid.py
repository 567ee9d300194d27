"""A doctor's hours laid on the line of instants, with nothing taken off: every slot there could be.

Each span starts at its first reading or where its predecessor ends, whichever is later, so no instant is offered twice when
clocks go back; slots step through it in elapsed minutes of slot + gap, end within it (the gap may hang over) and belong to the
local date on which they start.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain

from scheduling_core.hours import Hours
from scheduling_core.instants import DayClock, Interval, day_clock, instant_of, span_seconds, wall_midnight

# No clock was ever put back by more than a day: a span's slots reach the date before it or after it at most.
_NEIGHBOURS = 1


def grid(hours: Hours, *, first: date, last: date) -> list[Interval]:
    """Every slot of the doctor's dates [first, last), earliest first, as hours and overrides alone give them."""
    length = timedelta(minutes=hours.slot_minutes)
    starts = map(instant_of, grid_seconds(hours, first=first, last=last))
    return [Interval(start=start, end=start + length) for start in starts]


def grid_seconds(hours: Hours, *, first: date, last: date) -> list[int]:
    """The starts of `grid` as seconds since the epoch: millions a second, for whoever needs no datetimes."""
    return list(chain.from_iterable(runs(hours, first.toordinal(), last.toordinal())))


def stride(hours: Hours) -> int:
    """Seconds from the start of one slot to the start of the next in its span."""
    return (hours.slot_minutes + hours.gap_minutes) * 60


def line(hours: Hours, first: int, last: int) -> Iterator[tuple[DayClock, range]]:
    """The spans in which slots of the dates [first, last) may lie, none starting before its predecessor's end.

    Each as the starts of its slots, with the clock of its date: while that is steady, all of them lie on those dates.
    """
    zone, ended = hours.time_zone, wall_midnight(0)
    room, step = 1 - hours.slot_minutes * 60, stride(hours)
    for ordinal in range(first - _NEIGHBOURS, last + _NEIGHBOURS):
        clock = day_clock(ordinal, zone)
        steady = clock.steady
        # Such a date ends where the next begins: it lends no slot to a neighbour and cuts none of its spans.
        if steady and not first <= ordinal < last:
            continue
        midnight = wall_midnight(ordinal) - clock.before
        for span in hours.spans_on(date.fromordinal(ordinal)):
            if steady:
                yield clock, range(midnight + span.start_minute * 60, midnight + span.end_minute * 60 + room, step)
                continue
            opens, closes = span_seconds(ordinal, span.start_minute, span.end_minute, zone)
            yield clock, range(max(opens, ended), closes + room, step)
            ended = closes


def runs(hours: Hours, first: int, last: int) -> Iterator[Sequence[int]]:
    """The starts of the slots of the dates [first, last), span by span, in order."""
    for clock, run in line(hours, first, last):
        yield run if clock.steady else [each for each in run if first <= clock.ordinal_at(each) < last]
