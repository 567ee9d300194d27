"""A doctor who receives from nine to eleven and from two to three every day, by UTC so that figures can be read off a clock."""

from datetime import UTC, date, datetime
from uuid import UUID

from scheduling_core.hours import Hours, Span, TimeOff
from scheduling_core.ids import TimeOffId
from scheduling_core.instants import Interval

JUNE_MONDAY = date(2027, 6, 7)
JUNE_TUESDAY = date(2027, 6, 8)
EARLY = datetime(2027, 6, 6, 12, tzinfo=UTC)
DAILY = Hours(
    time_zone="UTC",
    slot_minutes=30,
    gap_minutes=0,
    minimum_notice_minutes=0,
    horizon_days=30,
    weekly=((Span(540, 660), Span(840, 900)),) * 7,
    overrides={},
)


def at(text: str, day: date = JUNE_MONDAY) -> datetime:
    return datetime.fromisoformat(f"{day}T{text}+00:00")


def on_monday(start: str, end: str) -> Interval:
    return Interval(start=at(start), end=at(end))


def off(start: str, end: str) -> TimeOff:
    return TimeOff(id=TimeOffId(UUID(int=1)), interval=on_monday(start, end))
