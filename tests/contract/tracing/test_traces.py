"""Traces as a collector receives them: over HTTP, in the OpenTelemetry protocol, by names alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from prometheus_client import CollectorRegistry

import bootstrap
from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls, Repeat
from adapters.tracing.otlp import OtlpTraces
from scheduling_core.errors import ProviderUnavailable
from servers.http import Reply, Request, serving
from support.chance import SeededChance

TRACE = "0af7651916cd43dd8448eb211c80319c"  # pragma: allowlist secret
CANARY = "0190a5c3-7c1f-7d62-8f3a-1b2c3d4e5f60"


@dataclass
class Collector:
    url: str
    bodies: list[bytes] = field(default_factory=list)

    def spans(self) -> dict[str, Span]:
        told = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        scopes = [scope for each in told for resource in each.resource_spans for scope in resource.scope_spans]
        return {span.name: span for scope in scopes for span in scope.spans}


@pytest.fixture
async def collector() -> AsyncIterator[Collector]:
    bodies: list[bytes] = []

    async def answer(request: Request) -> Reply:
        bodies.append(request.body if request.headers.get("content-encoding") is None else b"")
        return Reply()

    async with serving(answer) as url:
        yield Collector(f"{url}/v1/traces", bodies)


def _told(span: Span) -> dict[str, str | int]:
    return {each.key: each.value.string_value or each.value.int_value for each in span.attributes}


@asynccontextmanager
async def _sent(traces: OtlpTraces) -> AsyncIterator[None]:
    """Everything has been sent at the end of the block."""
    try:
        yield
    finally:
        await asyncio.to_thread(traces.close)


async def test_a_call_is_a_step_of_the_request_that_made_it(collector: Collector) -> None:
    traces = OtlpTraces(collector.url)
    calls = Calls("stripe", CallFigures(CollectorRegistry(), traces=traces), SeededChance())

    async def refuses() -> None:
        raise ProviderUnavailable(CANARY)

    headers = [(b"traceparent", f"00-{TRACE}-b7ad6b7169203331-01".encode()), (b"cookie", CANARY.encode())]
    async with _sent(traces):
        with traces.request(headers) as span:
            with pytest.raises(ProviderUnavailable):
                await calls.make("find", refuses, repeat=Repeat.NEVER)
            span.ended("GET /api/x", well=True, http__route="/api/x")

    spans = collector.spans()
    request, call = spans["GET /api/x"], spans["stripe find"]
    assert request.trace_id.hex() == call.trace_id.hex() == TRACE
    assert call.parent_span_id == request.span_id
    assert (request.status.code, call.status.code) == (0, 2)
    assert _told(call) == {"openhours.outcome": "unavailable"}
    assert CANARY.encode() not in b"".join(collector.bodies)


async def test_the_product_names_routes_and_never_what_was_asked_for(
    collector: Collector, sqlite_url: str, tmp_path: Path
) -> None:
    settings = bootstrap.settings_of(
        {
            "OPENHOURS_DATABASE_URL": sqlite_url,
            "OPENHOURS_TRACES_URL": collector.url,
            "OPENHOURS_VAR": str(tmp_path),
            "OPENHOURS_RUN_TASKS": "off",
        }
    )
    wired = bootstrap.container(settings)
    app = bootstrap.app_of(wired)
    async with (
        app.lifespan(),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000") as client,
    ):
        await client.get(f"/api/doctors/{CANARY}?q={CANARY}")
        await client.get("/api/clinic")

    spans = collector.spans()
    clinic = spans["GET /api/clinic"]
    assert _told(clinic)["http.response.status_code"] == 200
    assert any(name.startswith("GET /api/doctors/{doctor_id") for name in spans)
    assert CANARY.encode() not in b"".join(collector.bodies)
