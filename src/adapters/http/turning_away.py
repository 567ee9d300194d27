"""What whoever is turned away hears, at next to no cost, or turning away would be work too: counted, and not logged."""

from http import HTTPStatus

import msgspec
from litestar.types import Scope

from adapters.http import problems
from adapters.http.headers import Header, SecurityHeaders
from adapters.http.metrics import Metrics
from adapters.http.refusals import PROBLEM_JSON, problem_body, problem_headers

KIND = problems.OVERLOADED
_ROUTE = "turned away"
_STATUS = b"HTTP/1.1 %d %b\r\n" % (KIND.status, HTTPStatus(KIND.status).phrase.encode())
_BEFORE, _, _AFTER = problem_body(KIND, "/").partition(b'"/"')
"""Around the path, without which everybody's body is the same."""


class TurningAway:
    """The same answer for everybody but for its path and its id; what can be is made once."""

    def __init__(self, headers: SecurityHeaders, metrics: Metrics) -> None:
        self._metrics = metrics
        own = [(name.lower().encode(), value.encode()) for name, value in problem_headers(KIND).items()]
        own.append((b"content-type", PROBLEM_JSON.encode()))
        self._api, self._page = ([*own, *headers.missing_from(own, path)] for path in ("/api/", "/"))
        self._heads: tuple[list[Header] | None, bytes, bytes] = (None, b"", b"")

    def answer(self, scope: Scope, request_id: bytes) -> tuple[list[Header], bytes]:
        """Headers and body."""
        body = self._counted(scope)
        kept = self._api if scope["path"].startswith("/api/") else self._page
        return [*kept, (b"content-length", b"%d" % len(body)), (b"x-request-id", request_id)], body

    def written(self, scope: Scope, request_id: bytes, servers: list[Header], *, last: bool) -> bytes:
        """All of it as it goes over the line, with the server's own headers; `last` ends the connection."""
        if servers is not self._heads[0]:
            self._heads = (servers, _lines([*servers, *self._api]), _lines([*servers, *self._page]))
        body = self._counted(scope)
        _, api, page = self._heads
        return b"%b%bcontent-length: %d\r\nx-request-id: %b\r\n%b\r\n%b" % (
            _STATUS,
            api if scope["path"].startswith("/api/") else page,
            len(body),
            request_id,
            b"connection: close\r\n" if last else b"",
            b"" if scope.get("method") == "HEAD" else body,
        )

    def _counted(self, scope: Scope) -> bytes:
        self._metrics.count_only(method=str(scope.get("method", "")), route=_ROUTE, status=KIND.status)
        return _BEFORE + msgspec.json.encode(scope["path"]) + _AFTER


def _lines(headers: list[Header]) -> bytes:
    return b"".join(b"%b: %b\r\n" % header for header in headers)
