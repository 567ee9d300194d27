"""Over real connections: who comes to a full house is told so before anything else is begun, and the connection stays sound."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

from litestar import Litestar
from uvicorn import Config
from uvicorn.server import ServerState

from adapters.http.admission import MOST_INSIDE
from adapters.http.door import Door
from contract.http.front import open_front

_SECONDS = 60


@dataclass
class _House:
    """A server; `full` while half of the places are taken by the address from which the tests come."""

    app: Any
    port: int
    state: ServerState

    async def opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def say(self, *requests: bytes) -> "list[_Answer]":
        """What is answered to these, written at once to one connection, until that is closed or all are answered."""
        reader, writer = await self.opened()
        writer.write(b"".join(requests))
        found = [await _read(reader, bodiless=each.startswith(b"HEAD")) for each in requests]
        writer.close()
        return found

    @contextmanager
    def full(self) -> Iterator[None]:
        scopes: list[Any] = [
            {"path": "/api/clinic", "headers": [], "client": ("127.0.0.1", 1)} for _ in range(MOST_INSIDE // 2)
        ]
        assert [self.app.edge.at_the_door(scope) for scope in scopes] == [None] * len(scopes)
        try:
            yield
        finally:
            for scope in scopes:
                scope["openhours.place"].leave()


@dataclass
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def _get(path: str, *headers: str, method: str = "GET") -> bytes:
    return "\r\n".join((f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", "")).encode()


async def _read(reader: asyncio.StreamReader, *, bodiless: bool = False) -> _Answer:
    async with asyncio.timeout(_SECONDS):
        status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[:-2]
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        length = 0 if bodiless else int(headers.get("content-length", "0"))
        return _Answer(int(status.split()[1]), headers, await reader.readexactly(length))


@asynccontextmanager
async def _house() -> AsyncIterator[_House]:
    async with open_front() as front, _served(front.app) as (port, state):
        yield _House(front.app, port, state)


@asynccontextmanager
async def _served(app: Litestar) -> AsyncIterator[tuple[int, ServerState]]:
    config, state = Config(app, log_config=None, access_log=False, proxy_headers=False), ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Door(config, state, {}), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], state
    finally:
        server.close()
        for connection in list(state.connections):
            connection.shutdown()
        async with asyncio.timeout(_SECONDS):
            await asyncio.gather(*state.tasks)


def _turned_away(figures: _Answer) -> float:
    found = re.findall(rb'requests_total{method="GET",route="turned away",status="503"} (.*)', figures.body)
    return float(found[0]) if found else 0.0


async def test_turns_away_without_beginning_anything_and_keeps_the_connection() -> None:
    async with _house() as house:
        counted = _turned_away((await house.say(_get("/metrics")))[0])
        reader, writer = await house.opened()
        with house.full():
            writer.write(_get("/api/clinic", "X-Request-Id: tell-me-apart"))
            turned_away = await _read(reader)
            assert not house.state.tasks
        writer.write(_get("/api/clinic"))
        let_in = await _read(reader)
        writer.close()
        [figures] = await house.say(_get("/metrics"))
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
    async with _house() as house:
        with house.full():
            assert [each.status for each in await house.say(_get("/health/live"), _get("/metrics"))] == [200, 200]


async def test_a_body_that_nobody_reads_is_no_request() -> None:
    smuggled = _get("/api/clinic")
    wish = _get("/api/appointments", f"Content-Length: {len(smuggled)}", method="POST") + smuggled
    async with _house() as house:
        reader, writer = await house.opened()
        with house.full():
            writer.write(wish[:-20])
            turned_away = await _read(reader)
            writer.write(wish[-20:] + _get("/health/live"))
            next_one = await _read(reader)
        writer.close()
    assert (turned_away.status, next_one.status, next_one.body) == (503, 200, b'{"status":"live"}')


async def test_many_requests_written_at_once_are_answered_in_their_order() -> None:
    async with _house() as house:
        with house.full():
            paths = [
                "/api/clinic",
                "/health/live",
                *(f"/api/doctors?{number}" for number in range(3_000)),
                "/health/live",
            ]
            answers = await house.say(*map(_get, paths))
    assert [each.status for each in answers] == [200 if path.startswith("/health") else 503 for path in paths]


async def test_a_head_is_answered_without_a_body() -> None:
    async with _house() as house:
        with house.full():
            head, live = await house.say(_get("/api/clinic", method="HEAD"), _get("/health/live"))
    assert (head.status, live.status) == (503, 200)
    assert int(head.headers["content-length"]) > 0


async def test_who_wants_no_further_answer_or_waits_to_be_asked_for_a_body_is_hung_up_on() -> None:
    waits = _get("/api/appointments", "Expect: 100-continue", "Content-Length: 2", method="POST")
    old = b"GET /api/clinic HTTP/1.0\r\n\r\n"
    async with _house() as house:
        with house.full():
            for request in (_get("/api/clinic", "Connection: close"), waits, old):
                reader, writer = await house.opened()
                writer.write(request + _get("/health/live"))
                answer = await _read(reader)
                assert (answer.status, answer.headers["connection"]) == (503, "close")
                assert await reader.read() == b""
                writer.close()
