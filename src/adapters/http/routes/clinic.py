"""What everybody may know of the clinic."""

from datetime import timedelta

from litestar import Router, get

from adapters.http.auth import OPEN
from adapters.http.call import Call, Given
from adapters.http.documents import refuses
from adapters.http.routes.parameters import IMMEDIATE
from adapters.http.views.appointment_parts import PolicyStep
from adapters.http.views.clinic import Clinic


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
        simulated=list(call.settings.simulated),
        tzdata_version=call.settings.tzdata_version,
    )


router = Router("/", route_handlers=[clinic], response_headers=IMMEDIATE, security=OPEN, tags=["finding"])
