"""What people reported."""

from builtins import list as listing
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, insert, select, update

from adapters.persistence.sql_rows import actor_of
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.tables_records import reports
from scheduling_core.errors import NotFound
from scheduling_core.ids import ReportId
from scheduling_core.report import Report, ReportAbout, ReportState

_LOCK = select(reports).where(reports.c.id == bindparam("wanted")).with_for_update()
_SAVE = update(reports).where(reports.c.id == bindparam("wanted"))
_STATES = {ReportState.OPEN: reports.c.closed_at.is_(None), ReportState.CLOSED: reports.c.closed_at.is_not(None)}


class SqlReports:
    """Matches ports.reports.Reports."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, report: Report) -> None:
        values = {
            "id": report.id, "about": report.about.value, "role": report.by.role.value, "actor_id": report.by.known(),
            "appointment_id": report.appointment_id, "text": report.text, "created_at": report.created_at,
            "closed_at": report.closed_at, "closed_by": report.closed_by, "note": report.note,
        }  # fmt: skip
        await self._transaction.run(insert(reports), values)

    async def list(self, state: ReportState | None, *, after: UUID | None, limit: int) -> listing[Report]:
        page = select(reports).order_by(reports.c.id.desc()).limit(limit)
        if state is not None:
            page = page.where(_STATES[state])
        if after is not None:
            page = page.where(reports.c.id < after)
        return [_report_of(row) for row in await self._transaction.rows(page)]

    async def lock(self, report_id: ReportId) -> Report:
        row = await self._transaction.first(_LOCK, {"wanted": report_id})
        if row is None:
            raise NotFound
        return _report_of(row)

    async def save(self, report: Report) -> None:
        closed = {"closed_at": report.closed_at, "closed_by": report.closed_by, "note": report.note}
        await self._transaction.run(_SAVE, {"wanted": report.id, **closed})


def _report_of(row: Row[Any]) -> Report:
    return Report(
        id=row.id, about=ReportAbout(row.about), by=actor_of(row.role, row.actor_id), text=row.text,
        created_at=row.created_at, appointment_id=row.appointment_id, closed_at=row.closed_at, closed_by=row.closed_by,
        note=row.note,
    )  # fmt: skip
