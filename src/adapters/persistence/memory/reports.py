"""What people reported, in memory."""

from builtins import list as listing
from itertools import islice
from uuid import UUID

from adapters.persistence.memory import places
from adapters.persistence.memory.transaction import Transaction
from scheduling_core.errors import NotFound
from scheduling_core.ids import ReportId
from scheduling_core.report import Report, ReportState


class MemoryReports:
    """Matches ports.reports.Reports."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, report: Report) -> None:
        (await self._transaction.view()).reports.insert(report.id, report)

    async def list(self, state: ReportState | None, *, after: UUID | None, limit: int) -> listing[Report]:
        view = await self._transaction.view()
        bound = None if after is None else (after,)
        newest_first = view.reports.walk(places.all_reports, places.EVERYBODY, before=bound, newest_first=True)
        return list(islice((report for report in newest_first if state in (None, report.state)), limit))

    async def lock(self, report_id: ReportId) -> Report:
        report = (await self._transaction.view()).reports.get(report_id)
        if report is None:
            raise NotFound
        return report

    async def save(self, report: Report) -> None:
        (await self._transaction.view()).reports.put(report.id, report)
