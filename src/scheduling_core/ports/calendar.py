"""The clinic's calendar: one event with one unique video link for each visit."""

from dataclasses import dataclass
from typing import Protocol

from scheduling_core.ids import AppointmentId
from scheduling_core.instants import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """What an outside calendar learns: when, for whom by e-mail, and opaque ids. Never a reason, never a name in the title."""

    appointment_id: AppointmentId
    interval: Interval
    guests: tuple[str, ...]
    zone: str
    sequence: int


class Calendar(Protocol):
    """Raises ProviderUnavailable (try again) or ProviderRefused (`code` "revoked": stop and tell). Ids derive from the appointment."""

    async def put(self, event: CalendarEvent) -> str | None:
        """Create or update the event; its join URL, or None while the provider still prepares it (ask again)."""
        ...

    async def cancel(self, appointment_id: AppointmentId) -> None:
        """Cancel the event. One that is not there is cancelled already."""
        ...
