"""Reports of misconduct or of a fault."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from adapters.http.cursors import write_id
from adapters.http.views.fields import Answer, Request
from scheduling_core import report
from scheduling_core.access import Role
from scheduling_core.report import ReportAbout, ReportState
from scheduling_core.use_cases import reports


class ReportRequest(Request):
    """What happened. Name the appointment exactly where the report is about one; only administrators read the text."""

    about: ReportAbout
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
    appointment_id: UUID | None = None


class Reported(Answer):
    """That the report has arrived."""

    id: UUID
    created_at: datetime

    @classmethod
    def of(cls, reported: reports.Reported) -> "Reported":
        return cls(id=reported.id, created_at=reported.created_at)


class Closing(Request):
    """How the report was dealt with; administrators read it."""

    note: Annotated[str, msgspec.Meta(max_length=1000)] = ""


class Report(Answer):
    """A report as administrators see it."""

    id: UUID
    about: ReportAbout
    appointment_id: UUID | None
    reporter_role: Role
    reporter_id: UUID | None
    text: str
    created_at: datetime
    state: ReportState
    closed_at: datetime | None
    closed_by: UUID | None
    note: str

    @classmethod
    def of(cls, told: report.Report) -> "Report":
        return cls(
            id=told.id,
            about=told.about,
            appointment_id=told.appointment_id,
            reporter_role=told.by.role,
            reporter_id=told.by.id,
            text=told.text,
            created_at=told.created_at,
            state=told.state,
            closed_at=told.closed_at,
            closed_by=told.closed_by,
            note=told.note,
        )


class ReportPage(Answer):
    """Reports, newest first."""

    items: list[Report]
    next_cursor: str | None

    @classmethod
    def of(cls, found: Sequence[report.Report], *, limit: int) -> "ReportPage":
        page = found[:limit]
        return cls(
            items=[Report.of(each) for each in page],
            next_cursor=write_id(page[-1].id) if len(found) > limit else None,
        )
