"""Slots: what a doctor's hours offer (`grid`), less time off and what is taken.

Everything inside counts whole seconds since the epoch; datetimes are made at the edge. Whoever calls passes all the time off
and all the taken intervals that touch the dates asked for, widened at their end by one slot and its gap: what lies beyond
midnight can still be in the way of a day's last slot.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import chain

from scheduling_core.errors import SlotNotOffered
from scheduling_core.grid import line, runs, stride
from scheduling_core.hours import Hours, Source, TimeOff
from scheduling_core.instants import (
    Interval,
    instant_of,
    local_ordinal,
    next_date_change,
    seconds_from,
    seconds_of,
)


class SlotStatus(StrEnum):
    """What a patient sees: may be booked, kept for somebody who is paying, or gone."""

    FREE = "free"
    HELD = "held"
    BOOKED = "booked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The time that an occupying appointment keeps from others, its gap included: [starts_at, occupied_until).

    Only a hold expires: `expires_at` says nothing about a booking.
    """

    interval: Interval
    held: bool
    expires_at: datetime | None

    def counts_at(self, now: datetime) -> bool:
        """Whether it is still in the way: a hold is no longer at the very instant at which it expires."""
        return not self.held or self.expires_at is None or self.expires_at > now


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The visit that could take place: [starts_at, ends_at), without the gap."""

    interval: Interval
    status: SlotStatus


def slots(
    hours: Hours, *, time_off: Sequence[TimeOff], taken: Sequence[Taken], first: date, last: date, now: datetime
) -> list[Slot]:
    """The offered slots of the doctor's dates [first, last), earliest first.

    Offered: no part of the visit in time off, starting no sooner than now + notice and no later than on local today +
    horizon. Booked or held: the visit and the gap after it meet something taken; booked wins.
    """
    length = timedelta(minutes=hours.slot_minutes)
    found = slot_seconds(hours, time_off=time_off, taken=taken, first=first, last=last, now=now)
    starts = ((instant_of(start), status) for start, status in found)
    return [Slot(interval=Interval(start=start, end=start + length), status=status) for start, status in starts]


def slot_seconds(
    hours: Hours, *, time_off: Sequence[TimeOff], taken: Sequence[Taken], first: date, last: date, now: datetime
) -> list[tuple[int, SlotStatus]]:
    """What `slots` answers, as starts in seconds since the epoch: for whoever needs no datetimes."""
    starts = list(chain.from_iterable(_offered_runs(hours, first.toordinal(), last.toordinal(), now)))
    for low, high in _time_off_blocks(hours, time_off, now):
        del starts[bisect_left(starts, low) : bisect_left(starts, high)]
    many = len(starts)
    statuses = [SlotStatus.FREE] * many
    counting = _counting(taken, now)
    # Held first: the later of two marks on one slot stands.
    for status in (SlotStatus.HELD, SlotStatus.BOOKED):
        held = status is SlotStatus.HELD
        for low, high in _taken_blocks(hours, [each for each in counting if each.held is held]):
            # One or two slots mostly: looking on costs less than searching for the end (a month in some 0.97 of the time).
            index = bisect_left(starts, low)
            while index < many and starts[index] < high:
                statuses[index] = status
                index += 1
    return list(zip(starts, statuses, strict=True))


def offered(
    hours: Hours,
    *,
    time_off: Sequence[TimeOff],
    starts_at: datetime,
    now: datetime,
    length: timedelta | None = None,
) -> Interval:
    """The slot that begins exactly then, whether or not it is taken. Raise SlotNotOffered if the doctor offers none.

    Its reason is the first that applies of: past; notice (too soon); horizon (too far ahead); closed (no span is open
    then); off_grid (open, but no slot begins then, not even a microsecond away); the source of time off in the way:
    time_off, calendar_busy, calendar_unread. A visit that keeps the `length` it was booked with begins where a slot of
    today's hours begins and ends before its span does (else closed).
    """
    if starts_at < now:
        raise SlotNotOffered("past")
    if starts_at < now + timedelta(minutes=hours.minimum_notice_minutes):
        raise SlotNotOffered("notice")
    start = seconds_of(starts_at)
    day = local_ordinal(start, hours.time_zone)
    if day >= _bookable(hours, now)[2]:
        raise SlotNotOffered("horizon")
    slot_length = hours.slot_minutes * 60
    # A run stops where no whole slot is left, a slot's length less a second before its span closes.
    open_then = (run for _, run in line(hours, day, day + 1) if run.start <= start < run.stop + slot_length - 1)
    run = next(open_then, None)
    if run is None:
        raise SlotNotOffered("closed")
    if starts_at.microsecond or start not in run:
        raise SlotNotOffered("off_grid")
    closes = instant_of(run.stop + slot_length - 1)
    begins = instant_of(start)
    slot = Interval(start=begins, end=begins + (length or timedelta(seconds=slot_length)))
    if slot.end > closes:
        raise SlotNotOffered("closed")
    sources = {each.source for each in time_off if each.counts_at(now) and slot.overlaps(each.interval)}
    if sources:
        raise SlotNotOffered(next(source for source in Source if source in sources))
    return slot


def next_free(hours: Hours, *, time_off: Sequence[TimeOff], taken: Sequence[Taken], now: datetime) -> datetime | None:
    """The start of the earliest free slot, or None if there is none within the horizon. Looks no further than needed."""
    start = next(free_starts(hours, time_off=time_off, taken=taken, now=now), None)
    return None if start is None else instant_of(start)


def free_starts(hours: Hours, *, time_off: Sequence[TimeOff], taken: Sequence[Taken], now: datetime) -> Iterator[int]:
    """The starts of all free slots within the horizon, earliest first, as seconds since the epoch."""
    earliest, first, last = _bookable(hours, now)
    blocks = sorted([*_taken_blocks(hours, _counting(taken, now)), *_time_off_blocks(hours, time_off, now)])
    passed = 0
    for clock, run in line(hours, first, last):
        for start in run:
            while passed < len(blocks) and blocks[passed][0] <= start:
                earliest = max(earliest, blocks[passed][1])
                passed += 1
            if start >= earliest and (clock.steady or clock.ordinal_at(start) < last):
                yield start


def valid_until(
    hours: Hours, *, time_off: Sequence[TimeOff], taken: Sequence[Taken], first: date, last: date, now: datetime
) -> datetime:
    """The first instant after now at which `slots` of the same dates may answer otherwise although nothing was written.

    That is the earliest of: a hold expires; time off begins to count; the first slot passes the notice, a microsecond after
    the last instant at which it may still be booked; the doctor's date changes, and with it the horizon.
    """
    changes = [next_date_change(now, hours.time_zone)]
    changes += [
        each.expires_at for each in taken if each.held and each.expires_at is not None and each.expires_at > now
    ]
    changes += beginnings(time_off, now)
    soonest = next(_offered_runs(hours, first.toordinal(), last.toordinal(), now), None)
    if soonest is not None:
        notice = timedelta(minutes=hours.minimum_notice_minutes)
        changes.append(instant_of(soonest[0]) - notice + timedelta(microseconds=1))
    return min(changes)


def beginnings(time_off: Sequence[TimeOff], now: datetime) -> list[datetime]:
    """When what is not in the way now will be, by time alone."""
    return [each.counts_from for each in time_off if each.counts_from is not None and each.counts_from > now]


def _bookable(hours: Hours, now: datetime) -> tuple[int, int, int]:
    """The first second that honours the notice, and the dates [first, last) in which the slots from there on lie."""
    earliest = seconds_from(now) + hours.minimum_notice_minutes * 60
    today = local_ordinal(seconds_of(now), hours.time_zone)
    # A clock put back over midnight shows the date before once more.
    first = local_ordinal(earliest, hours.time_zone) - 1
    return earliest, first, today + hours.horizon_days + 1


def _offered_runs(hours: Hours, first: int, last: int, now: datetime) -> Iterator[Sequence[int]]:
    """The starts of the slots of the dates [first, last) that notice and horizon leave, span by span, in order; none empty."""
    earliest, soonest, end = _bookable(hours, now)
    for run in runs(hours, max(first, soonest), min(last, end)):
        if run and run[0] < earliest:
            run = run[bisect_left(run, earliest) :]
        if run:
            yield run


def _counting(taken: Sequence[Taken], now: datetime) -> list[Taken]:
    return [each for each in taken if each.counts_at(now)]


def _taken_blocks(hours: Hours, taken: Sequence[Taken]) -> list[tuple[int, int]]:
    return [_block(each.interval, stride(hours)) for each in taken]


def _time_off_blocks(hours: Hours, time_off: Sequence[TimeOff], now: datetime) -> list[tuple[int, int]]:
    return [_block(each.interval, hours.slot_minutes * 60) for each in time_off if each.counts_at(now)]


def _block(interval: Interval, length: int) -> tuple[int, int]:
    """The seconds [low, high) at which nothing of that length may start, or it would meet the interval."""
    return seconds_of(interval.start) - length + 1, seconds_from(interval.end)
