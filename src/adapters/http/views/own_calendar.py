"""A doctor's own calendar, as the doctor sees it."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from adapters.http.views.fields import Answer, Email, Request
from scheduling_core.use_cases.own_calendars import Connection


class OwnCalendarRequest(Request):
    """The address of a calendar that shows the clinic when its owner is busy; mostly that is an e-mail address."""

    address: Email


class OwnCalendar(Answer):
    """`off`: none is read. `read`: slots agree with it. `unread`: it could not be read the last time, and slots are as it said
    at `read_at`. `closed`: that is too long ago, and nothing new is bookable."""

    state: Literal["off", "read", "unread", "closed"]
    address: str | None
    read_at: datetime | None
    closes_at: datetime | None
    trouble: Annotated[str | None, msgspec.Meta(description="In a word: unavailable, unshared, revoked, …")]
    shared_with: Annotated[
        str | None, msgspec.Meta(description="To whom the calendar is to be shown, where that is known.")
    ]

    @classmethod
    def of(cls, reading: Connection, now: datetime) -> "OwnCalendar":
        own, shared_with = reading.own, reading.shared_with
        if own is None:
            return cls(state="off", address=None, read_at=None, closes_at=None, trouble=None, shared_with=shared_with)
        return cls(
            state=own.state_at(now),
            address=own.address,
            read_at=own.read_at,
            closes_at=own.closes_at,
            trouble=own.trouble or None,
            shared_with=shared_with,
        )
