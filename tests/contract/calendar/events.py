"""Events as they stand in Google's calendar, and what was asked of it."""

from datetime import datetime, timedelta

from contract.calendar.making import an_event
from scheduling_core.ports.calendar import CalendarEvent
from servers.google_calendar import GoogleCalendarServer


def id_of(event: CalendarEvent, number: str = "") -> str:
    return f"openhours{event.appointment_id.hex}{number}"


def moved(event: CalendarEvent, *, days: int = 1, sequence: int = 1) -> CalendarEvent:
    return an_event(event.appointment_id, start=event.interval.start + timedelta(days=days), sequence=sequence)


def begins(server: GoogleCalendarServer, id: str) -> datetime:
    return datetime.fromisoformat(server.events[id]["start"]["dateTime"])


def verbs(server: GoogleCalendarServer) -> list[str]:
    """What was asked of the calendar, token or not."""
    return [asked.method for asked in server.wire.asked if asked.path != "/token"]
