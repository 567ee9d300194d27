"""What everybody may know of the clinic."""

from datetime import timedelta
from typing import Annotated

from litestar import Router, get
from litestar.params import QueryParameter

from adapters.http import problems
from adapters.http.auth import OPEN
from adapters.http.call import Call, Given
from adapters.http.documents import refuses
from adapters.http.routes.parameters import IMMEDIATE
from adapters.http.views.clinic import Clinic
from adapters.http.views.money import PolicyStep, Quote


@get("/clinic", operation_id="readClinic", summary="The clinic's terms", responses=refuses())
async def clinic(call: Given[Call]) -> Clinic:
    """Currency, tax, how long a hold lasts, what cancelling gives back, and what is simulated here."""
    terms = call.settings.terms
    return Clinic(
        name=terms.clinic,
        currency=terms.currency,
        tax_percent=str(terms.tax_percent),
        hold_minutes=terms.hold // timedelta(minutes=1),
        cancellation_policy=PolicyStep.all_of(terms.policy),
        follow_up_times=terms.follow_up_times,
        simulated=list(call.settings.simulated),
        tzdata_version=call.settings.tzdata_version,
    )


@get(
    "/clinic/price",
    operation_id="quoteFee",
    summary="What a patient pays at a fee",
    responses=refuses(problems.VALIDATION),
)
async def price(
    call: Given[Call], fee: Annotated[int, QueryParameter(ge=0, description="Before tax, in minor units.")]
) -> Quote:
    """For doctors who think about their fee. What a visit costs is fixed when its slot is held."""
    return Quote.of(await call.use.quote_fee(fee))


router = Router("/", route_handlers=[clinic, price], response_headers=IMMEDIATE, security=OPEN, tags=["finding"])
