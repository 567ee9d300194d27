"""The Idempotency-Key header: a client's promise that two requests are one."""

import re
from hashlib import sha256
from typing import Annotated, Any

from litestar import Request
from litestar.params import HeaderParameter

from adapters.http import problems
from adapters.http.call import Call, Given
from adapters.http.problems import Declined
from scheduling_core.access import Actor
from scheduling_core.ports.requests import RequestKey

HEADER = "Idempotency-Key"
_LONGEST = 200
_SOUND = re.compile(f"[!-~]{{1,{_LONGEST}}}")

_Key = Annotated[
    str | None,
    HeaderParameter(
        name=HEADER,
        description="1 to 200 visible ASCII characters. A repeated request with the same key has its effect once and gets "
        "the same answer for 24 hours; with another body it is refused.",
        schema_extra={"min_length": 1, "max_length": _LONGEST, "pattern": "^[!-~]+$"},
    ),
]


async def request_key(
    request: Request[Any, Any, Any], call: Given[Call], idempotency_key: _Key = None
) -> RequestKey | None:
    """The dependency `request_key`: None where the client promises nothing."""
    if idempotency_key is None:
        return None
    return await _key_of(request, call.actor, idempotency_key)


async def required_key(request: Request[Any, Any, Any], call: Given[Call], idempotency_key: _Key = None) -> RequestKey:
    """The dependency `required_key`. Raise Declined (400) without the header."""
    if idempotency_key is None:
        raise Declined(problems.KEY_REQUIRED)
    return await _key_of(request, call.actor, idempotency_key)


async def _key_of(request: Request[Any, Any, Any], actor: Actor, key: str) -> RequestKey:
    if not _SOUND.fullmatch(key):
        raise Declined(problems.VALIDATION, "Give 1 to 200 visible ASCII characters.", field=HEADER)
    # The path is part of what was asked: the same body sent to another appointment is another request.
    asked = request.scope["path"].encode() + b"\n" + await request.body()
    operation = f"{request.method} {request.scope['path_template']}"
    return RequestKey(actor=actor, operation=operation, key=key, body_hash=sha256(asked).hexdigest())
