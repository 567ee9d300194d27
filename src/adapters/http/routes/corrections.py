"""Visits that did not go as they should have."""

from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, JSONBody

from adapters.http import problems
from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.documents import BODY, KEY, SIGNED_IN, refuses
from adapters.http.routes.parameters import PageSize
from adapters.http.routes.seeing import seen_by
from adapters.http.views.appointments import Appointment
from adapters.http.views.corrections import AbsenceClaims, AbsenceRequest, RejectionRequest, VoidRequest
from scheduling_core import errors
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.requests import RequestKey

_REFUSES = (*SIGNED_IN, *BODY, *KEY, errors.NotFound, errors.IllegalTransition, errors.Outdated, errors.StorageBusy)


@post(
    "/doctor-absent",
    operation_id="sayDoctorAbsent",
    summary="Say that the doctor did not come",
    status_code=200,
    responses=refuses(*_REFUSES, errors.TooEarly, errors.TooLate),
)
async def doctor_absent(
    appointment_id: FromPath[UUID],
    request_key: Given[RequestKey | None],
    call: Given[Call],
    data: JSONBody[AbsenceRequest | None] = None,
) -> Appointment:
    """By the patient it is a claim; by the doctor, or by an administrator on that claim, the visit is cancelled and all
    of the money comes back."""
    reason = data.reason if data else ""
    id = AppointmentId(appointment_id)
    return seen_by(call, await call.use.say_doctor_absent(call.actor, request_key, appointment_id=id, reason=reason))


@post(
    "/doctor-absent/reject",
    operation_id="rejectAbsence",
    summary="Reject the claim that the doctor did not come",
    status_code=200,
    responses=refuses(*_REFUSES),
)
async def reject(
    appointment_id: FromPath[UUID],
    data: JSONBody[RejectionRequest],
    request_key: Given[RequestKey | None],
    call: Given[Call],
) -> Appointment:
    """For administrators. The patient is told, and the visit goes on from what it was."""
    id = AppointmentId(appointment_id)
    return seen_by(call, await call.use.reject_absence(call.actor, request_key, appointment_id=id, reason=data.reason))


@post(
    "/void",
    operation_id="voidAppointment",
    summary="Strike an appointment that was entered in error",
    status_code=200,
    responses=refuses(*_REFUSES),
)
async def void(
    appointment_id: FromPath[UUID],
    data: JSONBody[VoidRequest],
    request_key: Given[RequestKey | None],
    call: Given[Call],
) -> Appointment:
    """For administrators, in whatever state it is. All of the money comes back unless `refund` says otherwise."""
    details = await call.use.void_appointment(
        call.actor,
        request_key,
        appointment_id=AppointmentId(appointment_id),
        reason=data.reason,
        refund=data.refund.value() if data.refund else None,
    )
    return seen_by(call, details)


@get(
    "/absence-claims",
    operation_id="listAbsenceClaims",
    summary="Claims that a doctor did not come",
    responses=refuses(*SIGNED_IN, problems.VALIDATION),
)
async def claims(call: Given[Call], limit: PageSize = 50) -> AbsenceClaims:
    """Those that nobody has answered, oldest first."""
    found = await call.use.list_absence_claims(call.actor, limit=limit)
    return AbsenceClaims.of(found, call.actor, call.now(), call.settings.terms)


router = Router(
    "/appointments/{appointment_id:uuid}",
    route_handlers=[doctor_absent, reject, void],
    opt=NEEDS_TOKEN,
    security=BEARER,
    tags=["visit"],
)
admin_router = Router("/admin", route_handlers=[claims], opt=NEEDS_TOKEN, security=BEARER, tags=["administration"])
