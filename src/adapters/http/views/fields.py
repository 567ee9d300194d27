"""Kinds of fields that several shapes share, and how they become what the core takes."""

from datetime import UTC, date, datetime
from typing import Annotated

import msgspec

from scheduling_core.errors import InvalidInput

Instant = Annotated[datetime, msgspec.Meta(tz=True, description="ISO 8601 with an offset; answered in UTC with Z.")]
Reason = Annotated[str, msgspec.Meta(max_length=500, description="Seen by patient and doctor only.")]
Email = Annotated[str, msgspec.Meta(min_length=3, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
Phone = Annotated[
    str, msgspec.Meta(min_length=5, max_length=40, pattern=r"^\+", description="With country code: +49 30 123456.")
]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
ZoneName = Annotated[str, msgspec.Meta(min_length=1, max_length=64, description="An IANA time zone: Europe/Berlin.")]
WallTime = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$", description="On the doctor's clock; 24:00 ends the day."
    ),
]

_EARLIEST, _LATEST = 1970, 2200
"""Years in which something can be asked for: instants of any zone exist throughout them."""


class Request(msgspec.Struct, forbid_unknown_fields=True):
    """What every request body is: exactly the fields that it names."""


class Answer(msgspec.Struct):
    """What every answer is."""


def utc(instant: datetime, field: str) -> datetime:
    """The same instant in UTC. Raise InvalidInput for one outside the years that make sense."""
    if not _EARLIEST < instant.year < _LATEST:
        raise InvalidInput(field, "Give a time of this century or the next.")
    return instant.astimezone(UTC)


def read_instant(text: str, field: str) -> datetime:
    """An instant of an address, in UTC, as exactly as a body's. Raise InvalidInput."""
    try:
        return utc(msgspec.convert(text, Instant, strict=True), field)
    except msgspec.ValidationError:
        raise InvalidInput(field, "Give an instant with its offset, like 2027-03-29T07:30:00Z.") from None


def sound_days(first: date, last: date) -> tuple[date, date]:
    """The same dates. Raise InvalidInput for ones outside the years that make sense."""
    for field, day in (("from", first), ("to", last)):
        if not _EARLIEST < day.year < _LATEST:
            raise InvalidInput(field, "Give a date of this century or the next.")
    return first, last
