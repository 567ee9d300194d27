"""The HTTP adapter put together: routes, who calls, problems, headers, documents and the web client."""

from typing import Any

from litestar import Litestar, Request, Response, Router
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.types import ExceptionHandlersMap

from adapters.http import problem_pages, problems, unsubscribe_pages
from adapters.http.admission import Admission
from adapters.http.auth import door
from adapters.http.call import call_provider, given
from adapters.http.documents import openapi_config
from adapters.http.edge import Edge, EdgedLitestar
from adapters.http.idempotency import request_key, required_key
from adapters.http.introductions import Introductions
from adapters.http.limits import Limits
from adapters.http.metrics import Metrics
from adapters.http.origins import Origins
from adapters.http.refusals import HANDLERS, problem_response
from adapters.http.routes import (
    accounts,
    administration,
    appointments,
    attendance,
    audit,
    calendar_feeds,
    clinic,
    corrections,
    doctor,
    doctor_visits,
    doctors,
    feedback,
    google,
    moves,
    notices,
    own_calendar,
    payments,
    persons,
    photos,
    prescriptions,
    privacy,
    profiles,
    receipts,
    reports,
    system,
    waitlist,
)
from adapters.http.strict import StrictRequest
from adapters.http.web_client import WebClient
from adapters.http.wiring import HttpParts

LARGEST_BODY = 64 * 1024


def create_app(parts: HttpParts) -> Litestar:
    """The whole application over what `parts` give it; it reads no environment and keeps no global."""
    settings, metrics = parts.settings, Metrics(parts.registry)
    limits = Limits(enabled=settings.rate_limits, now=parts.ticks)
    introductions = Introductions(parts.ticks)
    client = WebClient(settings.static_dir, Origins(settings.public_url, settings.production), introductions)
    api = Router(
        "/api",
        route_handlers=[
            clinic.router,
            doctors.router,
            accounts.auth_router,
            accounts.own_router,
            google.router,
            persons.router,
            notices.router,
            notices.admin_router,
            profiles.router,
            photos.router,
            calendar_feeds.own_router,
            calendar_feeds.open_router,
            own_calendar.router,
            appointments.router,
            moves.router,
            waitlist.router,
            waitlist.offers_router,
            attendance.router,
            corrections.router,
            corrections.admin_router,
            feedback.router,
            prescriptions.router,
            feedback.doctor_router,
            feedback.admin_router,
            doctor.router,
            administration.router,
            audit.router,
            privacy.router,
            reports.router,
            doctor_visits.router,
            receipts.router,
            payments.router,
            system.webhooks,
        ],
        before_request=door(parts.tokens, parts.clock, limits),
    )
    app = EdgedLitestar(
        route_handlers=[
            api,
            system.health,
            system.for_prometheus,
            problem_pages.router,
            unsubscribe_pages.router,
            *parts.routers,
        ],
        dependencies=_dependencies(parts, limits, metrics, introductions),
        exception_handlers=_handlers(client),
        request_class=StrictRequest,
        request_max_body_size=LARGEST_BODY,
        openapi_config=openapi_config(settings),
        lifespan=list(parts.lifespan),
        # Crashes are told by our own handler; debug pages would show what is nobody's business.
        logging_config=None,
        debug=False,
    )
    app.edge = Edge(settings, metrics, parts.clock, parts.traces, Admission(now=parts.ticks))
    return app


def _dependencies(
    parts: HttpParts, limits: Limits, metrics: Metrics, introductions: Introductions
) -> dict[str, Provide]:
    return {
        "call": call_provider(parts, limits, introductions),
        "request_key": Provide(request_key),
        "required_key": Provide(required_key),
        "metrics": given(metrics),
        "ready_checks": given(parts.ready),
    }


def _handlers(client: WebClient) -> ExceptionHandlersMap:
    """Problems for everything, and the web client's pages for addresses that are nobody's."""

    def not_routed(request: Request[Any, Any, Any], _: NotFoundException) -> Response[Any]:
        page = client.answer(request) if request.method in ("GET", "HEAD") else None
        return page or problem_response(problems.NOT_FOUND, request.scope["path"])

    return {**HANDLERS, NotFoundException: not_routed}
