"""Ordering faults over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from litestar import Litestar, Request, Response
from litestar.testing import AsyncTestClient

from adapters.kit.faults import CAN_HAVE, Fault, Faults
from adapters.kit.faults_pages import faults_router
from adapters.kit.simulator_state import SimulatorState
from scheduling_core.errors import InvalidInput

Browser = AsyncTestClient[Litestar]


def refused(_: Request[Any, Any, Any], refusal: InvalidInput) -> Response[Any]:
    return Response({"field": refusal.field}, status_code=400)


@pytest.fixture
def faults() -> Faults:
    return Faults(SimulatorState(), hang_seconds=0.5)


@pytest.fixture
async def browser(faults: Faults) -> AsyncIterator[Browser]:
    app = Litestar([faults_router(faults)], exception_handlers={InvalidInput: refused})
    async with AsyncTestClient(app) as client:
        yield client


async def test_orders_every_fault_that_a_port_can_have(browser: Browser) -> None:
    for port, possible in CAN_HAVE.items():
        for fault in (*possible, "none"):
            answer = await browser.post("/simulator/faults", json={"port": port, "fault": fault, "times": 1})
            assert answer.status_code == 200
    assert (await browser.get("/simulator/faults")).json()["ordered"] == []


async def test_lists_what_is_still_to_happen(browser: Browser, faults: Faults) -> None:
    await browser.post("/simulator/faults", json={"port": "notify", "fault": "error", "times": 2})
    await browser.post("/simulator/faults", json={"port": "payments", "fault": "timeout", "seconds": 3})
    answer = (await browser.get("/simulator/faults")).json()
    assert answer["ordered"] == [
        {"port": "payments", "fault": "timeout", "times": 1, "seconds": 3.0},
        {"port": "notify", "fault": "error", "times": 2, "seconds": 0.5},
    ]
    assert answer["possible"]["identity"] == ["timeout", "error"]


@pytest.mark.parametrize(
    ("order", "field"),
    [
        ({"port": "weather", "fault": "error"}, "port"),
        ({"port": "identity", "fault": "silence"}, "fault"),
        ({"port": "payments", "fault": "meteor"}, "body"),
        ({"port": "payments", "fault": "error", "times": 0}, "times"),
        ({"port": "payments", "fault": "error", "times": "1"}, "body"),
        ({"port": "payments", "fault": "timeout", "seconds": 121}, "seconds"),
        ({"port": "payments", "fault": "timeout", "seconds": -1}, "seconds"),
        ({"port": "payments", "fault": "error", "when": "now"}, "body"),
        ({"fault": "error"}, "body"),
        ([], "body"),
    ],
)
async def test_refuses_orders_that_make_no_sense(browser: Browser, faults: Faults, order: object, field: str) -> None:
    answer = await browser.post("/simulator/faults", json=order)
    assert (answer.status_code, answer.json()) == (400, {"field": field})
    assert await faults.ordered() == []


async def test_takes_nothing_that_a_foreign_site_could_have_sent(browser: Browser, faults: Faults) -> None:
    order = '{"port": "payments", "fault": "error"}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = await browser.post("/simulator/faults", content=order, headers={"Content-Type": kind})
        assert answer.status_code == 415
    assert await faults.ordered() == []


async def test_an_order_replaces_the_one_before(faults: Faults) -> None:
    await faults.order("payments", Fault.ERROR, times=5)
    await faults.order("payments", Fault.ERROR, times=2)
    assert [order.times for order in await faults.ordered()] == [2]
