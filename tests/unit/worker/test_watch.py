"""The auditor's watch and the figures that tell of it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import CollectorRegistry, Counter, Histogram
from structlog.testing import capture_logs

from adapters.persistence.memory import MemoryStorage
from adapters.worker.embedded_metrics import EXPORTED, EmbeddedMetrics
from adapters.worker.watch import Watch
from scheduling_core.invariants import SETTLING, Inspection, Invariant, Progress, Violation
from scheduling_core.use_cases.inspection import Inspect
from support.clinic import Clinic
from support.clock import MONDAY, ManualClock
from support.making import a_task, an_id

OVERLAP = Violation(invariant=Invariant.OVERLAP, about=an_id(), why="for the test")


class _Finds:
    """An inspection whose findings are given, look by look."""

    def __init__(self, *looks: tuple[Violation, ...], whole: bool = False) -> None:
        self._looks, self._whole = list(looks), whole
        self.asked: list[Progress] = []

    async def from_now(self) -> Progress:
        return Progress(event=41)

    async def __call__(self, progress: Progress) -> Inspection:
        self.asked.append(progress)
        found = self._looks.pop(0)
        counts = dict.fromkeys(Invariant, 0) | {Invariant.OVERLAP: len(found)}
        return Inspection(
            at=MONDAY,
            counts=counts,
            violations=found,
            progress=replace(progress, event=progress.event + 1),
            whole=self._whole,
        )


def _violations(registry: CollectorRegistry, invariant: Invariant) -> float | None:
    return registry.get_sample_value("openhours_invariant_violations", {"invariant": invariant.value})


async def test_shows_what_it_finds_and_says_it_once() -> None:
    registry, finds = CollectorRegistry(), _Finds((), (OVERLAP,), (OVERLAP,), ())
    watch = Watch(finds, registry)
    shown = []
    with capture_logs() as lines:
        for _ in range(4):
            assert await watch.round() == 0
            shown.append(_violations(registry, Invariant.OVERLAP))
    assert shown == [0, 1, 1, 0]
    assert [line["about"] for line in lines] == [str(OVERLAP.about)]
    assert [each.event for each in finds.asked] == [41, 42, 43, 44]
    assert registry.get_sample_value("openhours_invariants_seen_timestamp_seconds") == MONDAY.timestamp()


async def test_begins_anew_once_it_has_come_by_everything() -> None:
    finds = _Finds((), (), whole=True)
    watch = Watch(finds, CollectorRegistry())
    for _ in range(2):
        await watch.look()
    assert [each.event for each in finds.asked] == [41, 0]


async def test_watches_a_clinic() -> None:
    clock = ManualClock()
    clinic = Clinic(MemoryStorage(clock), clock)
    async with clinic.storage.writing() as unit:
        await unit.tasks.add_once(a_task(due_at=clock.now()))
    clock.advance(SETTLING + timedelta(seconds=1))
    registry = CollectorRegistry()
    await Watch(Inspect(clinic.storage, clinic.payments), registry).look()
    assert _violations(registry, Invariant.OVERDUE_TASK) == 1
    assert _violations(registry, Invariant.OVERLAP) == 0
    await clinic.close()


def _flushed(metrics: EmbeddedMetrics, lines: list[str]) -> list[dict[str, Any]]:
    lines.clear()
    metrics.flush()
    return [json.loads(line) for line in lines]


def test_writes_what_grew_summed_over_what_is_no_dimension() -> None:
    registry, lines = CollectorRegistry(), list[str]()
    requests = Counter("openhours_http_requests", "", ("method", "route", "status"), registry=registry)
    seconds = Histogram("openhours_http_request_seconds", "", ("route",), registry=registry)
    metrics = EmbeddedMetrics(registry, ManualClock(), lines.append)
    requests.labels("GET", "/a", "200").inc()
    requests.labels("GET", "/b", "200").inc(2)
    requests.labels("GET", "/b", "503").inc()
    seconds.labels("/a").observe(0.25)

    written = {each.get("status"): each for each in _flushed(metrics, lines)}
    assert written["200"]["openhours_http_requests_total"] == 3
    assert written["503"]["openhours_http_requests_total"] == 1
    assert written[None]["openhours_http_request_seconds_sum"] == 0.25
    (directive,) = written["200"]["_aws"]["CloudWatchMetrics"]
    assert directive == {
        "Namespace": "Openhours",
        "Dimensions": [["status"]],
        "Metrics": [{"Name": "openhours_http_requests_total", "Unit": "Count"}],
    }
    assert written["200"]["_aws"]["Timestamp"] == MONDAY.timestamp() * 1000

    assert _flushed(metrics, lines) == []
    requests.labels("GET", "/a", "200").inc()
    assert [each["openhours_http_requests_total"] for each in _flushed(metrics, lines)] == [1]


async def test_a_gauge_is_written_each_time_and_at_the_end() -> None:
    registry, lines = CollectorRegistry(), list[str]()
    await Watch(_Finds((OVERLAP,)), registry).look()
    metrics = EmbeddedMetrics(registry, ManualClock(), lines.append)
    for _ in range(2):
        overlaps = [each for each in _flushed(metrics, lines) if each.get("invariant") == "overlap"]
        assert [each["openhours_invariant_violations"] for each in overlaps] == [1]
    lines.clear()
    async with metrics.running():
        assert lines == []
    assert lines


@pytest.mark.parametrize("name", sorted(EXPORTED))
def test_every_exported_figure_exists_in_the_product(name: str, product_samples: frozenset[str]) -> None:
    assert name in product_samples
