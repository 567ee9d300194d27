"""The grid of hours as its rule is written, by a clock that is read every few minutes: slow, and plain to see right."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from scheduling_core.hours import Hours
from scheduling_core.instants import Interval

ZONES = sorted(available_timezones())
FIRST, LAST = date(2027, 1, 1), date(2029, 1, 1)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
APART = 5 * MINUTE


class Readings:
    """What a zone's clock shows, five minutes apart, from two days before some dates until two days after them.

    Five minutes divide every change and offset of these years, every midnight among them, and the hours tried here.
    """

    def __init__(self, first: date, last: date, zone: str) -> None:
        clock, days = ZoneInfo(zone), (last - first).days + 4
        self.start = datetime(first.year, first.month, first.day, tzinfo=UTC) - 2 * DAY
        instants = (self.start + n * APART for n in range(days * DAY // APART))
        self.walls = [instant.astimezone(clock).replace(tzinfo=None) for instant in instants]
        self.shown: dict[datetime, list[int]] = {}
        for n, wall in enumerate(self.walls):
            self.shown.setdefault(wall, []).append(n)

    def readings_of(self, wall: datetime) -> list[datetime]:
        """Every instant at which the clock shows it, or the instant at which it leaps over it."""
        leaps = (n + 1 for n, (one, other) in enumerate(pairwise(self.walls)) if one < wall < other)
        return [self.start + n * APART for n in self.shown.get(wall) or [next(leaps)]]

    def date_at(self, instant: datetime) -> date:
        return self.walls[(instant - self.start) // APART].date()


def reference_grid(hours: Hours, first: date, last: date, readings: Readings) -> list[Interval]:
    """The rule as it is written: spans from first to last reading, none before its predecessor's end, then steps."""
    found, ended = [], readings.start
    length, step = hours.slot_minutes * MINUTE, (hours.slot_minutes + hours.gap_minutes) * MINUTE
    for day in (first + n * DAY for n in range(-1, (last - first).days + 1)):
        midnight = datetime(day.year, day.month, day.day)
        for span in hours.spans_on(day):
            opens = readings.readings_of(midnight + span.start_minute * MINUTE)[0]
            closes = readings.readings_of(midnight + span.end_minute * MINUTE)[-1]
            start = max(opens, ended)
            while start + length <= closes:
                if first <= readings.date_at(start) < last:
                    found.append(Interval(start=start, end=start + length))
                start += step
            ended = max(ended, closes)
    return found


@cache
def changes(zone: str) -> tuple[tuple[datetime, timedelta], ...]:
    """When and by how much the zone's clock changes within the two years."""
    clock, found = ZoneInfo(zone), []

    def offset(instant: datetime) -> timedelta:
        return instant.astimezone(clock).replace(tzinfo=UTC) - instant

    noons = [datetime(FIRST.year, 1, 1, 12) + n * DAY for n in range((LAST - FIRST).days)]
    for early, late in pairwise(zip(noons, map(clock.utcoffset, noons), strict=True)):
        if early[1] != late[1]:
            low, high = (noon.replace(tzinfo=clock).astimezone(UTC) for noon, _ in (early, late))
            before, after = offset(low), offset(high)
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                low, high = (middle, high) if offset(middle) == before else (low, middle)
            found.append((high, after - before))
    return tuple(found)


def distinct_changes() -> Iterator[tuple[str, date]]:
    """One zone and date for each way in which any zone's clock changes: at which wall time, by how much, from where."""
    seen = set()
    for zone in ZONES:
        for instant, shift in changes(zone):
            wall = instant.astimezone(ZoneInfo(zone))
            way = (instant, shift, wall.utcoffset())
            if way not in seen:
                seen.add(way)
                yield zone, wall.date()
