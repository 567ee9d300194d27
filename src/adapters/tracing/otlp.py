"""Traces by OpenTelemetry, sent to a collector over OTLP/HTTP from a thread of their own: losing them costs nothing else."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span as OpenSpan
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from adapters.kit.traces import Span

SEND_SECONDS = 5.0
_CARRIED = frozenset({b"traceparent", b"tracestate"})


class OtlpTraces:
    """Matches kit.traces.Traces. `url` is the collector's address of traces, such as http://127.0.0.1:4318/v1/traces."""

    def __init__(self, url: str) -> None:
        # Without its own resource the SDK would tell the command line and the environment.
        resource = Resource({"service.name": "openhours", "service.version": version("openhours")})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(url, timeout=SEND_SECONDS)))
        self._tracer = self._provider.get_tracer("openhours")
        self._propagator = TraceContextTextMapPropagator()

    @contextmanager
    def request(self, headers: Iterable[tuple[bytes, bytes]]) -> Iterator[Span]:
        carried = {name.decode(): value.decode("latin-1") for name, value in headers if name in _CARRIED}
        context = self._propagator.extract(carried) if carried else None
        with self._tracer.start_as_current_span(
            "request", context=context, kind=SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:
            yield _Step(span)

    @contextmanager
    def call(self, provider: str) -> Iterator[Span]:
        with self._tracer.start_as_current_span(
            provider, kind=SpanKind.CLIENT, record_exception=False, set_status_on_exception=False
        ) as span:
            yield _Step(span)

    def close(self) -> None:
        """Send what is left, for a few seconds at most."""
        self._provider.shutdown()


class _Step:
    def __init__(self, span: OpenSpan) -> None:
        self._span = span

    def ended(self, name: str, *, well: bool, **attributes: str | int) -> None:
        self._span.update_name(name)
        self._span.set_attributes({name.replace("__", "."): value for name, value in attributes.items()})
        if not well:
            self._span.set_status(Status(StatusCode.ERROR))
