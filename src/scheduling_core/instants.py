"""Instants and intervals, and the one place where wall-clock time becomes instants.

A wall time read once is that instant. Read twice (the clocks went back) it means its first reading where a span
starts and its last where a span ends. Never read (the clocks went forward) it means the instant of the change.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from scheduling_core.errors import InvalidHours

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTES_A_DAY = 1440

_EPOCH_ORDINAL = EPOCH.toordinal()
_DAY = 86_400
# The largest change ever made to a clock is 24 hours (the date line); two hours more keep its edges in sight.
_SIGHT = 26 * 3600
# Zones cannot convert instants within a day of either end of the calendar.
_EARLIEST = (1 + 1 - _EPOCH_ORDINAL) * _DAY
_LATEST = (date.max.toordinal() - 1 - _EPOCH_ORDINAL) * _DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The instants from `start` up to but excluding `end`, both in UTC.

    ValueError unless start < end and both carry `datetime.UTC` itself: arithmetic on any other zone, even one that
    happens to agree with UTC today, is arithmetic on wall-clock time.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            raise ValueError("an interval is made of UTC instants: use astimezone(UTC)")
        if self.start >= self.end:
            raise ValueError(f"an interval ends after it starts: {self.start} .. {self.end}")

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share an instant; touching ends share none."""
        return self.start < other.end and other.start < self.end

    def contains(self, instant: datetime) -> bool:
        return self.start <= instant < self.end


@dataclass(frozen=True, slots=True)
class DayClock:
    """A zone's clock around one date: `before` seconds ahead of UTC until the instant `changes_at`, `after` from then.

    One change is enough: no zone of the database has ever made two within six days (a test watches this).
    Instants are whole seconds since the epoch; walls are what the clock shows, counted in the same way.
    """

    before: int
    changes_at: int
    after: int

    @property
    def steady(self) -> bool:
        """Whether the clock changes neither on the date nor within a day of it, so that every wall is read once."""
        return self.before == self.after

    def ordinal_at(self, instant: int) -> int:
        """The ordinal of the date that the clock shows at an instant within a day of its own: integers alone, which the slots
        of days around a change of clocks take half of their time from."""
        return (instant + (self.before if instant < self.changes_at else self.after)) // _DAY + _EPOCH_ORDINAL

    def first_reading(self, wall: int) -> int:
        """The first instant at which the clock shows `wall` or later."""
        return wall - self.before if wall < self.changes_at + self.before else max(self.changes_at, wall - self.after)

    def last_reading(self, wall: int) -> int:
        """The first instant after which the clock never again shows `wall` or earlier."""
        return wall - self.after if wall >= self.changes_at + self.after else min(self.changes_at, wall - self.before)

    def last_before(self, wall: int) -> int:
        """The first instant from which the clock never again shows less than `wall`."""
        return wall - self.after if wall > self.changes_at + self.after else min(self.changes_at, wall - self.before)


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def check_zone(name: str) -> str:
    """The same name. Raise InvalidHours unless the zone database lists it, exactly so spelt."""
    if name not in _zone_names():
        raise InvalidHours("time_zone", f"There is no time zone called {name!r}.")
    return name


# ZoneInfo keeps only the eight zones used last; a name that is no zone raises and is not kept.
@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(check_zone(name))


def _offset(instant: int, zone: str) -> int:
    instant = min(max(instant, _EARLIEST), _LATEST)
    return seconds_of(datetime.fromtimestamp(instant, _zone(zone)).replace(tzinfo=UTC)) - instant


def wall_midnight(ordinal: int) -> int:
    """What the clock shows as the date (a proleptic ordinal) begins, as a wall."""
    return (ordinal - _EPOCH_ORDINAL) * _DAY


# About six years of dates for fifteen zones, some five megabytes.
@lru_cache(maxsize=32_768)
def day_clock(ordinal: int, zone: str) -> DayClock:
    """The zone's clock from a day before the date (a proleptic ordinal) until a day after it."""
    midnight = wall_midnight(ordinal) - _offset(wall_midnight(ordinal), zone)
    low, high = midnight - _SIGHT, midnight + _DAY + _SIGHT
    before, after = _offset(low, zone), _offset(high, zone)
    if before != after:
        while high - low > 1:
            middle = (low + high) // 2
            if _offset(middle, zone) == before:
                low = middle
            else:
                high = middle
    return DayClock(before, high, after)


def seconds_of(instant: datetime) -> int:
    """Whole seconds since the epoch, rounded down."""
    since = instant - EPOCH
    return since.days * _DAY + since.seconds


def seconds_from(instant: datetime) -> int:
    """Whole seconds since the epoch, rounded up."""
    return seconds_of(instant) + (instant.microsecond > 0)


def instant_of(seconds: int) -> datetime:
    """The UTC instant that many seconds after the epoch."""
    return datetime.fromtimestamp(seconds, UTC)


def local_ordinal(instant: int, zone: str) -> int:
    """The proleptic ordinal of the date that the zone's clock shows at the instant (seconds since the epoch)."""
    # Wherever it is, the zone's date and that of UTC are neighbours.
    return day_clock(instant // _DAY + _EPOCH_ORDINAL, zone).ordinal_at(instant)


def local_date(instant: datetime, zone: str) -> date:
    """The date that the zone's clock shows at the instant."""
    return date.fromordinal(local_ordinal(seconds_of(instant), zone))


def local_minute(instant: datetime, zone: str) -> int:
    """The minutes after midnight that the zone's clock shows at the instant."""
    seconds = seconds_of(instant)
    return (seconds + _offset(seconds, zone)) % _DAY // 60


def span_seconds(ordinal: int, start_minute: int, end_minute: int, zone: str) -> tuple[int, int]:
    """`span_to_interval` on whole seconds since the epoch; start == end where that gives None."""
    clock, midnight = day_clock(ordinal, zone), wall_midnight(ordinal)
    return clock.first_reading(midnight + start_minute * 60), clock.last_reading(midnight + end_minute * 60)


def span_to_interval(day: date, *, start_minute: int, end_minute: int, zone: str) -> Interval | None:
    """From the first reading of the start to the last reading of the end, both minutes after the date's midnight.

    1440 is 00:00 of the next date. None if the clock skipped the whole span. ValueError unless
    0 ≤ start < end ≤ 1440.
    """
    if not 0 <= start_minute < end_minute <= MINUTES_A_DAY:
        raise ValueError(f"not a span of a day: minutes {start_minute} to {end_minute}")
    start, end = span_seconds(day.toordinal(), start_minute, end_minute, zone)
    return Interval(start=instant_of(start), end=instant_of(end)) if start < end else None


def day_interval(first: date, last_exclusive: date, zone: str) -> Interval:
    """The smallest interval with every instant whose local date is in [first, last_exclusive).

    Consecutive dates give intervals that touch. Dates that the zone skipped altogether, which have no instants, give
    the microsecond in which they were skipped; instants that a datetime cannot hold are left out. ValueError unless
    first < last_exclusive.
    """
    if first >= last_exclusive:
        raise ValueError(f"no dates: {first} up to {last_exclusive}")
    start = day_clock(first.toordinal(), zone).first_reading(wall_midnight(first.toordinal()))
    end = day_clock(last_exclusive.toordinal(), zone).last_before(wall_midnight(last_exclusive.toordinal()))
    opens = instant_of(max(start, _EARLIEST - _DAY))
    return Interval(start=opens, end=max(instant_of(end), opens + timedelta(microseconds=1)))


def next_date_change(instant: datetime, zone: str) -> datetime:
    """The first instant after this one at which the zone's clock shows another date."""
    now = seconds_of(instant)
    today = local_ordinal(now, zone)
    clock, midnight = day_clock(today, zone), wall_midnight(today + 1)
    moments = (midnight - clock.before, clock.changes_at, midnight - clock.after)
    return instant_of(min(moment for moment in moments if moment > now and local_ordinal(moment, zone) != today))
