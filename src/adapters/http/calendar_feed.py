"""Somebody's visits as one iCalendar stream (RFC 5545) that calendar programs fetch again and again.

They are other people's machines, so a visit is a time, a neutral title and the address of a page that asks for a sign-in:
no name, no reason, no way into the meeting.
"""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from icalendar import Calendar, Event, vUri

from adapters.kit.ics import TITLE
from scheduling_core.appointment import Appointment
from scheduling_core.ports.views import AppointmentDetails

REFRESH = timedelta(hours=1)
"""How often programs are asked to look."""


def calendar_feed(visits: Sequence[AppointmentDetails], *, public_url: str) -> tuple[bytes, str]:
    """The stream and its entity tag; the same visits make the same bytes.

    UID and SEQUENCE are those of the messages' files, so that a calendar that has both shows a visit once.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Openhours//Openhours//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Openhours")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for details in visits:
        calendar.add_component(_event(details.appointment, public_url))
    content = bytes(calendar.to_ical())
    return content, f'"{sha256(content).hexdigest()[:24]}"'


def _event(visit: Appointment, public_url: str) -> Event:
    event = Event()
    event.add("uid", f"{visit.id}@openhours")
    event.add("sequence", visit.sequence)
    # When this state of the visit came to be is not known; what matters is that it stays the same.
    event.add("dtstamp", visit.booked_at or visit.created_at)
    event.add("dtstart", visit.starts_at)
    event.add("dtend", visit.ends_at)
    event.add("summary", TITLE)
    event.add("status", "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", vUri(f"{public_url}/appointments/{visit.id}"))
    return event
