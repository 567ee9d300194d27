"""How whatever goes wrong becomes a problem document: one handler for each kind of exception."""

import re
from collections.abc import Mapping
from traceback import format_exception
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.params import ParameterKwarg
from litestar.types import ExceptionHandlersMap

from adapters.http import problems
from adapters.http.loggable import loggable
from adapters.http.problems import Declined, ProblemType
from scheduling_core.errors import Refusal

PROBLEM_JSON = "application/problem+json"

_FRAMEWORK: Mapping[int, ProblemType] = {
    401: problems.UNAUTHENTICATED,
    404: problems.NOT_FOUND,
    405: problems.METHOD_NOT_ALLOWED,
    413: problems.TOO_LARGE,
    415: problems.UNSUPPORTED_MEDIA_TYPE,
    429: problems.TOO_MANY_REQUESTS,
    503: problems.UNAVAILABLE,
}
_MISSING = re.compile(r"Missing required \w+ parameter '([^']+)'")
_log = structlog.get_logger("http")


def problem_response(
    kind: ProblemType,
    instance: str,
    *,
    detail: str | None = None,
    extensions: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response[bytes]:
    """The answer for one problem, with the headers that its kind asks for."""
    return Response(
        problem_body(kind, instance, detail=detail, extensions=extensions),
        status_code=kind.status,
        media_type=PROBLEM_JSON,
        headers={**problem_headers(kind), **(headers or {})},
    )


def problem_headers(kind: ProblemType) -> dict[str, str]:
    """Retry-After where waiting helps, WWW-Authenticate with every 401 (RFC 9110), and never a stored copy."""
    headers = {"Cache-Control": "no-store"}
    if kind.retry_after is not None:
        headers["Retry-After"] = str(kind.retry_after)
    if kind.status == problems.UNAUTHENTICATED.status:
        headers["WWW-Authenticate"] = "Bearer"
    return headers


def problem_body(
    kind: ProblemType, instance: str, *, detail: str | None = None, extensions: Mapping[str, object] | None = None
) -> bytes:
    """The problem document (RFC 9457)."""
    return msgspec.json.encode(
        {
            "type": kind.uri,
            "title": kind.title,
            "status": kind.status,
            "detail": detail or kind.meaning,
            "instance": instance,
            **(extensions or {}),
        }
    )


def _tell(
    request: Request[Any, Any, Any], kind: ProblemType, exc: Exception, headers: Mapping[str, str]
) -> Response[Any]:
    extensions = problems.extensions_of(exc)
    return problem_response(kind, request.scope["path"], detail=str(exc), extensions=extensions, headers=headers)


def _refused(request: Request[Any, Any, Any], exc: Refusal) -> Response[Any]:
    return _tell(request, problems.kind_of(exc), exc, {})


def _declined(request: Request[Any, Any, Any], exc: Declined) -> Response[Any]:
    return _tell(request, exc.kind, exc, exc.headers)


def _unusable(request: Request[Any, Any, Any], exc: ValidationException) -> Response[Any]:
    """What the framework could not convert: parameters of path, query and header, or an absent body."""
    found = exc.extra if isinstance(exc.extra, list) else []
    errors = [
        {"field": _outside_name(request, str(each.get("key", ""))), "message": _plain(str(each.get("message", "")))}
        for each in found
        if isinstance(each, dict)
    ]
    if missing := _MISSING.search(exc.detail):
        errors = [{"field": missing[1], "message": "This is required."}]
    if any(each["field"] == "data" for each in errors):
        return problem_response(problems.MALFORMED, request.scope["path"], detail="This operation needs a JSON body.")
    return _unusable_fields(request, errors)


def _outside_name(request: Request[Any, Any, Any], name: str) -> str:
    """What a handler's parameter is called in the address or the headers."""
    declared = request.route_handler.parsed_fn_signature.parameters.get(name)
    parameter = declared.kwarg_definition if declared else None
    return (parameter.name if isinstance(parameter, ParameterKwarg) else None) or name


def _unusable_fields(request: Request[Any, Any, Any], errors: list[dict[str, str]]) -> Response[Any]:
    return problem_response(
        problems.VALIDATION,
        request.scope["path"],
        detail="Some of what was sent cannot be used.",
        extensions={"errors": errors},
    )


def _plain(message: str) -> str:
    """A message of the decoder without its technical quoting."""
    return message.replace("`", "")


def undecodable(request: Request[Any, Any, Any], exc: msgspec.DecodeError) -> Response[Any]:
    """A body that is no JSON, or JSON that does not fit: the second names the field."""
    if not isinstance(exc, msgspec.ValidationError):
        return problem_response(problems.MALFORMED, request.scope["path"], detail="The body is not JSON.")
    message, _, path = _plain(str(exc)).partition(" - at $")
    field = path.lstrip(".")
    if " unknown field " in message:
        # The path names the object that holds it; the message, the field itself.
        name = message.rpartition(" unknown field ")[2]
        field = f"{field}.{name}".lstrip(".")
        message = "There is no such field."
    elif " missing required field " in message:
        name = message.rpartition(" missing required field ")[2]
        field = f"{field}.{name}".lstrip(".")
        message = "This is required."
    return _unusable_fields(request, [{"field": field, "message": message}])


def _framework(request: Request[Any, Any, Any], exc: HTTPException) -> Response[Any]:
    kind = _FRAMEWORK.get(exc.status_code, problems.MALFORMED)
    if exc.status_code >= 500 and kind is not problems.UNAVAILABLE:
        return _crashed(request, exc)
    headers = {name: value for name, value in (exc.headers or {}).items() if name.lower() in ("allow", "retry-after")}
    return problem_response(kind, request.scope["path"], headers=headers)


def _crashed(request: Request[Any, Any, Any], exc: Exception) -> Response[Any]:
    """A fault of ours: told in the log, with its traceback, and to nobody else."""
    # As text, since some renderers of exceptions show the values of local variables, and those may be secrets.
    trace = "".join(format_exception(exc))
    _log.error("crashed", method=request.method, path=loggable(request.scope["path"]), traceback=trace)
    return problem_response(problems.INTERNAL_ERROR, request.scope["path"])


HANDLERS: ExceptionHandlersMap = {
    Refusal: _refused,
    Declined: _declined,
    msgspec.DecodeError: undecodable,
    ValidationException: _unusable,
    HTTPException: _framework,
    500: _crashed,
}
