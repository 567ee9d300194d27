"""For administrators: deciding on doctors, looking after failed work."""

from typing import Annotated
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from adapters.http import problems
from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.cursors import read_id, read_place
from adapters.http.documents import BODY, KEY, SIGNED_IN, refuses
from adapters.http.routes.parameters import Cursor, PageSize
from adapters.http.views.administration import AdminDoctor, AdminDoctorPage, Decision, SuspendedDoctor, Task, TaskPage
from adapters.http.views.provider_states import ProviderStates
from scheduling_core import errors
from scheduling_core.doctor import DoctorStatus
from scheduling_core.ids import DoctorId, TaskId
from scheduling_core.ports.requests import RequestKey
from scheduling_core.tasks import TaskState

_DECIDING = refuses(
    *SIGNED_IN, *BODY, *KEY, errors.NotFound, errors.IllegalTransition, errors.Outdated, errors.StorageBusy
)


async def _decide(
    call: Call, doctor_id: UUID, status: DoctorStatus, decision: Decision | None, request_key: RequestKey | None
) -> AdminDoctor:
    reason = decision.reason if decision else ""
    decided = await call.use.decide_doctor(call.actor, DoctorId(doctor_id), status, reason, request=request_key)
    return AdminDoctor.of(decided)


@get(
    "/doctors",
    operation_id="listDoctors",
    summary="Doctors of any status",
    responses=refuses(*SIGNED_IN, problems.VALIDATION, problems.BAD_CURSOR),
)
async def doctors(
    call: Given[Call],
    status: Annotated[DoctorStatus | None, QueryParameter(description="Only these.")] = None,
    cursor: Cursor = None,
    limit: PageSize = 50,
) -> AdminDoctorPage:
    """Oldest registration first."""
    return AdminDoctorPage.of(await call.use.list_doctors(call.actor, status), after=read_place(cursor), limit=limit)


@get(
    "/doctors/{doctor_id:uuid}",
    operation_id="inspectDoctor",
    summary="One doctor of any status",
    responses=refuses(*SIGNED_IN, errors.NotFound, problems.VALIDATION),
)
async def doctor(doctor_id: FromPath[UUID], call: Given[Call]) -> AdminDoctor:
    """With what became of the registration."""
    return AdminDoctor.of(await call.use.inspect_doctor(call.actor, DoctorId(doctor_id)))


@post(
    "/doctors/{doctor_id:uuid}/approve",
    operation_id="approveDoctor",
    summary="List a doctor",
    status_code=200,
    responses=_DECIDING,
)
async def approve(
    doctor_id: FromPath[UUID],
    request_key: Given[RequestKey | None],
    call: Given[Call],
    data: JSONBody[Decision | None] = None,
) -> AdminDoctor:
    """A registration, or a doctor who was rejected or suspended."""
    return await _decide(call, doctor_id, DoctorStatus.APPROVED, data, request_key)


@post(
    "/doctors/{doctor_id:uuid}/reject",
    operation_id="rejectDoctor",
    summary="Reject a registration",
    status_code=200,
    responses=_DECIDING,
)
async def reject(
    doctor_id: FromPath[UUID],
    request_key: Given[RequestKey | None],
    call: Given[Call],
    data: JSONBody[Decision | None] = None,
) -> AdminDoctor:
    """The doctor is told, with the reason."""
    return await _decide(call, doctor_id, DoctorStatus.REJECTED, data, request_key)


@post(
    "/doctors/{doctor_id:uuid}/suspend",
    operation_id="suspendDoctor",
    summary="Take a doctor off the list",
    status_code=200,
    responses=_DECIDING,
)
async def suspend(
    doctor_id: FromPath[UUID],
    request_key: Given[RequestKey | None],
    call: Given[Call],
    data: JSONBody[Decision | None] = None,
) -> SuspendedDoctor:
    """Nobody can book them any more, and holds are let go; visits that are booked stay until they are called off."""
    decided = await _decide(call, doctor_id, DoctorStatus.SUSPENDED, data, request_key)
    visits = await call.use.list_doctor_visits(call.actor, DoctorId(doctor_id))
    return SuspendedDoctor.and_visits(decided, len(visits))


@get(
    "/providers",
    operation_id="seeProviders",
    summary="How the providers outside answer",
    responses=refuses(*SIGNED_IN),
)
async def providers(call: Given[Call]) -> ProviderStates:
    """Of the process that answers, since it started: how it stands with each provider, since when, and why."""
    states = await call.use.see_providers(call.actor)
    return ProviderStates.of(states, simulated=call.settings.simulated)


@get(
    "/tasks",
    operation_id="listTasks",
    summary="Work that follows from facts",
    responses=refuses(*SIGNED_IN, problems.VALIDATION, problems.BAD_CURSOR),
)
async def tasks(
    call: Given[Call],
    task_state: Annotated[
        TaskState | None, QueryParameter(name="state", description="`dead` has failed for good.")
    ] = None,
    cursor: Cursor = None,
    limit: PageSize = 50,
) -> TaskPage:
    """Newest first."""
    found = await call.use.list_tasks(call.actor, task_state, after=read_id(cursor), limit=limit + 1)
    return TaskPage.of(found, limit=limit)


@post(
    "/tasks/{task_id:uuid}/retry",
    operation_id="retryTask",
    summary="Try failed work again",
    status_code=200,
    responses=refuses(*SIGNED_IN, *KEY, errors.NotFound, errors.Outdated),
)
async def retry(task_id: FromPath[UUID], request_key: Given[RequestKey | None], call: Given[Call]) -> Task:
    """Due at once. Only work that has failed for good can be retried."""
    return Task.of(await call.use.retry_task(call.actor, TaskId(task_id), request=request_key))


router = Router(
    "/admin",
    route_handlers=[doctors, doctor, approve, reject, suspend, providers, tasks, retry],
    opt=NEEDS_TOKEN,
    security=BEARER,
    tags=["administration"],
)
