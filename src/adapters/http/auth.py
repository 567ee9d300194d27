"""Who calls: the bearer token becomes an Actor, before anything of the request is read. What they may do, the core decides."""

from contextlib import suppress
from typing import Any

from litestar import Request
from litestar.types import BeforeRequestHookHandler

from adapters.http import problems
from adapters.http.limits import GENERAL, Limit, Limits, address_of
from adapters.http.problems import Declined
from adapters.http.strict import require_sound_query
from scheduling_core.access import ANONYMOUS, Actor
from scheduling_core.errors import Unauthenticated
from scheduling_core.ports.system import AccessTokens, Clock

BEARER: list[dict[str, list[str]]] = [{"bearer": []}]
"""The security requirement of an operation that only signed-in people may use (OpenAPI)."""
NEEDS_TOKEN = {"signed_in": True}
"""The `opt` of such an operation."""
ONLY_COUNTED = {"only_counted": True}
"""The `opt` of an operation that is asked for so often that answers without trouble stand in the metrics alone, not in the log."""
OPEN: list[dict[str, list[str]]] = [{}]
"""The security requirement of an operation for everybody."""


def door(tokens: AccessTokens, clock: Clock, limits: Limits) -> BeforeRequestHookHandler:
    """What every API route does before it reads anything: says who calls, and lets nobody ask too often.

    It puts the actor where `Call` finds it, or raises Declined: 401 for an invalid token, 429 for too many requests.
    A route's `opt` may say `limit` (another one than GENERAL), `ignores_token`, `unlimited`, or `signed_in`: then nobody
    gets further without a token, not even to be told what is wrong with their request.
    """

    # A function and not an object: Litestar copies what it is given deeply for each route, and with it clocks and counts.
    # No guard: for each guard of each request Litestar copies the handler, a sixth of what it does for a request.
    async def before(request: Request[Any, Any, Any]) -> None:
        opt, shown = request.route_handler.opt, request.headers.get("authorization")
        actor, invalid = ANONYMOUS, False
        if not opt.get("ignores_token"):
            try:
                actor = _actor(shown, tokens, clock)
            except Unauthenticated:
                invalid = True
        if not opt.get("unlimited"):
            limit: Limit = opt.get("limit", GENERAL)
            limits.spend(limit, str(actor.id) if actor.id else address_of(request.scope["client"]))
        # Only now: whoever asks too often does not make us look for keys.
        if invalid and await tokens.catch_up(_token(shown)):
            with suppress(Unauthenticated):
                actor, invalid = _actor(shown, tokens, clock), False
        if invalid:
            raise Declined(problems.INVALID_TOKEN, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
        request.scope["user"] = actor
        if opt.get("signed_in"):
            actor.known()
        require_sound_query(request.scope["query_string"])

    return before


def _actor(shown: str | None, tokens: AccessTokens, clock: Clock) -> Actor:
    if shown is None:
        return ANONYMOUS
    if shown.partition(" ")[0].lower() != "bearer":
        raise Unauthenticated
    return tokens.read(_token(shown), now=clock.now())


def _token(shown: str | None) -> str:
    return (shown or "").partition(" ")[2].strip()
