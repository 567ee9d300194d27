"""The product's end of a webhook, as small as can be: an HTTP server on a free port that keeps what it was sent."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from support.clock import ManualClock

DEADLINE = 20.0


@dataclass(frozen=True)
class Delivery:
    body: bytes
    signature: str | None

    @property
    def event(self) -> dict[str, Any]:
        return dict(json.loads(self.body))


@dataclass
class Receiver:
    """Answers each request with the next of `statuses`, then with 200 for ever."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    arrived: asyncio.Queue[Delivery] = field(default_factory=asyncio.Queue)

    async def next(self) -> Delivery:
        """The next delivery, which must come before the deadline."""
        return await asyncio.wait_for(self.arrived.get(), DEADLINE)

    async def next_as_time_passes(self, clock: ManualClock) -> Delivery:
        """The next delivery, however long by the clock it is put off."""
        async with asyncio.timeout(DEADLINE):
            while True:
                try:
                    return await asyncio.wait_for(self.arrived.get(), 0.1)
                except TimeoutError:
                    clock.advance(minutes=1)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        body = await reader.readexactly(int(headers["content-length"]))
        status = self.statuses.pop(0) if self.statuses else 200
        writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        self.arrived.put_nowait(Delivery(body, headers.get("stripe-signature")))


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.answer, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/webhooks/payments"
    async with server:
        yield receiver
