"""A doctor's own hours, time off and schedule."""

from uuid import UUID

from litestar import Response, Router, delete, get, post, put
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody

from adapters.http import problems
from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.documents import BODY, KEY, SIGNED_IN, refuses
from adapters.http.routes.parameters import FirstDay, LastDay
from adapters.http.views.appointments import Appointment
from adapters.http.views.fields import sound_days
from adapters.http.views.hours import Hours, Schedule, TimeOff, TimeOffAnswer, TimeOffRequest
from adapters.http.wiring import Given
from scheduling_core import errors
from scheduling_core.access import Actor
from scheduling_core.ids import TimeOffId
from scheduling_core.ports.storage import RequestKey
from scheduling_core.ports.system import Clock
from scheduling_core.use_cases.hours import AddTimeOff, ListTimeOff, ReadHours, RemoveTimeOff, SetHours
from scheduling_core.use_cases.visits import ReadSchedule


@get("/hours", operation_id="readHours", summary="The doctor's hours", responses=refuses(*SIGNED_IN))
async def hours(actor: Given[Actor], read_hours: Given[ReadHours]) -> Hours:
    """Weekly hours, dates that differ, and the rules of booking."""
    return Hours.of(await read_hours(actor))


@put(
    "/hours",
    operation_id="setHours",
    summary="Replace the doctor's hours",
    responses=refuses(*SIGNED_IN, *BODY, errors.StorageBusy),
)
async def replace_hours(data: JSONBody[Hours], actor: Given[Actor], set_hours: Given[SetHours]) -> Hours:
    """All of them, the zone included. What is held or booked stays where it is."""
    return Hours.of(await set_hours(actor, data.value()))


@get("/time-off", operation_id="listTimeOff", summary="The doctor's time off", responses=refuses(*SIGNED_IN))
async def time_off(actor: Given[Actor], list_time_off: Given[ListTimeOff]) -> list[TimeOff]:
    """What is not over yet, earliest first."""
    return [TimeOff.of(each) for each in await list_time_off(actor)]


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
    data: JSONBody[TimeOffRequest],
    actor: Given[Actor],
    request_key: Given[RequestKey | None],
    clock: Given[Clock],
    add_time_off: Given[AddTimeOff],
) -> Response[TimeOffAnswer]:
    """Visits booked in it are listed first (200), and cancelled with a full refund once agreed to (201)."""
    added = await add_time_off(
        actor, request_key, interval=data.interval(), note=data.note, cancel_conflicts=data.cancel_conflicts
    )
    answer = TimeOffAnswer.of(data, added, actor, clock.now())
    return Response(answer, status_code=201 if added.time_off else 200)


@delete(
    "/time-off/{time_off_id:uuid}",
    operation_id="removeTimeOff",
    summary="Take time off back",
    responses=refuses(*SIGNED_IN, errors.NotFound, errors.StorageBusy),
)
async def take_back(time_off_id: FromPath[UUID], actor: Given[Actor], remove_time_off: Given[RemoveTimeOff]) -> None:
    """Visits that it cancelled stay cancelled."""
    await remove_time_off(actor, TimeOffId(time_off_id))


@get(
    "/schedule",
    operation_id="readSchedule",
    summary="The doctor's visits on some dates",
    responses=refuses(*SIGNED_IN, problems.VALIDATION),
)
async def schedule(
    first: FirstDay,
    last: LastDay,
    actor: Given[Actor],
    clock: Given[Clock],
    read_schedule: Given[ReadSchedule],
    read_hours: Given[ReadHours],
) -> Schedule:
    """Held, booked, past and cancelled ones, by their start."""
    first, last = sound_days(first, last)
    found = await read_schedule(actor, first=first, last=last)
    now, zone = clock.now(), (await read_hours(actor)).time_zone
    return Schedule(time_zone=zone, appointments=[Appointment.of(each, actor, now) for each in found])


router = Router(
    "/doctor",
    route_handlers=[hours, replace_hours, time_off, take_time_off, take_back, schedule],
    opt=NEEDS_TOKEN,
    security=BEARER,
    tags=["doctor"],
)
