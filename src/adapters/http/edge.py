"""The outermost layer, which every request passes, routed or not: its id, its time limit, its headers, its trace.

Answers of the API carry `Openhours-Time`: the instant by which holds and visits are judged. `Date` is the machine's, set by
whatever serves or forwards the answer, and has whole seconds.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from os import urandom
from typing import Any, cast
from urllib.parse import urlsplit

import structlog
from litestar import Litestar
from litestar.handlers import BaseRouteHandler
from litestar.types import Message, Receive, Scope, Send

from adapters.http import problems
from adapters.http.admission import Admission, Place
from adapters.http.headers import Header, SecurityHeaders
from adapters.http.loggable import loggable
from adapters.http.metrics import Metrics
from adapters.http.problems import ProblemType
from adapters.http.proxies import caller_behind
from adapters.http.refusals import PROBLEM_JSON, problem_body, problem_headers
from adapters.http.turning_away import KIND, TurningAway
from adapters.http.wiring import HttpSettings
from adapters.kit.places import place_taken
from adapters.kit.traces import Span, Traces
from scheduling_core.ports.system import Clock

_KNOWN_ID = re.compile(rb"[A-Za-z0-9_-]{8,64}")
_UNROUTED = "unrouted"
_PLACE = "openhours.place"
"""Where a scope has the place that was taken for it at the door."""
_QUIET = frozenset({"/health/live", "/health/ready", "/metrics"})
_UNTROUBLED = frozenset({200, 304})
_SLOW_SECONDS = 1.0
_log = structlog.get_logger("http")


class Edge:
    """Wraps one application. It writes one line a request, but for what is only counted: never a query, a header or a body.

    Measured: the line took a fifth of what a doctor's slots cost.
    """

    def __init__(
        self, settings: HttpSettings, metrics: Metrics, clock: Clock, traces: Traces, admission: Admission
    ) -> None:
        self._clock = clock
        self._limit = settings.time_limit_seconds
        self._proxies = settings.proxies
        # In development it is reached by whatever name the machine has.
        self._host = urlsplit(settings.public_url).netloc.lower().encode() if settings.production else None
        self._headers = SecurityHeaders(settings)
        self._metrics = metrics
        self._traces = traces
        self._admission = admission
        self.turning_away = TurningAway(self._headers, metrics)

    async def __call__(
        self, inner: Callable[[Scope, Receive, Send], Awaitable[None]], scope: Scope, receive: Receive, send: Send
    ) -> None:
        if _PLACE not in scope and not self.lets_in(scope):
            headers, body = self.turning_away.answer(scope, request_id_of(scope).encode())
            await _say(KIND.status, headers, body, send)
            return
        place: Place = cast("dict[str, Any]", scope).pop(_PLACE)
        try:
            with place_taken(place):
                await self._let_in(inner, scope, place, receive, send)
        finally:
            place.leave()

    def lets_in(self, scope: Scope) -> bool:
        """Whether there is a place, which is left when this edge has been called; who has none is to be turned away."""
        self._see_who_asks(scope)
        place = self._admission.enter(scope)
        if place is None:
            return False
        cast("dict[str, Any]", scope)[_PLACE] = place
        return True

    def may_turn_away(self, client: tuple[str, int] | None) -> bool:
        """Whether it is worth while to ask, at no cost, before more is known than the connection."""
        return self._admission.is_crowded(client)

    def turns_away(self, scope: Scope) -> bool:
        """Whether there is no place for whoever asks this; none is taken."""
        self._see_who_asks(scope)
        return self._admission.turns_away(scope)

    def _see_who_asks(self, scope: Scope) -> None:
        if self._proxies:
            scope["client"] = caller_behind(scope, self._proxies)

    async def _let_in(
        self,
        inner: Callable[[Scope, Receive, Send], Awaitable[None]],
        scope: Scope,
        place: Place,
        receive: Receive,
        send: Send,
    ) -> None:
        asked, began = scope["path"], time.perf_counter()
        request_id = request_id_of(scope)
        status = 0

        async def received() -> Any:
            return await place.away_in(receive())

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                present = list(message.get("headers", []))
                missing = self._headers.missing_from(present, asked)
                message["headers"] = [*present, *missing, *self._time(asked), (b"x-request-id", request_id.encode())]
            await place.away_in(send(message))

        with self._traces.request(scope["headers"]) as span:
            # Not `bound_contextvars`, which looks through all variables of the task first.
            bound = structlog.contextvars.bind_contextvars(request_id=request_id)
            try:
                if self._misdirected(scope, asked):
                    await _answer(problems.WRONG_HOST, asked, send_with_headers)
                    return
                async with asyncio.timeout(self._limit):
                    await inner(scope, received, send_with_headers)
            except TimeoutError:
                if not status:
                    await _answer(problems.TOO_SLOW, asked, send_with_headers)
            finally:
                self._note(scope, asked, status, time.perf_counter() - began, span)
                structlog.contextvars.reset_contextvars(**bound)

    def _time(self, asked: str) -> list[Header]:
        if not asked.startswith("/api/"):
            return []
        now = self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return [(b"openhours-time", now.encode())]

    def _misdirected(self, scope: Scope, asked: str) -> bool:
        """Whether another host is meant than ours. Health checks come by address and are never misdirected."""
        if self._host is None or asked.startswith("/health/"):
            return False
        return [value.lower() for name, value in scope["headers"] if name == b"host"] != [self._host]

    def _note(self, scope: Scope, asked: str, status: int, seconds: float, span: Span) -> None:
        route = scope.get("path_template") or _UNROUTED
        method = str(scope.get("method", ""))
        self._metrics.count(method=method, route=str(route), status=status, seconds=seconds)
        span.ended(
            f"{method} {route}",
            well=0 < status < 500,  # what begins with 5 is our own failure
            http__request__method=method,
            http__route=str(route),
            http__response__status_code=status,
        )
        if status in _UNTROUBLED and seconds < _SLOW_SECONDS and _only_counted(scope):
            return
        if asked not in _QUIET or status >= problems.INTERNAL_ERROR.status:
            _log.info("request", method=method, path=loggable(asked), status=status, ms=round(seconds * 1000, 1))


class EdgedLitestar(Litestar):
    """Litestar behind an Edge, so that unrouted requests pass it too (middleware would see routed ones only)."""

    edge: Edge

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await self.edge(super().__call__, scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


async def _answer(kind: ProblemType, instance: str, send: Send) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in problem_headers(kind).items()]
    body = problem_body(kind, instance)
    headers += [(b"content-type", PROBLEM_JSON.encode()), (b"content-length", str(len(body)).encode())]
    await _say(kind.status, headers, body, send)


async def _say(status: int, headers: list[Header], body: bytes, send: Send) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _only_counted(scope: Scope) -> bool:
    handler: BaseRouteHandler | None = scope.get("route_handler")  # none where nothing was routed
    return handler is not None and "only_counted" in handler.opt


def request_id_of(scope: Scope) -> str:
    """The caller's X-Request-Id where it is sound, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _KNOWN_ID.fullmatch(value):
            return value.decode()
    return urandom(12).hex()
