"""Where browsers send pictures to, and where everybody sees them, while they are kept on this machine."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from adapters.kit.picture_limits import LARGEST, MEDIA_TYPE
from adapters.photos.local import ROOT, LocalPhotos
from scheduling_core.errors import InvalidInput

_FIELDS = 64 * 1024
"""What the fields and the boundaries of a form may take beside the file."""
_MOST_PARTS = 8
_HEADERS = {
    # Its name follows from its content, so it never changes.
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Content-Disposition": "inline",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def photo_pages(photos: LocalPhotos) -> Router:
    """POST /photos/uploads and GET /photos/{owner}/{name}."""

    @post("/uploads", status_code=204, request_max_body_size=LARGEST + _FIELDS, multipart_form_part_limit=_MOST_PARTS)
    async def upload(request: Request[Any, Any, Any]) -> None:
        """One file, with the fields of its invitation."""
        if request.content_type[0].lower() != "multipart/form-data":
            raise InvalidInput("file", "Send a form (multipart/form-data).")
        form = await request.form()
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise InvalidInput("file", "Send the file as `file`, after the other fields.")
        try:
            content = await file.read()
        finally:
            await file.close()
        await photos.receive(str(form.get("key", "")), str(form.get("policy", "")), content)

    @get("/{owner:uuid}/{name:str}")
    async def picture(owner: FromPath[UUID], name: FromPath[str]) -> Response[bytes]:
        """One picture. Raise NotFound."""
        return Response(await photos.read(owner, name), media_type=MEDIA_TYPE, headers=_HEADERS)

    return Router(ROOT, route_handlers=[upload, picture], include_in_schema=False)
