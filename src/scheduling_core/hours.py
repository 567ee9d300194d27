"""When a doctor is open: the weekly hours, the days that differ, and time off.

Hours are wall-clock time in the doctor's zone; `availability` turns them into slots.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from scheduling_core.errors import InvalidHours
from scheduling_core.ids import TimeOffId
from scheduling_core.instants import MINUTES_A_DAY, Interval, check_zone

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_SPANS_A_DAY = 24
MOST_OVERRIDES = 730

_MINUTES = {"slot_minutes": (5, 480), "gap_minutes": (0, 240), "minimum_notice_minutes": (0, 30 * MINUTES_A_DAY)}
_HORIZON = (1, 730)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Open from one minute after local midnight up to another; 1440 is the midnight that ends the day.

    InvalidHours unless 0 ≤ start < end ≤ 1440. A span too short for one slot is allowed: it gives none.
    """

    start_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_minute < self.end_minute <= MINUTES_A_DAY:
            raise InvalidHours("span", f"{self} does not lie, in this order, between 00:00 and 24:00 of one day.")

    def __str__(self) -> str:
        return f"{_clock(self.start_minute)}-{_clock(self.end_minute)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """What a doctor publishes: the pattern that slots are cut from, and how far ahead and how soon it may be booked.

    `weekly` has seven days, Monday first. An override replaces the weekly spans of its date; an empty one closes it.
    Each day's spans are put in order and may adjoin but not overlap. InvalidHours, naming the field, for: a zone
    that does not exist; slots outside 5–480 minutes, a gap outside 0–240 minutes, notice over 30 days, a horizon
    outside 1–730 days; more than 24 spans a day or 730 overrides.
    """

    time_zone: str
    slot_minutes: int
    gap_minutes: int
    minimum_notice_minutes: int
    horizon_days: int
    weekly: tuple[tuple[Span, ...], ...]
    overrides: Mapping[date, tuple[Span, ...]]

    def __post_init__(self) -> None:
        check_zone(self.time_zone)
        for field, (low, high) in _MINUTES.items():
            _check_range(field, getattr(self, field), low=low, high=high, unit="minutes")
        _check_range("horizon_days", self.horizon_days, low=_HORIZON[0], high=_HORIZON[1], unit="days")
        if len(self.weekly) != len(WEEKDAYS):
            raise InvalidHours("weekly", "A week has seven days.")
        if len(self.overrides) > MOST_OVERRIDES:
            raise InvalidHours("overrides", f"At most {MOST_OVERRIDES} dates may differ from the weekly hours.")
        weekly = tuple(_in_order(f"weekly.{name}", spans) for name, spans in zip(WEEKDAYS, self.weekly, strict=True))
        # A copy, so that nobody changes it behind our back; in order, so that equal hours read the same.
        overrides = {day: _in_order(f"overrides.{day}", self.overrides[day]) for day in sorted(self.overrides)}
        object.__setattr__(self, "weekly", weekly)
        object.__setattr__(self, "overrides", overrides)

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """The spans of a date of the doctor's calendar, earliest first; none when the doctor is closed."""
        spans = self.overrides.get(day)
        return self.weekly[day.weekday()] if spans is None else spans


class Source(StrEnum):
    """Why there is nobody to see; each is the reason of a refusal."""

    DOCTOR = "time_off"
    """The doctor said so here."""
    CALENDAR = "calendar_busy"
    """A calendar of the doctor's own says so."""
    UNREAD = "calendar_unread"
    """Nobody knows what that calendar says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOff:
    """A stretch in which the doctor sees nobody, whatever the hours say. The note is the doctor's own.

    With `counts_from` it is in the way from that instant on, and not before, although nothing is written then.
    """

    id: TimeOffId
    interval: Interval
    note: str = ""
    source: Source = Source.DOCTOR
    counts_from: datetime | None = None

    def counts_at(self, now: datetime) -> bool:
        return self.counts_from is None or self.counts_from <= now


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _check_range(field: str, value: int, *, low: int, high: int, unit: str) -> None:
    if not low <= value <= high:
        raise InvalidHours(field, f"Choose {low} to {high} {unit}.")


def _in_order(field: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    ordered = tuple(sorted(spans))
    if len(ordered) > MOST_SPANS_A_DAY:
        raise InvalidHours(field, f"A day has at most {MOST_SPANS_A_DAY} spans.")
    for earlier, later in pairwise(ordered):
        if later.start_minute < earlier.end_minute:
            raise InvalidHours(field, f"{earlier} and {later} overlap.")
    return ordered
