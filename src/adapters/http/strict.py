"""Reading bodies exactly: a number is never text, nothing unknown is let through, and nothing but JSON is read.

Litestar itself converts leniently ("1" becomes 1) and reads any content type as JSON. Here the raw bytes are decoded
once, strictly, into the type that the handler declares; Litestar's own conversion then finds the finished object.
"""

from functools import cache
from typing import Any

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from adapters.http import problems
from adapters.http.problems import Declined
from scheduling_core.errors import InvalidInput


@cache
def _decoder(shape: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(shape, strict=True)


class StrictRequest(Request[Any, Any, Any]):
    """A request whose JSON is decoded strictly, straight into what its handler declares as `data`."""

    async def json(self) -> Any:
        """The body as the handler's type. Raise msgspec.DecodeError where it is anything else."""
        declared = self.route_handler.parsed_data_field
        body = await self.body()
        # Storage cannot keep the character NUL; raw, it is no JSON anyway.
        if b"\\u0000" in body:
            raise InvalidInput("body", "Text cannot contain the character NUL.")
        return _decoder(declared.annotation if declared else Any).decode(body)


async def json_only(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard: a body that will be read as JSON must say that it is. Raise Declined (415) otherwise."""
    if getattr(handler, "parsed_data_field", None) is None or not _has_body(connection):
        return
    content_type = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise Declined(problems.UNSUPPORTED_MEDIA_TYPE)


def _has_body(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    headers = connection.headers
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


async def sound_query(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A guard: parameters hold text that storage can compare. Raise InvalidInput for NUL and for what is no UTF-8."""
    raw = connection.scope["query_string"]
    if b"%00" in raw or b"\x00" in raw:
        raise InvalidInput("query", "Text cannot contain the character NUL.")
