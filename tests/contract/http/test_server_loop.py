"""Who knocks is let in, however many knock at once."""

import asyncio
import socket
import ssl
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import uvloop

from adapters.http.server_loop import Loop
from support.mailserver import make_certificate

_SECONDS, _KNOCKING, _FEW = 60, 80, 10


class _Greeting(asyncio.Protocol):
    greeted = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        _Greeting.greeted += 1
        transport.write(b"hello")  # type: ignore[attr-defined]  # uvloop's transports write
        transport.close()


async def _turns_until_all_are_greeted() -> int:
    """Of the loop; all of them knock before it turns."""
    _Greeting.greeted = 0
    server = await asyncio.get_running_loop().create_server(_Greeting, "127.0.0.1", 0, backlog=2 * _KNOCKING)
    turns = 0
    with ExitStack() as open_until_then:
        for _ in range(_KNOCKING):
            open_until_then.enter_context(socket.create_connection(server.sockets[0].getsockname(), timeout=_SECONDS))
        async with asyncio.timeout(_SECONDS):
            while _Greeting.greeted < _KNOCKING:
                await asyncio.sleep(0)
                turns += 1
        server.close()
        await asyncio.sleep(0)
    return turns


def test_all_who_knock_are_let_in_within_a_few_turns() -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        assert runner.run(_turns_until_all_are_greeted()) >= _KNOCKING  # what this is for
    with asyncio.Runner(loop_factory=Loop) as runner:
        assert runner.run(_turns_until_all_are_greeted()) < _KNOCKING // 2


def test_whoever_knocks_is_answered_once_and_nobody_when_it_is_closed() -> None:
    async def knock() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(_Greeting, "127.0.0.1", 0)
        address = server.sockets[0].getsockname()

        async def greeted() -> bytes:
            reader, writer = await asyncio.open_connection(*address)
            heard = await reader.read()
            writer.close()
            return heard

        async with asyncio.timeout(_SECONDS):
            assert await asyncio.gather(*(greeted() for _ in range(_KNOCKING))) == [b"hello"] * _KNOCKING
            gone = [socket.create_connection(address) for _ in range(_KNOCKING)]
            for each in gone:
                each.close()
            assert await greeted() == b"hello"
            server.close()
            await server.wait_closed()
            refused = False
            try:
                await greeted()
            except ConnectionError:
                refused = True
            assert refused

    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(knock())


@pytest.mark.parametrize("interrupted", [False, True], ids=["closed", "interrupted"])
def test_whom_nobody_speaks_with_any_more_is_hung_up_on(interrupted: bool) -> None:
    async def knock() -> None:
        loop, me, stopped = asyncio.get_running_loop(), asyncio.current_task(), asyncio.Event()

        def stop() -> None:
            """Those who waited are accepted, and nobody has begun to speak with them."""
            for each in asyncio.all_tasks() - {me} if interrupted else ():
                each.cancel()
            server.close()
            stopped.set()

        def greeting() -> _Greeting:
            if not stopped.is_set():
                loop.call_soon(stop)
            return _Greeting()

        server = await loop.create_server(greeting, "127.0.0.1", 0, backlog=2 * _FEW)
        with ExitStack() as open_until_then:
            address = server.sockets[0].getsockname()
            knocking = [open_until_then.enter_context(socket.create_connection(address)) for _ in range(_FEW)]
            async with asyncio.timeout(_SECONDS):
                await stopped.wait()
                heard = [await _heard(each) for each in knocking]
            await server.wait_closed()
        # The first was spoken with already.
        assert heard == [b"hello", *[b""] * (_FEW - 1)]

    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(knock())


async def _heard(knocking: socket.socket) -> bytes:
    knocking.setblocking(False)
    try:
        return await asyncio.get_running_loop().sock_recv(knocking, 99)
    except ConnectionResetError:
        return b""


def test_who_knocks_by_tls_is_spoken_with_whoever_else_knocks_without(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.load_cert_chain(certificate)
    own = ssl.create_default_context(cafile=str(certificate))

    async def knock() -> None:
        went_wrong: list[Any] = []
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, what: went_wrong.append(what))
        server = await loop.create_server(_Greeting, "127.0.0.1", 0, ssl=theirs, backlog=4 * _FEW)
        address = server.sockets[0].getsockname()

        async def greeted() -> bytes:
            reader, writer = await asyncio.open_connection(*address, ssl=own)
            heard = await reader.read()
            writer.close()
            return heard

        with ExitStack() as open_until_then:
            for number in range(_FEW):
                plain = open_until_then.enter_context(socket.create_connection(address))
                plain.send(b"GET / HTTP/1.1\r\n\r\n")
                if number % 2:
                    plain.close()
            async with asyncio.timeout(_SECONDS):
                assert await asyncio.gather(*(greeted() for _ in range(_FEW))) == [b"hello"] * _FEW
                server.close()
                await server.wait_closed()
        assert went_wrong == []

    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(knock())
