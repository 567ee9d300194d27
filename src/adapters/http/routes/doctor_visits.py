"""A doctor's visits as an administrator sees them, to call them off when the doctor is gone."""

from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, JSONBody

from adapters.http import problems
from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.cursors import read_place
from adapters.http.documents import BODY, KEY, SIGNED_IN, refuses
from adapters.http.routes.parameters import Cursor, PageSize
from adapters.http.views.administration import CancelledVisits, Decision
from adapters.http.views.appointments import AppointmentPage
from scheduling_core import errors
from scheduling_core.ids import DoctorId
from scheduling_core.ports.requests import RequestKey


@get(
    "/visits",
    operation_id="listDoctorVisits",
    summary="A doctor's visits ahead",
    responses=refuses(*SIGNED_IN, errors.NotFound, problems.VALIDATION, problems.BAD_CURSOR),
)
async def visits(
    doctor_id: FromPath[UUID], call: Given[Call], cursor: Cursor = None, limit: PageSize = 50
) -> AppointmentPage:
    """Booked and still to begin, by their start."""
    found = await call.use.list_doctor_visits(
        call.actor, DoctorId(doctor_id), after=read_place(cursor), limit=limit + 1
    )
    return AppointmentPage.of(found, call.actor, call.now(), call.settings.terms, limit=limit)


@post(
    "/cancel-visits",
    operation_id="cancelDoctorVisits",
    summary="Call off a suspended doctor's visits",
    status_code=200,
    responses=refuses(*SIGNED_IN, *BODY, *KEY, errors.NotFound, errors.IllegalTransition, errors.Outdated, errors.StorageBusy),
)  # fmt: skip
async def cancel_visits(
    doctor_id: FromPath[UUID], data: JSONBody[Decision], request_key: Given[RequestKey | None], call: Given[Call]
) -> CancelledVisits:
    """Each with a full refund, up to 200 at once; both participants are told, and what the patient may book instead."""
    result = await call.use.cancel_doctor_visits(
        call.actor, request_key, doctor_id=DoctorId(doctor_id), reason=data.reason
    )
    return CancelledVisits.of(result)


router = Router(
    "/admin/doctors/{doctor_id:uuid}",
    route_handlers=[visits, cancel_visits],
    opt=NEEDS_TOKEN,
    security=BEARER,
    tags=["administration"],
)
