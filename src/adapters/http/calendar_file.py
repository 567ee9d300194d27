"""The visit as an iCalendar file (RFC 5545) to download: published, not an invitation, since nobody is to answer it."""

from datetime import datetime

from icalendar import Calendar, Event, vUri

from adapters.http.views.appointments import Appointment
from adapters.kit.ics import title
from scheduling_core.patient import first_name
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.transitions import OCCUPYING, Status


def calendar_file(details: AppointmentDetails, seen: Appointment, *, page_url: str, now: datetime) -> str:
    """One event in UTC, with the join link if the viewer may have it, and never the reason of the visit.

    UID and SEQUENCE are those of the messages' files, so that a calendar replaces what it has and adds nothing twice.
    """
    event = Event()
    event.add("uid", f"{seen.id}@openhours")
    event.add("sequence", details.appointment.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", seen.starts_at)
    event.add("dtend", seen.ends_at)
    event.add("summary", title(_for_whom(details, seen)))
    event.add("status", _status(details.appointment.status))
    event.add("class", "PRIVATE")
    event.add("url", vUri(page_url))
    if seen.meeting.join_url:
        event.add("location", seen.meeting.join_url)
        event.add("conference", vUri(seen.meeting.join_url), parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
    calendar = Calendar()
    calendar.add("prodid", "-//Openhours//Openhours//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _for_whom(details: AppointmentDetails, seen: Appointment) -> str | None:
    """The first name of a dependant, for the patient who booked and for nobody else's calendar."""
    own = details.appointment.person_id == details.appointment.booked_by
    return None if own or not seen.booked_by_me else first_name(details.patient_name)


def _status(status: Status) -> str:
    if status is Status.PENDING:
        return "TENTATIVE"
    return "CONFIRMED" if status in OCCUPYING else "CANCELLED"
