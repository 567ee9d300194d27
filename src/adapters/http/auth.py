"""Who calls: the bearer token becomes an Actor, before anything of the request is read. What they may do, the core decides."""

from contextlib import suppress
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from adapters.http import problems
from adapters.http.limits import GENERAL, Limit, Limits, address_of
from adapters.http.problems import Declined
from adapters.http.strict import require_sound_query
from scheduling_core.access import ANONYMOUS, Actor
from scheduling_core.errors import Unauthenticated
from scheduling_core.ports.system import AccessTokens, Clock

Connection = ASGIConnection[Any, Any, Any, Any]

BEARER: list[dict[str, list[str]]] = [{"bearer": []}]
"""The security requirement of an operation that only signed-in people may use (OpenAPI)."""
NEEDS_TOKEN = {"signed_in": True}
"""The `opt` of such an operation."""
ONLY_COUNTED = {"only_counted": True}
"""The `opt` of an operation that is asked for so often that answers without trouble stand in the metrics alone, not in the log."""
OPEN: list[dict[str, list[str]]] = [{}]
"""The security requirement of an operation for everybody."""


def door(tokens: AccessTokens, clock: Clock, limits: Limits) -> Guard:
    """A guard for every API route: says who calls, and lets nobody ask too often.

    It puts the actor where `Call` finds it, or raises Declined: 401 for an invalid token, 429 for too many requests.
    A route's `opt` may say `limit` (another one than GENERAL), `ignores_token`, `unlimited`, or `signed_in`: then nobody
    gets further without a token, not even to be told what is wrong with their request.
    """

    # A function and not an object: Litestar copies guards deeply for each route, and with them clocks and counts.
    # One and not several: it also copies the handler for each guard of each request.
    async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
        actor, invalid = ANONYMOUS, False
        if not handler.opt.get("ignores_token"):
            try:
                actor = _actor(connection, tokens, clock)
            except Unauthenticated:
                invalid = True
        if not handler.opt.get("unlimited"):
            limit: Limit = handler.opt.get("limit", GENERAL)
            limits.spend(limit, str(actor.id) if actor.id else address_of(connection.scope["client"]))
        # Only now: whoever asks too often does not make us look for keys.
        if invalid and await tokens.catch_up(_token(connection)):
            with suppress(Unauthenticated):
                actor, invalid = _actor(connection, tokens, clock), False
        if invalid:
            raise Declined(problems.INVALID_TOKEN, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
        connection.scope["user"] = actor
        if handler.opt.get("signed_in"):
            actor.known()
        require_sound_query(connection.scope["query_string"])

    return guard


def _actor(connection: Connection, tokens: AccessTokens, clock: Clock) -> Actor:
    header = connection.headers.get("authorization")
    if header is None:
        return ANONYMOUS
    if header.partition(" ")[0].lower() != "bearer":
        raise Unauthenticated
    return tokens.read(_token(connection), now=clock.now())


def _token(connection: Connection) -> str:
    return connection.headers.get("authorization", "").partition(" ")[2].strip()
