"""Over real connections: an answer is written at once, and whoever asks hears what they would hear if it were not."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from adapters.http.door import Door
from contract.http.house import get, served

_SECONDS = 60
_App = Callable[[Any, Any, Any], Awaitable[None]]


class _Counted:
    """A transport that remembers how often it was written to."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport, self.writes = transport, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        self.writes += 1
        self._transport.write(data)


class _CountingDoor(Door):
    counted: _Counted

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        counted = _CountingDoor.counted = _Counted(cast("asyncio.Transport", transport))
        super().connection_made(cast("asyncio.Transport", counted))


async def _start(send: Any, *headers: tuple[bytes, bytes], status: int = 200) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def _say(send: Any, body: bytes, *, more: bool = False) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})


def _length(length: int) -> tuple[bytes, bytes]:
    return b"content-length", b"%d" % length


async def _short(scope: Any, receive: Any, send: Any) -> None:
    await _start(send, _length(5))
    await _say(send, b"hello")


async def _read_first(scope: Any, receive: Any, send: Any) -> None:
    asked = await receive()
    await _start(send, _length(len(asked["body"])))
    await _say(send, asked["body"])


async def _nothing(scope: Any, receive: Any, send: Any) -> None:
    await _start(send, status=204)
    await _say(send, b"")


async def _in_pieces(scope: Any, receive: Any, send: Any) -> None:
    await _start(send)
    for piece in (b"a", b"", b"b" * 70_000, b"c"):
        await _say(send, piece, more=True)
        await asyncio.sleep(0)
    await _say(send, b"")


async def _last(scope: Any, receive: Any, send: Any) -> None:
    await _start(send, _length(4), (b"connection", b"close"))
    await _say(send, b"bye!")


async def _longer_than_said(scope: Any, receive: Any, send: Any) -> None:
    await _start(send, _length(1))
    await _say(send, b"more")


async def _shorter_than_said(scope: Any, receive: Any, send: Any) -> None:
    await _start(send, _length(9))
    await _say(send, b"less")


async def _breaks_off(scope: Any, receive: Any, send: Any) -> None:
    await _start(send, _length(9))
    raise ValueError("on purpose")


async def _breaks(scope: Any, receive: Any, send: Any) -> None:
    raise ValueError("on purpose")


async def _heard(app: _App, door: type[HttpToolsProtocol], said: bytes) -> bytes:
    async with served(app, door=door) as (port, _), asyncio.timeout(_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(said)
        heard = await reader.read()
        writer.close()
        return heard


_BYE = get("/", "Connection: close")


@pytest.mark.parametrize(
    "said",
    [
        _BYE,
        get("/", "Connection: close", method="HEAD"),
        get("/") + get("/") + _BYE,
        get("/", method="HEAD") + get("/", method="HEAD") + _BYE,
        get("/", "Content-Length: 3", method="POST") + b"abc" + _BYE,
        get("/", "Content-Length: 3", "Expect: 100-continue", method="POST") + b"abc" + _BYE,
        b"GET / HTTP/1.0\r\n\r\n",
        get("/") + b"\0nonsense\r\n\r\n",
    ],
)
@pytest.mark.parametrize(
    "app",
    [
        _short,
        _read_first,
        _nothing,
        _in_pieces,
        _last,
        _longer_than_said,
        _shorter_than_said,
        _breaks_off,
        _breaks,
    ],
)
async def test_whoever_asks_hears_what_uvicorn_alone_would_say(app: _App, said: bytes) -> None:
    plain = await _heard(app, HttpToolsProtocol, said)
    assert plain
    assert await _heard(app, Door, said) == plain


async def test_an_answer_is_written_at_once() -> None:
    async with served(_short, door=_CountingDoor) as (port, _), asyncio.timeout(_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in range(1, 4):
            writer.write(get("/"))
            await reader.readuntil(b"hello")
            assert _CountingDoor.counted.writes == number
        writer.close()


async def test_whoever_waits_to_be_asked_for_a_body_is_asked() -> None:
    async with served(_read_first) as (port, _), asyncio.timeout(_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(get("/", "Content-Length: 3", "Expect: 100-continue", method="POST"))
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(b"abc")
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 OK\r\n")
        assert await reader.readexactly(3) == b"abc"
        writer.close()


async def test_an_answer_whose_body_comes_later_has_begun() -> None:
    begun = asyncio.Event()

    async def later(scope: Any, receive: Any, send: Any) -> None:
        await _start(send, _length(5))
        await begun.wait()
        await _say(send, b"hello")

    async with served(later) as (port, _), asyncio.timeout(_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(get("/"))
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 OK\r\n")
        begun.set()
        assert await reader.readexactly(5) == b"hello"
        writer.close()


async def test_a_head_is_heard_though_no_body_follows() -> None:
    async with served(_short) as (port, _), asyncio.timeout(_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(get("/", method="HEAD"))
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 OK\r\n")
        writer.close()


async def test_a_head_is_heard_by_whoever_says_no_more_after_asking() -> None:
    class Hasty(Door):
        """Hears the end of the line when the answer has begun and nothing was written yet."""

        def on_response_complete(self) -> None:
            super().on_response_complete()
            if not self.eof_received():
                cast("Any", self.transport)._transport.close()

    async with served(_short, door=Hasty) as (port, _), asyncio.timeout(_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(get("/", method="HEAD"))
        assert (await reader.read()).startswith(b"HTTP/1.1 200 OK\r\n")
        writer.close()


@pytest.mark.parametrize(("method", "body"), [("GET", b"hello"), ("HEAD", b"")])
async def test_whoever_says_no_more_hears_all_though_the_answer_before_is_not_read_yet(
    method: str, body: bytes
) -> None:
    said, ended, said_again, doors = asyncio.Event(), asyncio.Event(), asyncio.Event(), list[Any]()

    class Known(Door):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            super().connection_made(transport)
            doors.append(self)

        def eof_received(self) -> None:
            super().eof_received()
            ended.set()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == "/first":
            await _start(send)
            while not doors[0].transport.get_write_buffer_size():
                await _say(send, b"x" * 16_384, more=True)
            await _say(send, b"")
            said.set()
            return
        await ended.wait()
        assert doors[0].transport.is_closing()
        await _start(send, _length(5))
        await asyncio.sleep(0.01)  # the body comes in another turn than the head
        await _say(send, b"hello")
        said_again.set()

    async with served(app, door=Known) as (port, _), asyncio.timeout(_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.transport.pause_reading()  # type: ignore[attr-defined]  # which sockets can
        writer.write(get("/first"))
        await said.wait()
        writer.write(get("/second", method=method))
        writer.write_eof()
        await said_again.wait()
        writer.transport.resume_reading()  # type: ignore[attr-defined]  # which sockets can
        heard = (await reader.read()).split(b"HTTP/1.1 200 OK\r\n")
        writer.close()
    assert len(heard) == 3
    assert heard[2].endswith(b"\r\n\r\n" + body)


async def test_who_does_not_read_is_not_written_to_without_end() -> None:
    said, paused = 0, asyncio.Event()

    class Patient(Door):
        def pause_writing(self) -> None:
            super().pause_writing()
            paused.set()

    async def endless(scope: Any, receive: Any, send: Any) -> None:
        nonlocal said
        await _start(send)
        while said < 1_000:
            await _say(send, b"x" * 65_536, more=True)
            said += 1
        await _say(send, b"")

    async with served(endless, door=Patient) as (port, state), asyncio.timeout(_SECONDS):
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1_024)
        writer.write(get("/"))
        await paused.wait()
        assert said < 1_000
        writer.transport.abort()
        await asyncio.gather(*state.tasks)


async def test_whoever_is_gone_is_not_written_to(caplog: pytest.LogCaptureFixture) -> None:
    gone = asyncio.Event()

    async def to_nobody(scope: Any, receive: Any, send: Any) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        gone.set()
        await _start(send, _length(5))
        await _say(send, b"hello")

    async with served(to_nobody) as (port, _), asyncio.timeout(_SECONDS):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(get("/"))
        await writer.drain()
        writer.close()
        await gone.wait()
    assert not caplog.records
