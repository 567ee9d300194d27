"""A doctor's own calendar, by which nobody books a time at which they are busy elsewhere."""

from litestar import Router, delete, get, put
from litestar.params import JSONBody

from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.documents import BODY, SIGNED_IN, refuses
from adapters.http.views.own_calendar import OwnCalendar, OwnCalendarRequest
from scheduling_core import errors


@get("/calendar", operation_id="seeOwnCalendar", summary="The doctor's own calendar", responses=refuses(*SIGNED_IN))
async def see(call: Given[Call]) -> OwnCalendar:
    """Whether one is read, when it was read last, and from when on nothing is bookable if it is not read again."""
    return OwnCalendar.of(await call.use.see_own_calendar(call.actor), call.now())


@put(
    "/calendar",
    operation_id="connectCalendar",
    summary="Have the doctor's own calendar read",
    responses=refuses(*SIGNED_IN, *BODY, errors.ProviderUnavailable, errors.StorageBusy),
)
async def connect(data: JSONBody[OwnCalendarRequest], call: Given[Call]) -> OwnCalendar:
    """At once, and every few minutes from then on, in place of the one that was read before. Nothing changes unless it can be
    read."""
    return OwnCalendar.of(await call.use.connect_calendar(call.actor, data.address), call.now())


@delete(
    "/calendar",
    operation_id="disconnectCalendar",
    summary="Have no calendar read",
    responses=refuses(*SIGNED_IN, errors.StorageBusy),
)
async def disconnect(call: Given[Call]) -> None:
    """Whether or not one was. What it kept closed is open again."""
    await call.use.disconnect_calendar(call.actor)


router = Router("/doctor", route_handlers=[see, connect, disconnect], opt=NEEDS_TOKEN, security=BEARER, tags=["doctor"])
