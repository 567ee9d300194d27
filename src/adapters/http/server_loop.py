"""The loop of a process that serves: it lets in those who knock by many at once.

libuv accepts one connection a turn of the loop. Under a flood a turn takes many milliseconds, so that whoever connects waits in
line for all who connected before: a balancer's question whether this process is ready took 1.5 seconds, while 99 in 100 refusals
down connections that stood already took 14 milliseconds.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from socket import socket
from typing import Any

import uvloop

_AT_ONCE = 16
"""Beside those whom libuv accepts. Other processes that listen to the same door shall have their share."""


class Loop(uvloop.Loop):
    """uvloop's, whose servers accept some of those who wait behind each whom they accept."""

    async def create_server(self, protocol_factory: Callable[[], Any], *args: Any, **kwargs: Any) -> Any:
        rest = _Rest(self, protocol_factory, kwargs.get("ssl"))
        rest.server = await super().create_server(rest.accepted_one, *args, **kwargs)
        return rest.server


class _Rest:
    """Those who wait behind whoever was just accepted."""

    server: Any = None

    def __init__(self, loop: Loop, protocol_factory: Callable[[], Any], ssl: Any) -> None:
        self._loop, self._protocol_factory, self._ssl = loop, protocol_factory, ssl
        self._comes = False
        self._begun: set[asyncio.Task[Any]] = set()

    def accepted_one(self) -> Any:
        """What is to speak with them."""
        if not self._comes:
            self._comes = True
            self._loop.call_soon(self._accept)
        return self._protocol_factory()

    def _accept(self) -> None:
        self._comes = False
        for listener in self.server.sockets if self.server is not None else ():
            door = socket(listener.family, listener.type, listener.proto, listener.fileno())
            try:
                for _ in range(_AT_ONCE):
                    self._begin(door.accept()[0])
            except OSError:
                # Nobody waits, whoever waited is gone, or there is no room: all of which libuv will be told, too.
                continue
            finally:
                door.detach()

    def _begin(self, connection: socket) -> None:
        def ended(task: asyncio.Task[None]) -> None:
            self._begun.discard(task)
            if task.cancelled():
                connection.close()  # maybe before anything was begun

        task = self._loop.create_task(self._speak(connection))
        self._begun.add(task)
        task.add_done_callback(ended)

    async def _speak(self, connection: socket) -> None:
        if not self.server.is_serving():
            # Closed meanwhile: whoever ends those who are spoken with would not know of one more.
            connection.close()
            return
        # Whoever speaks no TLS, or hangs up before it is agreed on, is nobody to tell of.
        with suppress(OSError):
            await self._loop.connect_accepted_socket(self._protocol_factory, connection, ssl=self._ssl)
