"""Taking one's data along, and having it erased."""

from litestar import Response, Router, post
from litestar.params import JSONBody

from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.documents import BODY, SIGNED_IN, refuses
from adapters.http.limits import PRIVACY
from adapters.http.views.privacy import EraseRequest, PersonalData
from scheduling_core import errors


@post(
    "/me/export",
    operation_id="exportMyData",
    summary="Everything that is held about you",
    status_code=200,
    opt={"limit": PRIVACY},
    responses=refuses(*SIGNED_IN, errors.NotFound),
)
async def export(call: Given[Call]) -> Response[PersonalData]:
    """A file for patients and doctors: all of one moment."""
    made = PersonalData.of(await call.use.export_my_data(call.actor))
    name = f"openhours-{made.made_at:%Y-%m-%d}.json"
    return Response(
        made, headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    )


@post(
    "/me/erase",
    operation_id="eraseMyData",
    summary="Forget me",
    status_code=204,
    opt={"limit": PRIVACY},
    responses=refuses(*SIGNED_IN, *BODY, errors.NotFound, errors.CannotErase, errors.StorageBusy),
)
async def erase(data: JSONBody[EraseRequest], call: Given[Call]) -> Response[None]:
    """For good. Visits, money and history stay, with nobody's name on them; every session ends."""
    await call.use.erase_my_data(call.actor, data.confirmation)
    return Response(None, cookies=[call.cookies.no_refresh()])


router = Router("/", route_handlers=[export, erase], opt=NEEDS_TOKEN, security=BEARER, tags=["accounts"])
