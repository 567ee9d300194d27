"""Readings for the auditor: pages over everything that is stored, each bounded, so that no size of a clinic slows it down."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.invariants import PaidVisit


class Invariants(Protocol):
    async def newest_event(self) -> int:
        """The number of the newest entry of the history; 0 before the first."""
        ...

    async def changed_after(self, number: int, *, limit: int) -> list[tuple[int, AppointmentId]]:
        """Changes of status behind that entry of the history, in its order, with the visits that they changed."""
        ...

    async def overlapping(self, visits: Sequence[AppointmentId]) -> list[AppointmentId]:
        """Those of these visits that share occupied time with another one, of their doctor or of their person."""
        ...

    async def paid_visits(self, after: PaymentId | None, *, limit: int) -> list[PaidVisit]:
        """Payments by id behind `after`."""
        ...

    async def reserved(self, *, limit: int) -> list[PaidVisit]:
        """Payments whose money is authorized and neither taken nor let go, by id."""
        ...

    async def count_troubled(self) -> int:
        """Payments at which a person should look."""
        ...

    async def count_overdue(self, before: datetime) -> int:
        """Tasks that were due before then and that nobody holds."""
        ...

    async def count_dead(self) -> int:
        """Tasks that were given up."""
        ...
