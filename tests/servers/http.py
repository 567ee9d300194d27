"""An HTTP server small enough to misbehave on purpose: whoever answers may also hang, or break the connection."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import parse_qsl


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request as it arrived; names of headers are in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def line(self) -> str:
        """`GET /path`: what a test names a request by."""
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> dict[str, str]:
        """Those of the query or, in a form, of the body."""
        return dict(parse_qsl(self.query or self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True, kw_only=True)
class Reply:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Misbehaviour(Enum):
    HANG = "never answers, and keeps the connection"
    RESET = "breaks the connection without an answer"


HANG, RESET = Misbehaviour.HANG, Misbehaviour.RESET
Answer = Callable[[Request], Awaitable[Reply | Misbehaviour]]


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[str]:
    """The address of a server on the loopback that answers so, one request a connection, for as long as the block lasts.

    What `answer` raises is raised at the end of the block; its client meets a broken connection.
    """
    open_connections: set[asyncio.Task[None]] = set()
    crashes: list[Exception] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _exchange(answer, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            # The client went away, as impatient ones do.
            return
        except Exception as crash:  # noqa: BLE001  # raised at the end of the block
            crashes.append(crash)
        finally:
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(serve(reader, writer))
        open_connections.add(task)
        task.add_done_callback(open_connections.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        hanging = list(open_connections)
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)
        await server.wait_closed()
    if crashes:
        raise crashes[0]


async def _exchange(answer: Answer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    reply = await answer(await _read(reader, writer))
    if reply is HANG:
        await asyncio.Event().wait()
    if isinstance(reply, Misbehaviour):
        sock: socket.socket = writer.get_extra_info("socket")
        # Lingering for no time is what turns closing into a reset.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
        return
    headers = {**reply.headers, "Content-Length": str(len(reply.body)), "Connection": "close"}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(f"HTTP/1.1 {reply.status} X\r\n{head}\r\n".encode() + reply.body)
    await writer.drain()


async def _read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Request:
    first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    if headers.get("expect", "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    path, _, query = target.partition("?")
    body = await _body(reader, headers)
    return Request(method=method, path=path, query=query, headers=headers, body=body)


async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    chunks = []
    while size := int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16):
        chunks.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
    return b"".join(chunks)
