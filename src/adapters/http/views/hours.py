"""A doctor's hours and time off, in the doctor's own wall-clock time."""

from collections import defaultdict
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from adapters.http.views.appointments import Appointment
from adapters.http.views.fields import Answer, Instant, Request, WallTime, ZoneName, utc
from scheduling_core import hours
from scheduling_core.access import Actor
from scheduling_core.errors import InvalidHours, InvalidInput
from scheduling_core.hours import WEEKDAYS
from scheduling_core.instants import Interval
from scheduling_core.terms import Terms
from scheduling_core.use_cases.hours import AddedTimeOff


class Weekday(StrEnum):
    """A day of the week, in English."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Span(Request, rename={"from_": "from"}):
    """Open from one time of the day up to another."""

    from_: WallTime
    to: WallTime

    @classmethod
    def of(cls, span: hours.Span) -> "Span":
        return cls(from_=_clock(span.start_minute), to=_clock(span.end_minute))

    def value(self, field: str) -> hours.Span:
        """Raise InvalidHours, naming `field`, unless it ends after it starts."""
        start, end = _minute(self.from_), _minute(self.to)
        if start >= end:
            raise InvalidHours(field, f"{self.from_}-{self.to} does not end after it starts.")
        return hours.Span(start, end)


class WeeklySpan(Span, rename={"from_": "from"}):
    """Open on one day of every week."""

    weekday: Weekday


class DayOverride(Request):
    """A date that differs from the weekly hours; without spans it is closed."""

    date: date
    spans: Annotated[list[Span], msgspec.Meta(max_length=24)]


class Hours(Request):
    """When a doctor is open. Slots begin every slot + gap minutes from the start of each span."""

    time_zone: ZoneName
    slot_minutes: Annotated[int, msgspec.Meta(ge=5, le=480)]
    gap_minutes: Annotated[int, msgspec.Meta(ge=0, le=240)]
    minimum_notice_minutes: Annotated[int, msgspec.Meta(ge=0, le=43_200)]
    horizon_days: Annotated[int, msgspec.Meta(ge=1, le=730)]
    weekly: Annotated[list[WeeklySpan], msgspec.Meta(max_length=168)]
    overrides: Annotated[list[DayOverride], msgspec.Meta(max_length=730)]

    @classmethod
    def of(cls, kept: hours.Hours) -> "Hours":
        return cls(
            time_zone=kept.time_zone,
            slot_minutes=kept.slot_minutes,
            gap_minutes=kept.gap_minutes,
            minimum_notice_minutes=kept.minimum_notice_minutes,
            horizon_days=kept.horizon_days,
            weekly=[
                WeeklySpan(weekday=Weekday(name), from_=_clock(span.start_minute), to=_clock(span.end_minute))
                for name, spans in zip(WEEKDAYS, kept.weekly, strict=True)
                for span in spans
            ],
            overrides=[
                DayOverride(date=day, spans=[Span.of(span) for span in spans]) for day, spans in kept.overrides.items()
            ],
        )

    def value(self) -> hours.Hours:
        """Raise InvalidHours for hours that make no sense, a date that differs twice included."""
        week: dict[str, list[hours.Span]] = defaultdict(list)
        for span in self.weekly:
            week[span.weekday].append(span.value(f"weekly.{span.weekday}"))
        overrides: dict[date, tuple[hours.Span, ...]] = {}
        for override in self.overrides:
            if override.date in overrides:
                raise InvalidHours(f"overrides.{override.date}", "A date can differ only once.")
            overrides[override.date] = tuple(span.value(f"overrides.{override.date}") for span in override.spans)
        return hours.Hours(
            time_zone=self.time_zone,
            slot_minutes=self.slot_minutes,
            gap_minutes=self.gap_minutes,
            minimum_notice_minutes=self.minimum_notice_minutes,
            horizon_days=self.horizon_days,
            weekly=tuple(tuple(week[name]) for name in WEEKDAYS),
            overrides=overrides,
        )


class TimeOff(Answer):
    """A stretch in which the doctor sees nobody. The note is the doctor's own."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    note: str

    @classmethod
    def of(cls, kept: hours.TimeOff) -> "TimeOff":
        return cls(id=kept.id, starts_at=kept.interval.start, ends_at=kept.interval.end, note=kept.note)


class TimeOffRequest(Request):
    """`cancel_conflicts` agrees that the visits booked in it are cancelled and refunded in full."""

    starts_at: Instant
    ends_at: Instant
    note: Annotated[str, msgspec.Meta(max_length=200)] = ""
    cancel_conflicts: bool = False

    def interval(self) -> Interval:
        """Raise InvalidInput unless it ends after it starts."""
        start, end = utc(self.starts_at, "starts_at"), utc(self.ends_at, "ends_at")
        if start >= end:
            raise InvalidInput("ends_at", "It must end after it starts.")
        return Interval(start=start, end=end)


class TimeOffAnswer(Answer):
    """Stored (`id` is set) with the visits that it cancelled; or not stored, with the visits that stand in its way."""

    id: UUID | None
    starts_at: datetime
    ends_at: datetime
    note: str
    conflicts: list[Appointment]

    @classmethod
    def of(
        cls, asked: TimeOffRequest, added: AddedTimeOff, viewer: Actor, now: datetime, terms: Terms
    ) -> "TimeOffAnswer":
        interval = asked.interval()
        return cls(
            id=added.time_off.id if added.time_off else None,
            starts_at=interval.start,
            ends_at=interval.end,
            note=asked.note,
            conflicts=[Appointment.of(each, viewer, now, terms) for each in added.conflicts],
        )


class Schedule(Answer):
    """A doctor's visits on the dates asked for, which are dates of `time_zone`."""

    time_zone: str
    appointments: list[Appointment]


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)
