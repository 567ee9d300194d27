"""Page cursors: opaque to clients, who hand back what they were given."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import UTC, datetime, timedelta
from uuid import UUID

from adapters.http import problems
from adapters.http.problems import Declined

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LATEST = (datetime(2200, 1, 1, tzinfo=UTC) - _EPOCH) // _MICROSECOND
_ID_BYTES, _TIME_BYTES, _NUMBER_BYTES = 16, 8, 8


def write_place(instant: datetime, id: UUID) -> str:
    """The last row of a page that is ordered by (instant, id)."""
    micros = (instant - _EPOCH) // _MICROSECOND
    return _text(micros.to_bytes(_TIME_BYTES) + id.bytes)


def read_place(cursor: str | None) -> tuple[datetime, UUID] | None:
    """What `write_place` wrote. Raise Declined (400) for anything else."""
    if cursor is None:
        return None
    raw = _raw(cursor, _TIME_BYTES + _ID_BYTES)
    micros = int.from_bytes(raw[:_TIME_BYTES])
    if micros >= _LATEST:
        raise Declined(problems.BAD_CURSOR)
    return _EPOCH + micros * _MICROSECOND, UUID(bytes=raw[_TIME_BYTES:])


def write_id(id: UUID) -> str:
    """The last row of a page that is ordered by id alone."""
    return _text(id.bytes)


def read_id(cursor: str | None) -> UUID | None:
    """What `write_id` wrote. Raise Declined (400) for anything else."""
    return None if cursor is None else UUID(bytes=_raw(cursor, _ID_BYTES))


def write_number(number: int) -> str:
    """The last row of a page that is ordered by its own number alone."""
    return _text(number.to_bytes(_NUMBER_BYTES))


def read_number(cursor: str | None) -> int | None:
    """What `write_number` wrote. Raise Declined (400) for anything else."""
    if cursor is None:
        return None
    number = int.from_bytes(_raw(cursor, _NUMBER_BYTES))
    if number >= 1 << 63:
        raise Declined(problems.BAD_CURSOR)
    return number


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _raw(cursor: str, length: int) -> bytes:
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (ValueError, NotBase64):
        raise Declined(problems.BAD_CURSOR) from None
    # Decoding skips foreign characters; only the very text that was handed out is a cursor.
    if len(raw) != length or _text(raw) != cursor:
        raise Declined(problems.BAD_CURSOR)
    return raw
