"""The receipt of a visit, as facts and as a document."""

from typing import Any
from uuid import UUID

from litestar import MediaType, Request, Response, Router, get
from litestar.openapi import ResponseSpec
from litestar.params import FromPath

from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.documents import SIGNED_IN, refuses
from adapters.http.views.receipts import Receipt
from scheduling_core import errors
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.documents import Form

# The page brings its styles with it, and nothing on it can act: sandboxed, it has no scripts, forms or origin.
_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
_VARIES = {"Vary": "Accept"}


@get(
    "/{appointment_id:uuid}/receipt",
    operation_id="readReceipt",
    summary="The receipt of a visit",
    responses={
        200: ResponseSpec(
            Receipt, generate_examples=False, description="The receipt; with `Accept: text/html` a page to print."
        ),
        **refuses(*SIGNED_IN, errors.NotFound),
    },
)
async def receipt(appointment_id: FromPath[UUID], request: Request[Any, Any, Any], call: Given[Call]) -> Response[Any]:
    """Of a booked visit, whatever became of it: for its patient, its doctor and administrators."""
    asked = request.accept.best_match([MediaType.JSON, MediaType.HTML], default=MediaType.JSON)
    if asked != MediaType.HTML:
        return Response(
            Receipt.of(await call.use.read_receipt(call.actor, AppointmentId(appointment_id))), headers=_VARIES
        )
    _, page = await call.use.print_receipt(call.actor, AppointmentId(appointment_id), Form.HTML)
    return Response(page, media_type=MediaType.HTML, headers={**_VARIES, "Content-Security-Policy": _PAGE_POLICY})


@get(
    "/{appointment_id:uuid}/receipt.pdf",
    operation_id="readReceiptFile",
    summary="The receipt of a visit as PDF",
    media_type="application/pdf",
    responses=refuses(*SIGNED_IN, errors.NotFound),
)
async def receipt_file(appointment_id: FromPath[UUID], call: Given[Call]) -> Response[bytes]:
    """To keep. Letters that its typeface lacks are put into Latin ones."""
    facts, file = await call.use.print_receipt(call.actor, AppointmentId(appointment_id), Form.PDF)
    headers = {"Content-Disposition": f'attachment; filename="receipt-{facts.number}.pdf"'}
    return Response(file, media_type="application/pdf", headers=headers)


router = Router(
    "/appointments", route_handlers=[receipt, receipt_file], opt=NEEDS_TOKEN, security=BEARER, tags=["money"]
)
