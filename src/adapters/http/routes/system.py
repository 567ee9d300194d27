"""For machines: the payment provider's webhook, health and metrics."""

import asyncio
from collections.abc import Mapping
from typing import Annotated

import structlog
from litestar import Response, Router, get, post
from litestar.params import HeaderParameter, RawBody

from adapters.http import problems
from adapters.http.auth import OPEN
from adapters.http.call import Call, Given
from adapters.http.documents import WebhookOperation, machine_refuses
from adapters.http.metrics import CONTENT_TYPE, Metrics
from adapters.http.views.clinic import Alive, Readiness
from adapters.http.wiring import ReadyCheck
from scheduling_core import errors

_CHECK_SECONDS = 3.0
_log = structlog.get_logger("http")


@post(
    "/payments",
    operation_id="receivePaymentWebhook",
    operation_class=WebhookOperation,
    summary="An event of the payment provider",
    status_code=200,
    opt={"ignores_token": True, "unlimited": True},
    responses=machine_refuses(problems.VALIDATION, problems.TOO_LARGE, errors.StorageBusy),
)
async def payments(
    body: RawBody,
    call: Given[Call],
    signature: Annotated[str | None, HeaderParameter(name="Stripe-Signature", description="Of the raw body.")] = None,
) -> None:
    """A hint that something may have happened; what did is fetched. Forged, altered and stale ones are refused."""
    await call.use.receive_webhook(bytes(body), signature)


@get(
    "/live",
    operation_id="live",
    summary="Whether the process answers",
    responses=machine_refuses(),
    sync_to_thread=False,
)
def live() -> Alive:
    """Nothing else is asked."""
    return Alive(status="live")


@get("/ready", operation_id="ready", summary="Whether requests can be served", responses=machine_refuses())
async def ready(ready_checks: Given[Mapping[str, ReadyCheck]]) -> Response[Readiness]:
    """Everything that a request needs is asked, each with a deadline."""
    answers = await asyncio.gather(*(_passes(name, check) for name, check in ready_checks.items()))
    checks = dict(zip(ready_checks, answers, strict=True))
    well = all(answers)
    answer = Readiness(status="ready" if well else "not_ready", checks=checks)
    return Response(
        answer, status_code=200 if well else problems.UNAVAILABLE.status, headers={"Cache-Control": "no-store"}
    )


async def _passes(name: str, check: ReadyCheck) -> bool:
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            return await check()
    except Exception as exc:  # noqa: BLE001  # whatever goes wrong with what is needed, the answer is: not ready
        _log.warning("not ready", check=name, error=type(exc).__name__)
        return False


@get(
    "/metrics", operation_id="metrics", summary="Figures for Prometheus", media_type="text/plain", sync_to_thread=False
)
def figures(metrics: Given[Metrics]) -> Response[bytes]:
    """In Prometheus' text format; of this process alone."""
    return Response(metrics.text(), media_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


webhooks = Router("/webhooks", route_handlers=[payments], security=OPEN, tags=["system"])
health = Router("/health", route_handlers=[live, ready], security=OPEN, tags=["system"])
for_prometheus = Router("/", route_handlers=[figures], security=OPEN, tags=["system"])
