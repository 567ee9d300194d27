"""The product behind the connections that it is served by, and requests as they go over the line."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from adapters.http.admission import MOST_INSIDE
from adapters.http.door import Door
from contract.http.front import open_front

_SECONDS = 60


def half_taken(app: Any) -> AbstractContextManager[None]:
    """While it lasts, the address from which the tests come has as many places as one caller may have."""
    return _taken(app, 1)


def all_taken(app: Any) -> AbstractContextManager[None]:
    """While it lasts, there is no place for anybody."""
    return _taken(app, 2)


@contextmanager
def _taken(app: Any, halves: int) -> Iterator[None]:
    scopes: list[Any] = [
        {"path": "/api/clinic", "headers": [], "client": (f"127.0.0.{half + 1}", 1)}
        for half in range(halves)
        for _ in range(MOST_INSIDE // 2)
    ]
    assert all(app.edge.lets_in(scope) for scope in scopes)
    try:
        yield
    finally:
        for scope in scopes:
            scope["openhours.place"].leave()


@dataclass
class House:
    """A server; `full` for the address from which the tests come."""

    app: Any
    port: int
    state: ServerState

    async def opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def say(self, *requests: bytes) -> "list[Heard]":
        """What is answered to these, written at once to one connection, until that is closed or all are answered."""
        reader, writer = await self.opened()
        writer.write(b"".join(requests))
        found = [await read(reader, bodiless=each.startswith(b"HEAD")) for each in requests]
        writer.close()
        return found

    def full(self) -> AbstractContextManager[None]:
        return half_taken(self.app)


@dataclass
class Heard:
    status: int
    headers: dict[str, str]
    body: bytes


def get(path: str, *headers: str, method: str = "GET") -> bytes:
    return "\r\n".join((f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", "")).encode()


async def read(reader: asyncio.StreamReader, *, bodiless: bool = False) -> Heard:
    async with asyncio.timeout(_SECONDS):
        status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[:-2]
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        length = 0 if bodiless else int(headers.get("content-length", "0"))
        return Heard(int(status.split()[1]), headers, await reader.readexactly(length))


@asynccontextmanager
async def opened_house() -> AsyncIterator[House]:
    async with open_front() as front, served(front.app) as (port, state):
        yield House(front.app, port, state)


@asynccontextmanager
async def served(app: Any, *, door: type[HttpToolsProtocol] = Door) -> AsyncIterator[tuple[int, ServerState]]:
    """Where it listens, and what it has to do."""
    config, state = Config(app, log_config=None, access_log=False, proxy_headers=False), ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: door(config, state, {}), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], state
    finally:
        server.close()
        for connection in list(state.connections):
            connection.shutdown()
        async with asyncio.timeout(_SECONDS):
            await asyncio.gather(*state.tasks)
