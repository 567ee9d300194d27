"""Calendar files (RFC 5545, RFC 5546) for a visit: one UID for its whole life, so that a move or a cancellation finds it."""

from dataclasses import dataclass
from datetime import datetime

from adapters.kit.words import one_line
from scheduling_core.ids import AppointmentId

CONTENT_TYPE = "text/calendar"
FILENAME = "visit.ics"
TITLE = "Openhours video visit"
"""Neutral on purpose: calendars are shared and shown on walls."""


def title(for_whom: str | None) -> str:
    """The title, with the first name of whom the visit is for where it is not for the reader."""
    return f"{TITLE} for {for_whom}" if for_whom else TITLE


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """What a calendar may know of a visit. `page_url` needs a sign-in; `attendee_email` is the reader's own."""

    appointment_id: AppointmentId
    starts_at: datetime
    ends_at: datetime
    sequence: int
    cancelled: bool
    attendee_email: str
    attendee_name: str
    organizer_email: str
    page_url: str
    join_url: str | None
    for_whom: str | None
    written_at: datetime

    @property
    def method(self) -> str:
        return "CANCEL" if self.cancelled else "REQUEST"


def calendar_file(entry: CalendarEntry) -> bytes:
    """The file: method REQUEST or CANCEL, times in UTC so that no reader's zone table can move them."""
    # Loaded with the first file, not with the product: it is eighty modules large.
    from icalendar import Calendar, Event, vCalAddress, vUri  # noqa: PLC0415

    event = Event()
    event.add("uid", f"{entry.appointment_id}@openhours")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.written_at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", title(entry.for_whom))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", vCalAddress(f"mailto:{entry.organizer_email}"), parameters={"CN": "Openhours"})
    attendee = {"CN": one_line(entry.attendee_name), "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    event.add("attendee", vCalAddress(f"mailto:{entry.attendee_email}"), parameters=attendee)
    link = f"Join: {entry.join_url}\n" if entry.join_url and not entry.cancelled else ""
    event.add("description", f"{link}Details: {entry.page_url}")
    event.add("url", vUri(entry.page_url))
    if entry.join_url and not entry.cancelled:
        event.add("location", entry.join_url)
        event.add("conference", vUri(entry.join_url), parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
    calendar = Calendar()
    calendar.add("prodid", "-//Openhours//Openhours//EN")
    calendar.add("version", "2.0")
    calendar.add("method", entry.method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())
