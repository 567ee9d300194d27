"""Figures for CloudWatch: the same as those of /metrics, written to the log in its embedded metric format.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeAlias

from prometheus_client import CollectorRegistry

from scheduling_core.ports.system import Clock

NAMESPACE = "Openhours"
EVERY_SECONDS = 60.0
Labels: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """One figure: `labels` become dimensions, over all others it is summed, since each combination is paid for."""

    labels: tuple[str, ...]
    grows: bool
    """A counter: what it grew by since the last time is written."""
    unit: str = "Count"


EXPORTED: Mapping[str, Exported] = {
    "openhours_http_requests_total": Exported(("status",), grows=True),
    "openhours_http_request_seconds_sum": Exported((), grows=True, unit="Seconds"),
    "openhours_http_request_seconds_count": Exported((), grows=True),
    "openhours_provider_calls_total": Exported(("provider", "outcome"), grows=True),
    "openhours_provider_repeats_total": Exported(("provider",), grows=True),
    "openhours_provider_seconds_sum": Exported(("provider",), grows=True, unit="Seconds"),
    "openhours_invariant_violations": Exported(("invariant",), grows=False),
    "openhours_invariants_seen_timestamp_seconds": Exported((), grows=False, unit="Seconds"),
}


class EmbeddedMetrics:
    """Writes a line for each set of dimensions whose figures are news: what grew, and every gauge."""

    def __init__(self, registry: CollectorRegistry, clock: Clock, write: Callable[[str], object] | None = None) -> None:
        self._registry, self._clock = registry, clock
        self._write = write or _to_standard_output
        self._written: dict[tuple[str, Labels], float] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Written each minute for as long as the block lasts, and once more at its end."""

        async def again_and_again() -> None:
            while True:
                await asyncio.sleep(EVERY_SECONDS)
                self.flush()

        writing = asyncio.create_task(again_and_again())
        try:
            yield
        finally:
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
            self.flush()

    def flush(self) -> None:
        """Write what is news since the last time."""
        lines: dict[Labels, dict[str, float]] = defaultdict(dict)
        for (name, labels), value in self._summed().items():
            if not EXPORTED[name].grows:
                lines[labels][name] = value
            elif grown := value - self._written.get((name, labels), 0.0):
                lines[labels][name] = grown
                self._written[name, labels] = value
        for labels, figures in lines.items():
            self._write(self._line(labels, figures))

    def _summed(self) -> dict[tuple[str, Labels], float]:
        sums: dict[tuple[str, Labels], float] = defaultdict(float)
        for name, labels, value in self._samples():
            sums[name, tuple((label, labels[label]) for label in EXPORTED[name].labels)] += value
        return sums

    def _samples(self) -> Iterator[tuple[str, Mapping[str, str], float]]:
        for family in self._registry.collect():
            for sample in family.samples:
                if sample.name in EXPORTED:
                    yield sample.name, sample.labels, sample.value

    def _line(self, labels: Labels, figures: Mapping[str, float]) -> str:
        metrics = [{"Name": name, "Unit": EXPORTED[name].unit} for name in figures]
        directive = {"Namespace": NAMESPACE, "Dimensions": [[label for label, _ in labels]], "Metrics": metrics}
        milliseconds = int(self._clock.now().timestamp() * 1000)
        return json.dumps(
            {"_aws": {"Timestamp": milliseconds, "CloudWatchMetrics": [directive]}, **dict(labels), **figures}
        )


def _to_standard_output(line: str) -> None:
    # Beside the log, which is JSON lines in production too.
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
