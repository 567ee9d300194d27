"""Who knocks is let in, however many knock at once."""

import asyncio
import socket
from contextlib import ExitStack

import pytest
import uvloop

from adapters.http.server_loop import Loop

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


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "interrupted"])
def test_whom_nobody_speaks_with_any_more_is_hung_up_on(closed: bool) -> None:
    async def knock() -> None:
        loop, me, stopped = asyncio.get_running_loop(), asyncio.current_task(), asyncio.Event()

        def stop() -> None:
            """Those who waited are accepted, and nobody has begun to speak with them."""
            if closed:
                server.close()
            else:
                for each in asyncio.all_tasks() - {me}:
                    each.cancel()
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
            server.close()
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
