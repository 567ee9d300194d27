"""Moving a booked visit to another time, and what there is instead of one that was called off."""

from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, JSONBody

from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.documents import BODY, KEY, SIGNED_IN, refuses
from adapters.http.routes.seeing import seen_by
from adapters.http.views.appointments import Appointment
from adapters.http.views.fields import utc
from adapters.http.views.moves import Alternatives, ReschedulePreview, RescheduleRequest
from scheduling_core import errors
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.requests import RequestKey


@get(
    "/{appointment_id:uuid}/reschedule",
    operation_id="previewReschedule",
    summary="Whether the visit can be moved",
    responses=refuses(*SIGNED_IN, errors.NotFound),
)
async def preview(appointment_id: FromPath[UUID], call: Given[Call]) -> ReschedulePreview:
    """By the caller, at this moment. Moving is the POST's alone: looking at this address changes nothing."""
    return ReschedulePreview.of(await call.use.preview_reschedule(call.actor, AppointmentId(appointment_id)))


@post(
    "/{appointment_id:uuid}/reschedule",
    operation_id="rescheduleAppointment",
    summary="Move a visit",
    status_code=200,
    responses=refuses(
        *SIGNED_IN, *BODY, *KEY, errors.NotFound, errors.CannotReschedule, errors.SlotNotOffered, errors.SlotTaken,
        errors.PatientBusy, errors.Outdated, errors.StorageBusy,
    ),
)  # fmt: skip
async def move(
    appointment_id: FromPath[UUID],
    data: JSONBody[RescheduleRequest],
    request_key: Given[RequestKey | None],
    call: Given[Call],
) -> Appointment:
    """Same doctor, same length, same payment: nothing is charged again. The old time is kept until the new one is had."""
    details = await call.use.reschedule(
        call.actor,
        request_key,
        appointment_id=AppointmentId(appointment_id),
        starts_at=utc(data.starts_at, "starts_at"),
        expected_version=data.expected_version,
    )
    return seen_by(call, details)


@get(
    "/{appointment_id:uuid}/alternatives",
    operation_id="readAlternatives",
    summary="Other times and doctors",
    responses=refuses(*SIGNED_IN, errors.NotFound),
)
async def instead(appointment_id: FromPath[UUID], call: Given[Call]) -> Alternatives:
    """The doctor's next free times and who else of the specialization is free, as a cancellation's message tells them."""
    return Alternatives.of(await call.use.read_alternatives(call.actor, AppointmentId(appointment_id)))


router = Router(
    "/appointments", route_handlers=[preview, move, instead], opt=NEEDS_TOKEN, security=BEARER, tags=["booking"]
)
