"""The OpenAPI document: complete, the same bytes every time, and shown on a page that loads nothing from elsewhere."""

from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import Litestar, Request, Response, Router
from litestar.enums import MediaType
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.openapi.spec import (
    Components,
    OpenAPIMediaType,
    OpenAPIType,
    Operation,
    Parameter,
    RequestBody,
    Schema,
    SecurityScheme,
    Tag,
)

from adapters.http import problems
from adapters.http.exactness import exact
from adapters.http.idempotency import HEADER
from adapters.http.problems import ProblemType
from adapters.http.refusals import PROBLEM_JSON
from adapters.http.schema_page import schema_page
from adapters.http.views.problem import Problem
from adapters.http.wiring import HttpSettings
from scheduling_core import errors

DESCRIPTION = """\
Find a doctor, book a time, pay for it, meet. Instants are ISO 8601 in UTC; money is in minor units with its currency;
refusals are problem documents (RFC 9457) whose `type` is listed under `/problems/{slug}`. Every answer under `/api` says in
`Openhours-Time` what time it is here, to count down by."""

TAGS = [
    Tag(name="finding", description="Doctors and their free times: open to everybody."),
    Tag(name="booking", description="From a held slot to a booked visit and, if need be, its cancellation."),
    Tag(name="money", description="Receipts, payments and earnings."),
    Tag(name="visit", description="What happens at a visit and after it."),
    Tag(name="accounts", description="Signing in and up; what people see of themselves."),
    Tag(name="doctor", description="A doctor's own hours, time off and schedule."),
    Tag(name="administration", description="For administrators."),
    Tag(name="system", description="For machines: webhooks, health, metrics."),
]


_ALWAYS = (problems.INTERNAL_ERROR, problems.UNAVAILABLE, problems.TOO_SLOW)
_API = (problems.VALIDATION, problems.TOO_MANY_REQUESTS, *_ALWAYS)


def refuses(*kinds: ProblemType | type[errors.Refusal]) -> dict[int, ResponseSpec]:
    """The problem answers of an API operation, for its documentation, with those that every one of them has."""
    return _answers(*kinds, *_API)


def machine_refuses(*kinds: ProblemType | type[errors.Refusal]) -> dict[int, ResponseSpec]:
    """As `refuses`, for operations of machines, which are not limited."""
    return _answers(*kinds, *_ALWAYS)


def _answers(*kinds: ProblemType | type[errors.Refusal]) -> dict[int, ResponseSpec]:
    by_status: dict[int, list[ProblemType]] = {}
    for kind in kinds:
        known = kind if isinstance(kind, ProblemType) else problems.REFUSALS[kind]
        by_status.setdefault(known.status, []).append(known)
    return {status: _answer(found) for status, found in sorted(by_status.items())}


def _answer(kinds: list[ProblemType]) -> ResponseSpec:
    described = " ".join(f"`{kind.uri}`: {kind.meaning}" for kind in dict.fromkeys(kinds))
    return _Answer(Problem, generate_examples=False, description=described, media_type=PROBLEM_JSON)


class _Answer(ResponseSpec):
    """Never changed, so never copied: Litestar copies each route for every router above it, which took half of a start."""

    def __deepcopy__(self, _: dict[int, Any]) -> "_Answer":
        return self


SIGNED_IN = (problems.UNAUTHENTICATED, problems.INVALID_TOKEN, errors.Forbidden)
"""What every operation of signed-in people may refuse with."""
BODY = (problems.MALFORMED, problems.VALIDATION, problems.TOO_LARGE, problems.UNSUPPORTED_MEDIA_TYPE)
"""What every operation with a body may refuse with."""
KEY = (errors.RequestReused, errors.RequestInFlight)
"""What every operation that takes an Idempotency-Key may refuse with."""


@dataclass
class KeyedOperation(Operation):
    """An operation that cannot do without an Idempotency-Key.

    To the framework the header is optional, so that its absence gets a problem of its own; here the truth is told.
    """

    def __post_init__(self) -> None:
        for parameter in self.parameters or []:
            if isinstance(parameter, Parameter) and parameter.name == HEADER:
                parameter.required = True


@dataclass
class WebhookOperation(Operation):
    """An operation that reads the raw body of somebody else's event."""

    def __post_init__(self) -> None:
        event = OpenAPIMediaType(schema=Schema(type=OpenAPIType.OBJECT, description="The provider's event, as signed."))
        self.request_body = RequestBody(content={"application/json": event}, required=True)


class _JsonPlugin(OpenAPIRenderPlugin):
    """`/schema/openapi.json`."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return openapi_document(request.app)


class _PagePlugin(OpenAPIRenderPlugin):
    """`/schema`: the same, for reading."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return schema_page(openapi_schema).encode()


async def _problem_if_absent(response: Response[Any]) -> Response[Any]:
    """Litestar answers a page of its own for what is not under /schema; here it is a problem as everywhere."""
    if response.status_code == problems.NOT_FOUND.status:
        raise errors.NotFound
    return response


def openapi_config(settings: HttpSettings) -> OpenAPIConfig:
    """What Litestar needs to know to describe the routes, and where it shows that."""
    return OpenAPIConfig(
        title="Openhours",
        version=settings.version,
        description=DESCRIPTION,
        tags=TAGS,
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(
                    type="http", scheme="bearer", bearer_format="JWT", description="The access token of a session."
                )
            }
        ),
        use_handler_docstrings=True,
        openapi_router=Router("/schema", route_handlers=[], include_in_schema=False, after_request=_problem_if_absent),
        render_plugins=[
            _PagePlugin(path="/", media_type=MediaType.HTML),
            _JsonPlugin(path="/openapi.json", media_type=MediaType.JSON),
        ],
    )


def openapi_document(app: Litestar) -> bytes:
    """The OpenAPI 3.1 document as JSON, keys in order: the same bytes for the same code."""
    document = exact(app.openapi_schema.to_schema())
    return msgspec.json.format(msgspec.json.encode(document, order="sorted"), indent=1) + b"\n"
