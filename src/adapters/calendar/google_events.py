"""A visit as an event of Google Calendar: what is written there, what is read back, and what differs. Nothing here calls anybody."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec

from adapters.kit.ics import TITLE
from scheduling_core.errors import ProviderUnavailable
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.calendar import CalendarEvent

MOST_IDS = 3
"""How many ids an appointment has: the next is used where Google never gives back an event with the one before."""

_SEQUENCE = "openhoursSequence"


class Entry(msgspec.Struct, frozen=True, rename="camel"):
    """A way into a conference."""

    entry_point_type: str = ""
    uri: str = ""


class _Status(msgspec.Struct, frozen=True, rename="camel"):
    status_code: str = ""


class _Request(msgspec.Struct, frozen=True, rename="camel"):
    status: _Status = _Status()


class _Conference(msgspec.Struct, frozen=True, rename="camel"):
    entry_points: tuple[Entry, ...] = ()
    create_request: _Request = _Request()


class _Moment(msgspec.Struct, frozen=True, rename="camel"):
    date_time: datetime


class _Guest(msgspec.Struct, frozen=True):
    email: str = ""


class _Properties(msgspec.Struct, frozen=True):
    private: dict[str, str] = {}


class Found(msgspec.Struct, frozen=True, rename="camel"):
    """An event as Google keeps it, as far as it matters here."""

    id: str
    etag: str
    status: str
    start: _Moment
    end: _Moment
    summary: str = ""
    attendees: tuple[_Guest, ...] = ()
    extended_properties: _Properties = _Properties()
    conference_data: _Conference | None = None

    @classmethod
    def of(cls, answer: object) -> "Found":
        """What was answered. Raise ProviderUnavailable where it is no event."""
        try:
            return msgspec.convert(answer, cls)
        except msgspec.ValidationError:
            raise ProviderUnavailable("Google Calendar's answer cannot be read") from None

    @property
    def join_url(self) -> str | None:
        """Where to meet; None while it is not known yet."""
        entries = self.conference_data.entry_points if self.conference_data else ()
        links = (entry.uri for entry in entries if entry.entry_point_type == "video")
        return next((link for link in links if link.startswith("https://")), None)

    @property
    def sequence(self) -> int:
        """Which state of the visit is written there."""
        written = self.extended_properties.private.get(_SEQUENCE, "")
        return int(written) if written.isascii() and written.isdigit() else -1

    @property
    def cancelled(self) -> bool:
        return self.status == "cancelled"

    @property
    def lacks_conference(self) -> bool:
        """Whether none is there and none is being prepared."""
        conference = self.conference_data
        return self.join_url is None and (
            conference is None or conference.create_request.status.status_code != "pending"
        )


def event_id(appointment_id: AppointmentId, number: int = 0) -> str:
    """The same for the same appointment, so that a retry makes no second event (letters and digits of base32hex)."""
    return f"openhours{appointment_id.hex}{number or ''}"


def new_event(event: CalendarEvent, id: str) -> dict[str, Any]:
    """All that Google learns of a visit."""
    return {
        "id": id,
        **_facts(event),
        "attendees": [{"email": guest} for guest in event.guests],
        "visibility": "private",
        "guestsCanInviteOthers": False,
        "guestsCanModify": False,
        # The other's address is theirs to tell.
        "guestsCanSeeOtherGuests": False,
        # Reminders are ours.
        "reminders": {"useDefault": False, "overrides": []},
        "conferenceData": _wanted_conference(id),
    }


def changes(found: Found, event: CalendarEvent) -> dict[str, Any]:
    """What has to be written so that what was found says what `event` says. Empty where that is nothing, or where a later
    state of the visit is written there already: a call that was overtaken changes nothing, and brings back nothing."""
    if found.sequence > event.sequence or (found.cancelled and found.sequence == event.sequence):
        return {}
    changed: dict[str, Any] = {}
    if (found.start.date_time, found.end.date_time) != (event.interval.start, event.interval.end):
        changed |= _facts(event)
    if found.cancelled or found.sequence != event.sequence or found.summary != TITLE:
        changed |= _facts(event)
    if {guest.email.casefold() for guest in found.attendees} != {guest.casefold() for guest in event.guests}:
        changed["attendees"] = [{"email": guest} for guest in event.guests]
    if found.lacks_conference:
        # A request with an id that Google has seen is ignored: so after each state that had none, another.
        changed["conferenceData"] = _wanted_conference(f"{found.id}{_digest(found.etag)}")
    return changed


def _facts(event: CalendarEvent) -> dict[str, Any]:
    return {
        "status": "confirmed",
        "summary": TITLE,
        "start": _moment(event.interval.start, event.zone),
        "end": _moment(event.interval.end, event.zone),
        "extendedProperties": {"private": {_SEQUENCE: str(event.sequence)}},
    }


def _moment(instant: datetime, zone: str) -> dict[str, str]:
    return {"dateTime": instant.astimezone(UTC).isoformat().replace("+00:00", "Z"), "timeZone": zone}


def _wanted_conference(request_id: str) -> dict[str, Any]:
    return {"createRequest": {"requestId": request_id, "conferenceSolutionKey": {"type": "hangoutsMeet"}}}


def _digest(etag: str) -> str:
    return hashlib.sha256(etag.encode()).hexdigest()[:16]
