"""For administrators: what happened, who did it, and when."""

from typing import Annotated
from uuid import UUID

from litestar import Router, get
from litestar.params import QueryParameter

from adapters.http import problems
from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.cursors import read_number
from adapters.http.documents import SIGNED_IN, refuses
from adapters.http.routes.parameters import Cursor, PageSize
from adapters.http.views.audit import AuditPage
from adapters.http.views.fields import read_instant
from scheduling_core.access import Role
from scheduling_core.ports.history import Wanted

_DATE_TIME = {"format": "date-time"}


@get(
    "/audit",
    operation_id="readAudit",
    summary="The history of appointments and of acts",
    responses=refuses(*SIGNED_IN, problems.VALIDATION, problems.BAD_CURSOR),
)
async def audit(
    call: Given[Call],
    verb: Annotated[
        str | None, QueryParameter(max_length=60, description="What happened, `book` or `approve-doctor` for example.")
    ] = None,
    role: Annotated[Role | None, QueryParameter(description="What kind of actor did it.")] = None,
    actor_id: Annotated[UUID | None, QueryParameter(name="actor", description="Who did it.")] = None,
    about: Annotated[
        UUID | None, QueryParameter(description="The appointment, or whatever else an act was about.")
    ] = None,
    since: Annotated[str | None, QueryParameter(schema_extra=_DATE_TIME, description="From then on.")] = None,
    until: Annotated[str | None, QueryParameter(schema_extra=_DATE_TIME, description="Before then.")] = None,
    cursor: Cursor = None,
    limit: PageSize = 50,
) -> AuditPage:
    """Newest first. Every filter narrows."""
    wanted = Wanted(
        verb=verb,
        role=role,
        actor_id=actor_id,
        about=about,
        since=read_instant(since, "since") if since else None,
        until=read_instant(until, "until") if until else None,
    )
    found = await call.use.read_audit(call.actor, wanted, before=read_number(cursor), limit=limit + 1)
    return AuditPage.of(found, limit=limit)


router = Router(
    "/admin",
    route_handlers=[audit],
    opt=NEEDS_TOKEN,
    security=BEARER,
    tags=["administration"],
)
