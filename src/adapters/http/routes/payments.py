"""What was paid, earned, and went wrong."""

from typing import Annotated
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from adapters.http import problems
from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.cursors import read_place
from adapters.http.documents import BODY, KEY, SIGNED_IN, refuses
from adapters.http.routes.parameters import Cursor, PageSize
from adapters.http.views.payments import DoctorPaymentPage, OwnPaymentPage, YearsEarnings
from adapters.http.views.troubled_payments import AdminPayment, AdminPaymentPage, PaymentDecision
from scheduling_core import errors
from scheduling_core.ids import PaymentId
from scheduling_core.payment import Trouble
from scheduling_core.ports.requests import RequestKey
from scheduling_core.use_cases.money import FIRST_YEAR, LAST_YEAR

_PAGED = refuses(*SIGNED_IN, problems.VALIDATION, problems.BAD_CURSOR)
Month = Annotated[
    str, QueryParameter(pattern=r"^\d{4}-(0[1-9]|1[0-2])$", description="`2027-03`, in the doctor's zone.")
]


@get("/me/payments", operation_id="listPayments", summary="What the patient paid", responses=_PAGED)
async def own(call: Given[Call], cursor: Cursor = None, limit: PageSize = 20) -> OwnPaymentPage:
    """Each with what it was for and what came back of it, newest first."""
    found = await call.use.list_payments(call.actor, after=read_place(cursor), limit=limit + 1)
    return OwnPaymentPage.of(found, limit=limit)


@get(
    "/doctor/earnings",
    operation_id="readEarnings",
    summary="A doctor's year in money",
    responses=refuses(*SIGNED_IN, problems.VALIDATION),
)
async def earnings(
    call: Given[Call],
    year: Annotated[int, QueryParameter(ge=FIRST_YEAR, le=LAST_YEAR, description="In the doctor's zone.")],
) -> YearsEarnings:
    """Received, refunded and kept, month by month. What comes back later counts in the month in which it does."""
    return YearsEarnings.of(await call.use.read_earnings(call.actor, year))


@get(
    "/doctor/earnings/payments",
    operation_id="listMonthsPayments",
    summary="A doctor's month, payment by payment",
    responses=_PAGED,
)
async def month(call: Given[Call], month: Month, cursor: Cursor = None, limit: PageSize = 20) -> DoctorPaymentPage:
    """Every payment of which something was taken, given back or disputed in that month."""
    year, number = (int(part) for part in month.split("-"))
    within, found = await call.use.list_months_payments(
        call.actor, year=year, month=number, after=read_place(cursor), limit=limit + 1
    )
    return DoctorPaymentPage.of(within, found, limit=limit)


@get("/admin/payments", operation_id="listTroubledPayments", summary="Payments to look after", responses=_PAGED)
async def troubled(
    call: Given[Call],
    trouble: Annotated[Trouble | None, QueryParameter(name="state", description="Only for this reason.")] = None,
    cursor: Cursor = None,
    limit: PageSize = 50,
) -> AdminPaymentPage:
    """Refunds that failed, money that is not what was asked for, disputes. Retry one by retrying its task."""
    found = await call.use.list_troubled_payments(call.actor, trouble, after=read_place(cursor), limit=limit + 1)
    return AdminPaymentPage.of(found, limit=limit)


@post(
    "/admin/payments/{payment_id:uuid}/resolve",
    operation_id="resolvePayment",
    summary="Decide on a quarantined payment",
    status_code=200,
    responses=refuses(*SIGNED_IN, *BODY, *KEY, errors.NotFound, errors.IllegalTransition, errors.Outdated),
)
async def resolve(
    payment_id: FromPath[UUID],
    data: JSONBody[PaymentDecision],
    request_key: Given[RequestKey | None],
    call: Given[Call],
) -> AdminPayment:
    """It is done by the payment's task, and stands in the audit log."""
    decided = await call.use.resolve_payment(
        call.actor, request_key, payment_id=PaymentId(payment_id), how=data.how, reason=data.reason
    )
    return AdminPayment.of(decided)


router = Router(
    "/", route_handlers=[own, earnings, month, troubled, resolve], opt=NEEDS_TOKEN, security=BEARER, tags=["money"]
)
