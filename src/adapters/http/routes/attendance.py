"""Who came to a visit."""

from uuid import UUID

from litestar import Router, post
from litestar.params import FromPath

from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.documents import KEY, SIGNED_IN, refuses
from adapters.http.routes.seeing import seen_by
from adapters.http.views.appointments import Appointment
from scheduling_core import errors
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.requests import RequestKey

_REFUSES = (*SIGNED_IN, *KEY, errors.NotFound, errors.IllegalTransition, errors.Outdated, errors.StorageBusy)


@post(
    "/arrive",
    operation_id="arrive",
    summary="Say that the patient is there",
    status_code=200,
    responses=refuses(*_REFUSES, errors.TooEarly, errors.TooLate),
)
async def arrive(
    appointment_id: FromPath[UUID], request_key: Given[RequestKey | None], call: Given[Call]
) -> Appointment:
    """The patient joining, or the doctor, from shortly before the start until the end. Said again, it changes nothing."""
    return seen_by(call, await call.use.arrive(call.actor, request_key, appointment_id=AppointmentId(appointment_id)))


@post(
    "/fulfil",
    operation_id="fulfil",
    summary="Say that the visit took place",
    status_code=200,
    responses=refuses(*_REFUSES, errors.TooEarly),
)
async def fulfil(
    appointment_id: FromPath[UUID], request_key: Given[RequestKey | None], call: Given[Call]
) -> Appointment:
    """The doctor, from the start on; a day after the end it counts as having taken place."""
    return seen_by(call, await call.use.fulfil(call.actor, request_key, appointment_id=AppointmentId(appointment_id)))


@post(
    "/no-show",
    operation_id="markNoShow",
    summary="Say that the patient did not come",
    status_code=200,
    responses=refuses(*_REFUSES, errors.TooEarly),
)
async def no_show(
    appointment_id: FromPath[UUID], request_key: Given[RequestKey | None], call: Given[Call]
) -> Appointment:
    """The doctor, some minutes after the start. The money is kept."""
    return seen_by(
        call, await call.use.mark_missed(call.actor, request_key, appointment_id=AppointmentId(appointment_id))
    )


@post(
    "/undo-no-show",
    operation_id="undoNoShow",
    summary="Take back that the patient did not come",
    status_code=200,
    responses=refuses(*_REFUSES, errors.TooLate),
)
async def undo_no_show(
    appointment_id: FromPath[UUID], request_key: Given[RequestKey | None], call: Given[Call]
) -> Appointment:
    """The doctor, within a day. The visit is again what it was."""
    return seen_by(
        call, await call.use.undo_missed(call.actor, request_key, appointment_id=AppointmentId(appointment_id))
    )


router = Router(
    "/appointments/{appointment_id:uuid}",
    route_handlers=[arrive, fulfil, no_show, undo_no_show],
    opt=NEEDS_TOKEN,
    security=BEARER,
    tags=["visit"],
)
