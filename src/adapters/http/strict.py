"""Reading bodies exactly: a number is never text, nothing unknown is let through, and nothing but JSON is read.

Litestar itself converts leniently ("1" becomes 1) and reads any content type as JSON. Here the raw bytes are decoded
once, strictly, into the type that the handler declares; Litestar's own conversion then finds the finished object.
"""

from functools import cache
from typing import Any

import msgspec
from litestar import Request

from adapters.http import problems
from adapters.http.problems import Declined
from scheduling_core.errors import InvalidInput


@cache
def _decoder(shape: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(shape, strict=True)


class StrictRequest(Request[Any, Any, Any]):
    """A request whose JSON is decoded strictly, straight into what its handler declares as `data`."""

    async def json(self) -> Any:
        """The body as the handler's type. Raise Declined (415) unless it says that it is JSON, msgspec.DecodeError
        where it is anything else."""
        if self.content_type[0].lower() != "application/json":
            raise Declined(problems.UNSUPPORTED_MEDIA_TYPE)
        declared = self.route_handler.parsed_data_field
        body = await self.body()
        # Storage cannot keep the character NUL; raw, it is no JSON anyway.
        if b"\\u0000" in body:
            raise InvalidInput("body", "Text cannot contain the character NUL.")
        try:
            return _decoder(declared.annotation if declared else Any).decode(body)
        except UnicodeDecodeError as error:
            raise msgspec.DecodeError("not UTF-8") from error


def require_sound_query(raw: bytes) -> None:
    """Let pass what storage can compare. Raise InvalidInput for the character NUL."""
    if b"%00" in raw or b"\x00" in raw:
        raise InvalidInput("query", "Text cannot contain the character NUL.")
