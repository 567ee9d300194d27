"""When somebody is busy, as Google's `freebusy.query` tells it: times alone, of calendars that are shown to us."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from adapters.calendar.google_answers import AlreadyThere, ChangedMeanwhile, GoneForGood, NotThere
from adapters.calendar.google_client import Turn
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.instants import Interval

_LONGEST = timedelta(days=60)
"""Google refuses more than about three months at once (timeRangeTooLong)."""

_NOT_SHOWN = frozenset({"notFound", "forbidden"})


class _Busy(msgspec.Struct, frozen=True):
    start: datetime
    end: datetime


class _Error(msgspec.Struct, frozen=True):
    reason: str = ""


class _Calendar(msgspec.Struct, frozen=True):
    busy: tuple[_Busy, ...] = ()
    errors: tuple[_Error, ...] = ()


class _Answer(msgspec.Struct, frozen=True):
    calendars: dict[str, _Calendar]


def read_busy(turn: Turn, address: str, within: Interval) -> list[Interval]:
    """As `Calendar.busy`. Google answers 200 for a calendar that it does not show, with no busy times beside the error."""
    return [span for part in _parts(within) for span in _asked(turn, address, part)]


def _parts(within: Interval) -> Iterator[Interval]:
    start = within.start
    while start < within.end:
        end = min(start + _LONGEST, within.end)
        yield Interval(start=start, end=end)
        start = end


def _asked(turn: Turn, address: str, part: Interval) -> list[Interval]:
    asked = {"timeMin": _written(part.start), "timeMax": _written(part.end), "items": [{"id": address}]}
    try:
        answer = msgspec.convert(turn.busy(asked), _Answer)
    except (msgspec.ValidationError, NotThere, AlreadyThere, GoneForGood, ChangedMeanwhile):
        raise ProviderUnavailable("Google's answer about busy times cannot be read") from None
    found = [calendar for name, calendar in answer.calendars.items() if name.casefold() == address.casefold()]
    if len(found) != 1:
        raise ProviderUnavailable("Google says nothing about this calendar")
    (calendar,) = found
    if any(error.reason in _NOT_SHOWN for error in calendar.errors):
        raise ProviderRefused("unshared", "the calendar is not there, or does not show us when its owner is busy")
    if calendar.errors:
        raise ProviderUnavailable("Google could not say when this calendar's owner is busy")
    return [_interval(span) for span in calendar.busy]


def _interval(span: _Busy) -> Interval:
    if span.start.tzinfo is None or span.end.tzinfo is None or span.end <= span.start:
        raise ProviderUnavailable("Google's answer about busy times cannot be read")
    return Interval(start=span.start.astimezone(UTC), end=span.end.astimezone(UTC))


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
