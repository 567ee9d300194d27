"""What is known of calls to providers: figures for Prometheus (how many, how they ended, how long they took), and the newest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from adapters.kit.system import SystemClock
from adapters.kit.traces import NO_TRACES, Traces
from scheduling_core.ports.providers import ProviderState, Standing
from scheduling_core.ports.system import Clock

ANSWERED, GIVEN_UP = "answered", "given_up"
_IN_ORDER = frozenset({Standing.WELL, Standing.REFUSED})
_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class CallFigures:
    """Of all providers, by their names and operations, of which there are few; matches ports.providers.Providers."""

    def __init__(self, registry: CollectorRegistry, clock: Clock | None = None, traces: Traces = NO_TRACES) -> None:
        self.traces = traces
        self._clock = clock or SystemClock()
        self._states: dict[str, ProviderState] = {}
        self._calls = Counter(
            "openhours_provider_calls", "Calls to a provider", ("provider", "operation", "outcome"), registry=registry
        )
        self._repeats = Counter("openhours_provider_repeats", "Calls made again", ("provider",), registry=registry)
        self._seconds = Histogram(
            "openhours_provider_seconds",
            "How long calls to a provider took, repeats included",
            ("provider", "operation"),
            buckets=_BUCKETS,
            registry=registry,
        )
        self._under_way = Gauge(
            "openhours_provider_calls_under_way", "Calls that are being made", ("provider",), registry=registry
        )

    def know(self, provider: str) -> None:
        """It may be called: it is among the states from now on."""
        self._states.setdefault(provider, ProviderState(provider=provider))

    def began(self, provider: str) -> None:
        self._under_way.labels(provider).inc()

    def repeated(self, provider: str) -> None:
        self._repeats.labels(provider).inc()

    def not_made(self, provider: str, operation: str) -> None:
        """The provider rests, and was not asked."""
        self._calls.labels(provider, operation, "resting").inc()

    def ended(
        self,
        provider: str,
        operation: str,
        *,
        outcome: str,
        seconds: float,
        reason: str = "",
        code: str = "",
        rests: float = 0.0,
    ) -> None:
        """`rests`: for how many seconds it is left alone now."""
        self._under_way.labels(provider).dec()
        self._calls.labels(provider, operation, outcome).inc()
        self._seconds.labels(provider, operation).observe(seconds)
        if outcome == GIVEN_UP:
            return
        known, now = self._states.get(provider) or ProviderState(provider=provider), self._clock.now()
        newest = replace(
            known, outcome=outcome, reason=reason, code=code, at=now, calls=known.calls + 1, rests_until=None
        )
        if newest.standing in _IN_ORDER:
            newest = replace(newest, troubled_since=None)
        else:
            since = known.troubled_since or now
            newest = replace(newest, troubled_since=since, failures=known.failures + 1)
        if outcome == ANSWERED:
            newest = replace(newest, answered_at=now)
        if rests:
            newest = replace(newest, rests_until=now + timedelta(seconds=rests))
        self._states[provider] = newest

    def states(self) -> Sequence[ProviderState]:
        return [self._states[provider] for provider in sorted(self._states)]
