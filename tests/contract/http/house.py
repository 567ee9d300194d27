"""The product behind the connections that it is served by, and requests as they go over the line."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from adapters.http.admission import MOST_INSIDE
from adapters.http.door import Door
from contract.http.front import open_front

_SECONDS = 60


@dataclass
class House:
    """A server; `full` while half of the places are taken by the address from which the tests come."""

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
