"""The clinic's calendar: one event with one unique video link for each visit; and when doctors are busy by calendars of their own."""

from collections.abc import Sequence
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

    @property
    def shared_with(self) -> str | None:
        """To whom a doctor shows when they are busy, so that `busy` can be asked; None where nobody knows the address."""
        ...

    async def busy(self, address: str, within: Interval) -> Sequence[Interval]:
        """When somebody is busy by their own calendar, events of this port in it included, in any order; nothing but when.

        Raise ProviderRefused("unshared") where that calendar is not there or is not shown to us: what cannot be read is never
        answered as free. Changes nothing.
        """
        ...
