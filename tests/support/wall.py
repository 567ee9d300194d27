"""Instants and intervals, written as they are read."""

from datetime import UTC, datetime, timedelta

from scheduling_core.instants import Interval

NINE = datetime(2027, 3, 29, 9, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def between(start: str, end: str) -> Interval:
    return Interval(start=utc(start), end=utc(end))
