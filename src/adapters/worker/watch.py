"""The auditor's watch: looks each minute, shows what it found as figures, and says it once in the log."""

from collections.abc import Mapping
from typing import Protocol

import structlog
from prometheus_client import CollectorRegistry, Gauge

from scheduling_core.invariants import Inspection, Invariant, Progress, Violation

log = structlog.get_logger(__name__)

EVERY_SECONDS = 60.0


class Inspecting(Protocol):
    """The use case `inspection.Inspect`."""

    async def __call__(self, progress: Progress) -> Inspection: ...

    async def from_now(self) -> Progress: ...


class Watch:
    """Goes on from look to look. `openhours_invariants_seen_timestamp_seconds` tells a watch that found nothing from none."""

    def __init__(self, inspect: Inspecting, registry: CollectorRegistry) -> None:
        self._inspect = inspect
        self._progress: Progress | None = None
        self._known: frozenset[Violation] = frozenset()
        self._violations = Gauge(
            "openhours_invariant_violations", "Things that break an invariant", ("invariant",), registry=registry
        )
        self._seen_at = Gauge(
            "openhours_invariants_seen_timestamp_seconds", "When the auditor last looked", registry=registry
        )

    async def look(self) -> Mapping[Invariant, int]:
        """Look once, wherever the last look ended. Raise what storage raises: the figures then stay as old as they are."""
        if self._progress is None:
            self._progress = await self._inspect.from_now()
        found = await self._inspect(self._progress)
        self._progress = found.next
        for invariant, count in found.counts.items():
            self._violations.labels(invariant.value).set(count)
        self._seen_at.set(found.at.timestamp())
        for violation in found.violations:
            if violation not in self._known:
                log.error(
                    "invariant_broken",
                    invariant=violation.invariant.value,
                    about=str(violation.about),
                    why=violation.why,
                )
        self._known = frozenset(found.violations)
        return found.counts

    async def round(self) -> int:
        """One look as work of a Runner, which rests after it."""
        await self.look()
        return 0
