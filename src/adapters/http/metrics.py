"""Figures for Prometheus: how many requests, how they ended, how long they took."""

from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Counts by route and not by path, so that their number stays bounded whatever is asked for."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self._series = lru_cache(maxsize=2_048)(self._series_of)
        self._requests = Counter(
            "openhours_http_requests", "Requests answered", ("method", "route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "openhours_http_request_seconds", "How long they took", ("route",), buckets=_BUCKETS, registry=registry
        )

    def count(self, *, method: str, route: str, status: int, seconds: float) -> None:
        requests, took = self._series(method, route, status)
        requests.inc()
        took.observe(seconds)

    def count_only(self, *, method: str, route: str, status: int) -> None:
        """As `count`, but no time was spent on it of which anybody should be told."""
        self._series(method, route, status)[0].inc()

    def _series_of(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        known = method if method.isalpha() and len(method) < 8 else "OTHER"
        return self._requests.labels(known, route, str(status)), self._seconds.labels(route)

    def text(self) -> bytes:
        """Everything in the registry, in the text format of Prometheus."""
        return generate_latest(self._registry)


# Litestar adds the charset to every text type by itself.
CONTENT_TYPE = CONTENT_TYPE_LATEST.removesuffix("; charset=utf-8")
