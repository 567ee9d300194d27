"""Reporting misconduct or a fault, and dealing with what was reported."""

from typing import Annotated
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from adapters.http import problems
from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.cursors import read_id
from adapters.http.documents import BODY, KEY, SIGNED_IN, refuses
from adapters.http.limits import REPORTS
from adapters.http.routes.parameters import Cursor, PageSize
from adapters.http.views.reports import Closing, Report, Reported, ReportPage, ReportRequest
from scheduling_core import errors
from scheduling_core.ids import AppointmentId, ReportId
from scheduling_core.ports.requests import RequestKey
from scheduling_core.report import ReportState


@post(
    "/reports",
    operation_id="sendReport",
    summary="Report misconduct or a fault",
    opt={"limit": REPORTS},
    responses=refuses(*SIGNED_IN, *BODY, *KEY, errors.NotFound),
    tags=["accounts"],
)
async def send(data: JSONBody[ReportRequest], request_key: Given[RequestKey | None], call: Given[Call]) -> Reported:
    """For patients and doctors. The other side is not told; an administrator reads it."""
    reported = await call.use.send_report(
        call.actor,
        about=data.about,
        text=data.text,
        appointment_id=AppointmentId(data.appointment_id) if data.appointment_id else None,
        request=request_key,
    )
    return Reported.of(reported)


@get(
    "/admin/reports",
    operation_id="listReports",
    summary="What people reported",
    responses=refuses(*SIGNED_IN, problems.VALIDATION, problems.BAD_CURSOR),
    tags=["administration"],
)
async def listing(
    call: Given[Call],
    report_state: Annotated[ReportState | None, QueryParameter(name="state", description="Only these.")] = None,
    cursor: Cursor = None,
    limit: PageSize = 50,
) -> ReportPage:
    """Newest first."""
    found = await call.use.list_reports(call.actor, report_state, after=read_id(cursor), limit=limit + 1)
    return ReportPage.of(found, limit=limit)


@post(
    "/admin/reports/{report_id:uuid}/close",
    operation_id="closeReport",
    summary="Say that a report was dealt with",
    status_code=200,
    responses=refuses(*SIGNED_IN, *BODY, *KEY, errors.NotFound, errors.IllegalTransition),
    tags=["administration"],
)
async def close(
    report_id: FromPath[UUID],
    call: Given[Call],
    request_key: Given[RequestKey | None],
    data: JSONBody[Closing | None] = None,
) -> Report:
    """With a note on how."""
    note = data.note if data else ""
    return Report.of(await call.use.close_report(call.actor, ReportId(report_id), note, request=request_key))


router = Router("/", route_handlers=[send, listing, close], opt=NEEDS_TOKEN, security=BEARER)
