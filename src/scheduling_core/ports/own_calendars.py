"""Which doctors have a calendar of their own read, and how that goes."""

from typing import Protocol

from scheduling_core.ids import DoctorId
from scheduling_core.own_calendar import OwnCalendar


class OwnCalendars(Protocol):
    """What the calendars say stands among the schedules' time off, under the schedule's lock; so does what is written here."""

    async def put(self, calendar: OwnCalendar) -> None:
        """Replace what was known of this doctor's calendar, if anything was."""
        ...

    async def of(self, doctor_id: DoctorId) -> OwnCalendar | None:
        """The doctor's own; None if none is read."""
        ...

    async def remove(self, doctor_id: DoctorId) -> None:
        """Whether there was one or not."""
        ...
