"""What people reported."""

from typing import Protocol
from uuid import UUID

from scheduling_core.ids import ReportId
from scheduling_core.report import Report, ReportState


class Reports(Protocol):
    async def add(self, report: Report) -> None:
        """A new report."""
        ...

    async def list(self, state: ReportState | None, *, after: UUID | None, limit: int) -> list[Report]:
        """Newest first, by id; `after` is the id of the last one seen."""
        ...

    async def lock(self, report_id: ReportId) -> Report:
        """The report, which nobody else changes until the transaction ends. Raise NotFound."""
        ...

    async def save(self, report: Report) -> None:
        """Store what became of it. The caller has locked it."""
        ...
