"""Where this process's traces go."""

from adapters.kit.traces import NO_TRACES, Traces
from settings import Settings


def collected_traces(settings: Settings) -> Traces:
    """To the collector that the settings name, or nowhere."""
    if settings.traces_url is None:
        return NO_TRACES
    # A tenth of a process's memory, which only those pay who collect traces.
    from adapters.tracing.otlp import OtlpTraces  # noqa: PLC0415

    return OtlpTraces(settings.traces_url)
