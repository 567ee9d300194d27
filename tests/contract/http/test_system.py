"""What machines ask: health, metrics, and how long a request may take."""

import asyncio

from litestar import Router, get
from prometheus_client import CollectorRegistry

from adapters.http.admission import MOST_INSIDE
from contract.http.front import open_front


async def yes() -> bool:
    return True


async def no() -> bool:
    return False


async def broken() -> bool:
    raise ConnectionError("no such host: db.internal")


async def test_is_alive_whatever_it_needs_is() -> None:
    async with open_front(parts={"ready": {"database": broken}}) as front:
        answer = await front.http.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "live"})


async def test_is_ready_once_everything_it_needs_is() -> None:
    async with open_front(parts={"ready": {"database": yes}}) as front:
        answer = await front.http.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "checks": {"database": True}})
    assert answer.headers["cache-control"] == "no-store"


async def test_names_what_is_not_ready_and_nothing_about_it() -> None:
    async with open_front(parts={"ready": {"database": broken, "migrations": no, "keys": yes}}) as front:
        answer = await front.http.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "not_ready",
        "checks": {"database": False, "migrations": False, "keys": True},
    }
    assert "db.internal" not in answer.text


async def test_counts_requests_by_route_and_never_by_address() -> None:
    async with open_front(parts={"registry": CollectorRegistry()}) as front:
        for _ in range(2):
            await front.http.get(f"/api/doctors/{front.clinic.chance.new_id()}")
        await front.http.get("/api/one-of-endlessly-many")
        text = (await front.http.get("/metrics")).text
    labels = 'method="GET",route="/api/doctors/{doctor_id}",status="404"'
    assert f"openhours_http_requests_total{{{labels}}} 2.0" in text
    assert "endlessly" not in text


@get("/hang")
async def hang() -> None:
    await asyncio.Event().wait()


async def test_gives_a_request_up_that_takes_too_long() -> None:
    parts = {"routers": [Router("/api/test", route_handlers=[hang])]}
    async with open_front(time_limit_seconds=0.05, parts=parts) as front:
        answer = await front.http.get("/api/test/hang")
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/too-slow")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] == "5"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_turns_one_caller_away_who_asks_for_more_than_half_of_the_house() -> None:
    all_inside, let_go = asyncio.Barrier(MOST_INSIDE // 2 + 1), asyncio.Event()

    @get("/wait", status_code=204, opt={"unlimited": True, "ignores_token": True})
    async def wait() -> None:
        await all_inside.wait()
        await let_go.wait()

    parts = {"routers": [Router("/api/test", route_handlers=[wait])], "registry": CollectorRegistry()}
    async with open_front(parts=parts) as front:
        inside = [asyncio.create_task(front.http.get("/api/test/wait")) for _ in range(MOST_INSIDE // 2)]
        async with asyncio.timeout(30):
            await all_inside.wait()
        turned_away = await front.http.get("/api/clinic")
        well = await front.http.get("/health/live")
        let_go.set()
        answers = await asyncio.gather(*inside)
        after = await front.http.get("/api/clinic")
        figures = (await front.http.get("/metrics")).text

    assert (turned_away.status_code, turned_away.json()["type"]) == (503, "/problems/overloaded")
    assert turned_away.headers["retry-after"] == "2"
    assert int(turned_away.headers["content-length"]) == len(turned_away.content)
    assert turned_away.headers["x-content-type-options"] == "nosniff"
    assert (well.status_code, after.status_code) == (200, 200)
    assert {answer.status_code for answer in answers} == {204}
    assert 'route="turned away",status="503"' in figures
