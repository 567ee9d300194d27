"""Events for calendars."""

from datetime import datetime, timedelta

from scheduling_core.ids import AppointmentId
from scheduling_core.instants import Interval
from scheduling_core.ports.calendar import CalendarEvent
from support.clock import MONDAY
from support.making import an_id


def an_event(
    appointment_id: AppointmentId | None = None, *, start: datetime = MONDAY, sequence: int = 0
) -> CalendarEvent:
    return CalendarEvent(
        appointment_id=appointment_id or AppointmentId(an_id()),
        interval=Interval(start=start, end=start + timedelta(minutes=30)),
        guests=("lena@example.com", "doctor@example.com"),
        zone="Europe/Berlin",
        sequence=sequence,
    )
