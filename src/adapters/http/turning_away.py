"""What whoever is turned away hears, at next to no cost, or turning away would be work too: counted, and not logged."""

from litestar.types import Scope

from adapters.http import problems
from adapters.http.headers import Header, SecurityHeaders
from adapters.http.metrics import Metrics
from adapters.http.refusals import PROBLEM_JSON, problem_body, problem_headers

KIND = problems.OVERLOADED
_ROUTE = "turned away"


class TurningAway:
    """The same answer for everybody but for its path and its id; what can be is made once."""

    def __init__(self, headers: SecurityHeaders, metrics: Metrics) -> None:
        self._metrics = metrics
        own = [(name.lower().encode(), value.encode()) for name, value in problem_headers(KIND).items()]
        own.append((b"content-type", PROBLEM_JSON.encode()))
        self._api, self._page = ([*own, *headers.missing_from(own, path)] for path in ("/api/", "/"))

    def answer(self, scope: Scope, request_id: bytes) -> tuple[list[Header], bytes]:
        """Headers and body."""
        path = scope["path"]
        self._metrics.count(method=str(scope.get("method", "")), route=_ROUTE, status=KIND.status, seconds=0.0)
        body = problem_body(KIND, path)
        kept = self._api if path.startswith("/api/") else self._page
        return [*kept, (b"content-length", str(len(body)).encode()), (b"x-request-id", request_id)], body
