"""A doctor's own hours, time off and schedule."""

from uuid import UUID

from litestar import Response, Router, delete, get, post, put
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody

from adapters.http import problems
from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.documents import BODY, KEY, SIGNED_IN, refuses
from adapters.http.routes.parameters import FirstDay, LastDay
from adapters.http.views.appointments import Appointment
from adapters.http.views.fields import sound_days
from adapters.http.views.hours import Hours, Schedule, TimeOff, TimeOffAnswer, TimeOffRequest
from scheduling_core import errors
from scheduling_core.ids import TimeOffId
from scheduling_core.ports.requests import RequestKey


@get("/hours", operation_id="readHours", summary="The doctor's hours", responses=refuses(*SIGNED_IN))
async def hours(call: Given[Call]) -> Hours:
    """Weekly hours, dates that differ, and the rules of booking."""
    return Hours.of(await call.use.read_hours(call.actor))


@put(
    "/hours",
    operation_id="setHours",
    summary="Replace the doctor's hours",
    responses=refuses(*SIGNED_IN, *BODY, errors.StorageBusy),
)
async def replace_hours(data: JSONBody[Hours], call: Given[Call]) -> Hours:
    """All of them, the zone included. What is held or booked stays where it is."""
    return Hours.of(await call.use.set_hours(call.actor, data.value()))


@get("/time-off", operation_id="listTimeOff", summary="The doctor's time off", responses=refuses(*SIGNED_IN))
async def time_off(call: Given[Call]) -> list[TimeOff]:
    """What is not over yet, earliest first."""
    return [TimeOff.of(each) for each in await call.use.list_time_off(call.actor)]


@post(
    "/time-off",
    operation_id="addTimeOff",
    summary="Take time off",
    responses={
        200: ResponseSpec(
            TimeOffAnswer,
            generate_examples=False,
            description="Nothing is stored: `conflicts` stand in the way. Send it again with `cancel_conflicts`.",
        ),
        **refuses(*SIGNED_IN, *BODY, *KEY, errors.StorageBusy),
    },
)
async def take_time_off(
    data: JSONBody[TimeOffRequest], request_key: Given[RequestKey | None], call: Given[Call]
) -> Response[TimeOffAnswer]:
    """Visits booked in it are listed first (200), and cancelled with a full refund once agreed to (201)."""
    added = await call.use.add_time_off(
        call.actor, request_key, interval=data.interval(), note=data.note, cancel_conflicts=data.cancel_conflicts
    )
    answer = TimeOffAnswer.of(data, added, call.actor, call.now(), call.settings.terms)
    return Response(answer, status_code=201 if added.time_off else 200)


@delete(
    "/time-off/{time_off_id:uuid}",
    operation_id="removeTimeOff",
    summary="Take time off back",
    responses=refuses(*SIGNED_IN, errors.NotFound, errors.StorageBusy),
)
async def take_back(time_off_id: FromPath[UUID], call: Given[Call]) -> None:
    """Visits that it cancelled stay cancelled."""
    await call.use.remove_time_off(call.actor, TimeOffId(time_off_id))


@get(
    "/schedule",
    operation_id="readSchedule",
    summary="The doctor's visits on some dates",
    responses=refuses(*SIGNED_IN, problems.VALIDATION),
)
async def schedule(first: FirstDay, last: LastDay, call: Given[Call]) -> Schedule:
    """Held, booked, past and cancelled ones, by their start."""
    first, last = sound_days(first, last)
    found = await call.use.read_schedule(call.actor, first=first, last=last)
    now, terms, zone = call.now(), call.settings.terms, (await call.use.read_hours(call.actor)).time_zone
    return Schedule(time_zone=zone, appointments=[Appointment.of(each, call.actor, now, terms) for each in found])


router = Router(
    "/doctor",
    route_handlers=[hours, replace_hours, time_off, take_time_off, take_back, schedule],
    opt=NEEDS_TOKEN,
    security=BEARER,
    tags=["doctor"],
)
