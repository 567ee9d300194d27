"""The figures that the product really has."""

import pytest
from prometheus_client import CollectorRegistry

from adapters.http.metrics import Metrics
from adapters.kit.call_figures import ANSWERED, CallFigures
from adapters.worker.watch import Watch
from scheduling_core.invariants import Inspection, Invariant, Progress
from support.clock import MONDAY


class _AllWell:
    async def from_now(self) -> Progress:
        return Progress()

    async def __call__(self, progress: Progress) -> Inspection:
        counts = dict.fromkeys(Invariant, 0)
        return Inspection(at=MONDAY, counts=counts, violations=(), progress=progress, whole=True)


@pytest.fixture
async def product_samples() -> frozenset[str]:
    """The names of all samples once everything that counts has counted something."""
    registry = CollectorRegistry()
    Metrics(registry).count(method="GET", route="/", status=200, seconds=0.1)
    figures = CallFigures(registry)
    figures.began("stripe")
    figures.repeated("stripe")
    figures.ended("stripe", "find", outcome=ANSWERED, seconds=0.1)
    await Watch(_AllWell(), registry).look()
    return frozenset(sample.name for family in registry.collect() for sample in family.samples)
