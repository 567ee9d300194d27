"""The caller's own picture."""

from litestar import Router, delete, post, put
from litestar.params import JSONBody

from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.documents import BODY, SIGNED_IN, refuses
from adapters.http.limits import PHOTOS
from adapters.http.views.accounts import Me
from adapters.http.views.profiles import PhotoChoice, PhotoUpload
from scheduling_core import errors


@post(
    "/me/photo/upload",
    operation_id="invitePhoto",
    summary="Where to send a picture",
    opt={"limit": PHOTOS},
    responses=refuses(*SIGNED_IN, errors.ProviderUnavailable),
)
async def invite(call: Given[Call]) -> PhotoUpload:
    """For patients and doctors; good for one file and ten minutes."""
    return PhotoUpload.of(await call.use.invite_photo(call.actor))


@put(
    "/me/photo",
    operation_id="setPhoto",
    summary="Show another picture",
    opt={"limit": PHOTOS},
    responses=refuses(*SIGNED_IN, *BODY, errors.NotFound, errors.Outdated, errors.ProviderUnavailable),
)
async def show(data: JSONBody[PhotoChoice], call: Given[Call]) -> Me:
    """The file that was sent, cut to a square and drawn anew: nothing hidden in it is kept. The one before is removed."""
    return Me.of(await call.use.set_photo(call.actor, data.upload_id))


@delete(
    "/me/photo",
    operation_id="removePhoto",
    summary="Show no picture",
    responses=refuses(*SIGNED_IN, errors.Outdated),
)
async def remove(call: Given[Call]) -> None:
    """Whether or not there was one. The file is removed soon after."""
    await call.use.remove_photo(call.actor)


router = Router("/", route_handlers=[invite, show, remove], opt=NEEDS_TOKEN, security=BEARER, tags=["accounts"])
