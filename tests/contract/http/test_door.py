"""Over real connections: who comes to a full house is told so before anything else is begun, and the connection stays sound."""

import json
import re

from contract.http.house import Heard, get, opened_house, read


def _turned_away(figures: Heard) -> float:
    found = re.findall(rb'requests_total{method="GET",route="turned away",status="503"} (.*)', figures.body)
    return float(found[0]) if found else 0.0


async def test_turns_away_without_beginning_anything_and_keeps_the_connection() -> None:
    async with opened_house() as house:
        counted = _turned_away((await house.say(get("/metrics")))[0])
        reader, writer = await house.opened()
        with house.full():
            writer.write(get("/api/clinic", "X-Request-Id: tell-me-apart"))
            turned_away = await read(reader)
            assert not house.state.tasks
        writer.write(get("/api/clinic"))
        let_in = await read(reader)
        writer.close()
        [figures] = await house.say(get("/metrics"))
    assert turned_away.status == 503
    assert json.loads(turned_away.body)["type"] == "/problems/overloaded"
    assert json.loads(turned_away.body)["instance"] == "/api/clinic"
    told = {"retry-after": "2", "content-type": "application/problem+json", "cache-control": "no-store"}
    assert (
        turned_away.headers.items()
        >= {**told, "x-request-id": "tell-me-apart", "x-content-type-options": "nosniff"}.items()
    )
    assert let_in.status == 200
    assert _turned_away(figures) == counted + 1


async def test_what_must_always_come_in_does() -> None:
    async with opened_house() as house:
        with house.full():
            assert [each.status for each in await house.say(get("/health/live"), get("/metrics"))] == [200, 200]


async def test_a_body_that_nobody_reads_is_no_request() -> None:
    smuggled = get("/api/clinic")
    wish = get("/api/appointments", f"Content-Length: {len(smuggled)}", method="POST") + smuggled
    async with opened_house() as house:
        reader, writer = await house.opened()
        with house.full():
            writer.write(wish[:-20])
            turned_away = await read(reader)
            writer.write(wish[-20:] + get("/health/live"))
            next_one = await read(reader)
        writer.close()
    assert (turned_away.status, next_one.status, next_one.body) == (503, 200, b'{"status":"live"}')


async def test_many_requests_written_at_once_are_answered_in_their_order() -> None:
    async with opened_house() as house:
        with house.full():
            paths = [
                "/api/clinic",
                "/health/live",
                *(f"/api/doctors?{number}" for number in range(3_000)),
                "/health/live",
            ]
            answers = await house.say(*map(get, paths))
    assert [each.status for each in answers] == [200 if path.startswith("/health") else 503 for path in paths]


async def test_a_head_is_answered_without_a_body() -> None:
    async with opened_house() as house:
        with house.full():
            head, live = await house.say(get("/api/clinic", method="HEAD"), get("/health/live"))
    assert (head.status, live.status) == (503, 200)
    assert int(head.headers["content-length"]) > 0


async def test_who_wants_no_further_answer_or_waits_to_be_asked_for_a_body_is_hung_up_on() -> None:
    waits = get("/api/appointments", "Expect: 100-continue", "Content-Length: 2", method="POST")
    old = b"GET /api/clinic HTTP/1.0\r\n\r\n"
    async with opened_house() as house:
        with house.full():
            for request in (get("/api/clinic", "Connection: close"), waits, old):
                reader, writer = await house.opened()
                writer.write(request + get("/health/live"))
                answer = await read(reader)
                assert (answer.status, answer.headers["connection"]) == (503, "close")
                assert await reader.read() == b""
                writer.close()
