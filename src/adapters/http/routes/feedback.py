"""What patients say of their visits, and what becomes of it."""

from uuid import UUID

from litestar import Router, get, post, put
from litestar.params import FromPath, JSONBody

from adapters.http import problems
from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.cursors import read_place
from adapters.http.documents import BODY, SIGNED_IN, refuses
from adapters.http.routes.parameters import Cursor, PageSize
from adapters.http.routes.seeing import seen_by
from adapters.http.views.appointments import Appointment
from adapters.http.views.feedback import (
    AdminFeedback,
    AdminFeedbackPage,
    AnswerRequest,
    DoctorFeedbackPage,
    FeedbackRequest,
    HideRequest,
)
from scheduling_core import errors
from scheduling_core.ids import AppointmentId, DoctorId

_PUTTING = (*SIGNED_IN, *BODY, errors.NotFound, errors.IllegalTransition, errors.Outdated, errors.StorageBusy)
_LISTING = (*SIGNED_IN, problems.VALIDATION, problems.BAD_CURSOR)
_HIDING = refuses(*SIGNED_IN, *BODY, errors.NotFound, errors.Outdated, errors.StorageBusy)


@put(
    "/",
    operation_id="giveFeedback",
    summary="Say how a visit was",
    responses=refuses(*_PUTTING, errors.TooLate),
)
async def give(appointment_id: FromPath[UUID], data: JSONBody[FeedbackRequest], call: Given[Call]) -> Appointment:
    """The patient of a fulfilled visit; it can be changed for some days, which `actions` tells."""
    details = await call.use.give_feedback(
        call.actor, AppointmentId(appointment_id), stars=data.stars, title=data.title, review=data.review
    )
    return seen_by(call, details)


@put("/answer", operation_id="answerFeedback", summary="Answer feedback", responses=refuses(*_PUTTING))
async def answer(appointment_id: FromPath[UUID], data: JSONBody[AnswerRequest], call: Given[Call]) -> Appointment:
    """The doctor of the visit, once; it is shown below what the patient said."""
    return seen_by(call, await call.use.answer_feedback(call.actor, AppointmentId(appointment_id), answer=data.answer))


@get("/", operation_id="listOwnFeedback", summary="What patients said of the doctor", responses=refuses(*_LISTING))
async def own(call: Given[Call], cursor: Cursor = None, limit: PageSize = 20) -> DoctorFeedbackPage:
    """Newest first, each with the visit that it is about."""
    found = await call.use.list_own_feedback(call.actor, after=read_place(cursor), limit=limit + 1)
    return DoctorFeedbackPage.of(found, limit=limit)


@get(
    "/doctors/{doctor_id:uuid}/feedback",
    operation_id="listAllFeedback",
    summary="Everything that was said of a doctor",
    responses=refuses(*_LISTING),
)
async def everything(
    doctor_id: FromPath[UUID], call: Given[Call], cursor: Cursor = None, limit: PageSize = 20
) -> AdminFeedbackPage:
    """Newest first, hidden or not."""
    after = read_place(cursor)
    found = await call.use.list_all_feedback(call.actor, DoctorId(doctor_id), after=after, limit=limit + 1)
    return AdminFeedbackPage.of(found, limit=limit)


@post(
    "/feedback/{appointment_id:uuid}/hide",
    operation_id="hideFeedback",
    summary="Hide feedback",
    status_code=200,
    responses=_HIDING,
)
async def hide(appointment_id: FromPath[UUID], data: JSONBody[HideRequest], call: Given[Call]) -> AdminFeedback:
    """It is neither listed nor counted any more; whoever gave it still sees it, and why."""
    id = AppointmentId(appointment_id)
    return AdminFeedback.of(await call.use.hide_feedback(call.actor, id, hidden=True, reason=data.reason))


@post(
    "/feedback/{appointment_id:uuid}/unhide",
    operation_id="unhideFeedback",
    summary="Show hidden feedback again",
    status_code=200,
    responses=_HIDING,
)
async def unhide(appointment_id: FromPath[UUID], data: JSONBody[HideRequest], call: Given[Call]) -> AdminFeedback:
    """It is listed and counted again."""
    id = AppointmentId(appointment_id)
    return AdminFeedback.of(await call.use.hide_feedback(call.actor, id, hidden=False, reason=data.reason))


router = Router(
    "/appointments/{appointment_id:uuid}/feedback",
    route_handlers=[give, answer],
    opt=NEEDS_TOKEN,
    security=BEARER,
    tags=["visit"],
)
doctor_router = Router("/doctor/feedback", route_handlers=[own], opt=NEEDS_TOKEN, security=BEARER, tags=["doctor"])
admin_router = Router(
    "/admin", route_handlers=[everything, hide, unhide], opt=NEEDS_TOKEN, security=BEARER, tags=["administration"]
)
