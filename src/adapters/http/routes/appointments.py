"""From a held slot to a booked visit, and off again."""

from typing import Annotated
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from adapters.http import problems
from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.cursors import read_place
from adapters.http.documents import BODY, KEY, SIGNED_IN, KeyedOperation, refuses
from adapters.http.limits import HOLDS
from adapters.http.routes.parameters import Cursor, PageSize
from adapters.http.routes.seeing import seen_by
from adapters.http.views.appointments import (
    Appointment,
    AppointmentPage,
    CancellationPreview,
    CancelRequest,
    Checkout,
    HoldRequest,
)
from adapters.http.views.fields import utc
from adapters.http.views.visit_history import Happening
from scheduling_core import errors
from scheduling_core.ids import AppointmentId, DoctorId, PatientId, PersonId
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.views import When


@post(
    "/",
    operation_id="holdSlot",
    operation_class=KeyedOperation,
    summary="Hold a slot",
    opt={"limit": HOLDS},
    responses=refuses(
        *SIGNED_IN, *BODY, *KEY, problems.KEY_REQUIRED, errors.NotFound, errors.SlotNotOffered, errors.SlotTaken,
        errors.PatientBusy, errors.HoldLimit, errors.StorageBusy,
    ),
)  # fmt: skip
async def hold(data: JSONBody[HoldRequest], required_key: Given[RequestKey], call: Given[Call]) -> Appointment:
    """Keep one slot for one patient while they pay. Of any number of rivals exactly one gets it."""
    details = await call.use.hold_slot(
        call.actor,
        required_key,
        doctor_id=DoctorId(data.doctor_id),
        starts_at=utc(data.starts_at, "starts_at"),
        reason=data.reason,
        patient_id=PatientId(data.patient_id) if data.patient_id else None,
        dependant_id=PersonId(data.dependant_id) if data.dependant_id else None,
    )
    return seen_by(call, details)


@get(
    "/",
    operation_id="listAppointments",
    summary="The caller's own appointments",
    responses=refuses(*SIGNED_IN, problems.VALIDATION, problems.BAD_CURSOR),
)
async def own(
    call: Given[Call],
    when: Annotated[When, QueryParameter(description="Upcoming ones ascending, past ones descending.")] = When.UPCOMING,
    cursor: Cursor = None,
    limit: PageSize = 20,
) -> AppointmentPage:
    """A patient's or a doctor's, upcoming or past."""
    found = await call.use.list_appointments(call.actor, when=when, after=read_place(cursor), limit=limit + 1)
    return AppointmentPage.of(found, call.actor, call.now(), call.settings.terms, limit=limit)


@get(
    "/{appointment_id:uuid}",
    operation_id="readAppointment",
    summary="One appointment",
    responses=refuses(*SIGNED_IN, errors.NotFound),
)
async def one(appointment_id: FromPath[UUID], call: Given[Call]) -> Appointment:
    """As its patient, its doctor or an administrator sees it now."""
    return seen_by(call, await call.use.read_appointment(call.actor, AppointmentId(appointment_id)))


@get(
    "/{appointment_id:uuid}/history",
    operation_id="readVisitHistory",
    summary="What happened to a visit",
    responses=refuses(*SIGNED_IN, errors.NotFound),
)
async def history(appointment_id: FromPath[UUID], call: Given[Call]) -> list[Happening]:
    """For its participants and administrators, oldest first."""
    return Happening.all_of(await call.use.read_visit_history(call.actor, AppointmentId(appointment_id)))


@post(
    "/{appointment_id:uuid}/checkout",
    operation_id="openCheckout",
    summary="Open the payment page",
    responses=refuses(
        *SIGNED_IN, errors.NotFound, errors.HoldExpired, errors.CheckoutUnavailable, errors.SlotTaken, errors.PatientBusy,
        errors.ProviderUnavailable, errors.StorageBusy,
    ),
)  # fmt: skip
async def checkout(appointment_id: FromPath[UUID], call: Given[Call]) -> Checkout:
    """Asked again, it answers the live one. With nothing to pay the visit is booked at once."""
    opened = await call.use.open_checkout(call.actor, AppointmentId(appointment_id))
    url = opened.url or f"{call.settings.public_url}/appointments/{appointment_id}"
    return Checkout(url=url, expires_at=opened.expires_at)


@get(
    "/{appointment_id:uuid}/cancellation",
    operation_id="previewCancellation",
    summary="What cancelling would give back",
    responses=refuses(*SIGNED_IN, errors.NotFound),
)
async def cancellation(appointment_id: FromPath[UUID], call: Given[Call]) -> CancellationPreview:
    """To the cent, at this moment."""
    return CancellationPreview.of(await call.use.preview_cancellation(call.actor, AppointmentId(appointment_id)))


@post(
    "/{appointment_id:uuid}/cancel",
    operation_id="cancelAppointment",
    summary="Cancel a visit or let a hold go",
    status_code=200,
    responses=refuses(
        *SIGNED_IN, *BODY, *KEY, errors.NotFound, errors.HoldExpired, errors.IllegalTransition, errors.TooLate,
        errors.RefundChanged,
        errors.Outdated, errors.StorageBusy,
    ),
)  # fmt: skip
async def cancel(
    appointment_id: FromPath[UUID],
    data: JSONBody[CancelRequest],
    request_key: Given[RequestKey | None],
    call: Given[Call],
) -> Appointment:
    """By a patient the refund follows the policy of the hold; by the doctor it is always everything."""
    details = await call.use.cancel_appointment(
        call.actor,
        request_key,
        appointment_id=AppointmentId(appointment_id),
        reason=data.reason,
        expected_refund=data.expected_refund.value() if data.expected_refund else None,
    )
    return seen_by(call, details)


@get(
    "/{appointment_id:uuid}/calendar.ics",
    operation_id="readCalendarFile",
    summary="The visit for a calendar",
    media_type="text/calendar",
    responses=refuses(*SIGNED_IN, errors.NotFound),
)
async def calendar(appointment_id: FromPath[UUID], call: Given[Call]) -> Response[str]:
    """An iCalendar file (RFC 5545) for its two participants and administrators."""
    # As in kit.ics, its library is loaded with the first file.
    from adapters.http.calendar_file import calendar_file  # noqa: PLC0415

    details = await call.use.read_appointment(call.actor, AppointmentId(appointment_id))
    seen = seen_by(call, details)
    page_url = f"{call.settings.public_url}/appointments/{appointment_id}"
    content = calendar_file(details, seen, page_url=page_url, now=call.now())
    headers = {"Content-Disposition": 'attachment; filename="appointment.ics"'}
    return Response(content, media_type="text/calendar", headers=headers)


router = Router(
    "/appointments",
    route_handlers=[hold, own, one, history, checkout, cancellation, cancel, calendar],
    opt=NEEDS_TOKEN,
    security=BEARER,
    tags=["booking"],
)
