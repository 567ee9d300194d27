"""Waiting for a time, and answering what is offered."""

from uuid import UUID

from litestar import Router, delete, get, post
from litestar.params import FromPath, JSONBody

from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.documents import BODY, KEY, SIGNED_IN, refuses
from adapters.http.routes.seeing import seen_by
from adapters.http.views.appointments import Appointment
from adapters.http.views.fields import utc
from adapters.http.views.waitlist import FollowUp, FollowUpRequest, Wait, WaitRequest
from scheduling_core import errors
from scheduling_core.ids import AppointmentId, WaitlistId
from scheduling_core.ports.requests import RequestKey


@post(
    "/",
    operation_id="joinWaitlist",
    summary="Wait for a time",
    responses=refuses(
        *SIGNED_IN, *BODY, *KEY, errors.NotFound, errors.WaitlistLimit, errors.IllegalTransition, errors.StorageBusy
    ),
)
async def join(data: JSONBody[WaitRequest], request_key: Given[RequestKey | None], call: Given[Call]) -> Wait:
    """When such a time is released, it is offered to those who wait for it, first come first served, one at a time."""
    entry = await call.use.join_waitlist(call.actor, request_key, data.value())
    return Wait.of(entry, None, call.now())


@get("/", operation_id="listWaits", summary="What the patient waits for", responses=refuses(*SIGNED_IN))
async def own(call: Given[Call]) -> list[Wait]:
    """Waits that are not over, the longest first."""
    return [Wait.of(each.entry, each.offer, call.now()) for each in await call.use.list_waits(call.actor)]


@delete(
    "/{wait_id:uuid}",
    operation_id="leaveWaitlist",
    summary="Wait no longer",
    responses=refuses(*SIGNED_IN, errors.NotFound, errors.StorageBusy),
)
async def leave(wait_id: FromPath[UUID], call: Given[Call]) -> None:
    """A time that is kept for the patient already stays so until it is declined or lapses."""
    await call.use.leave_waitlist(call.actor, WaitlistId(wait_id))


@post(
    "/{appointment_id:uuid}/accept",
    operation_id="acceptOffer",
    summary="Accept an offered time",
    status_code=200,
    responses=refuses(
        *SIGNED_IN, *KEY, errors.NotFound, errors.HoldExpired, errors.IllegalTransition, errors.CannotReschedule,
        errors.SlotTaken, errors.PatientBusy, errors.Outdated, errors.StorageBusy,
    ),
)  # fmt: skip
async def accept(
    appointment_id: FromPath[UUID], request_key: Given[RequestKey | None], call: Given[Call]
) -> Appointment:
    """It is then held as if the patient had chosen it, to be paid for. An earlier time of a visit moves that visit, which is
    what is answered. To decline an offer, cancel it."""
    return seen_by(
        call, await call.use.accept_offer(call.actor, request_key, appointment_id=AppointmentId(appointment_id))
    )


@post(
    "/{appointment_id:uuid}/follow-up",
    operation_id="offerFollowUp",
    summary="Offer times after a visit",
    responses=refuses(
        *SIGNED_IN, *BODY, *KEY, errors.NotFound, errors.IllegalTransition, errors.SlotNotOffered, errors.SlotTaken,
        errors.PatientBusy, errors.OfferLimit, errors.Outdated, errors.StorageBusy,
    ),
)  # fmt: skip
async def follow_up(
    appointment_id: FromPath[UUID],
    data: JSONBody[FollowUpRequest],
    request_key: Given[RequestKey | None],
    call: Given[Call],
) -> FollowUp:
    """By the doctor of a visit that took place: all of the times are kept, or none. The patient accepts one of them."""
    kept = await call.use.offer_follow_up(
        call.actor,
        request_key,
        appointment_id=AppointmentId(appointment_id),
        times=[utc(each, "times") for each in data.times],
        until=utc(data.until, "until"),
    )
    return FollowUp(appointments=[seen_by(call, each) for each in kept.appointments])


router = Router("/waitlist", route_handlers=[join, own, leave], opt=NEEDS_TOKEN, security=BEARER, tags=["booking"])
offers_router = Router(
    "/appointments", route_handlers=[accept, follow_up], opt=NEEDS_TOKEN, security=BEARER, tags=["booking"]
)
