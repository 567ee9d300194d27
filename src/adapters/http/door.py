"""Turning away as soon as a request's headers are read: nothing that works on requests is begun for it.

Measured: it takes about half of the processor's time that it takes behind the door, the kernel's apart.
"""

from asyncio import BaseTransport, Transport
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from adapters.http.edge import EdgedLitestar
from adapters.http.together import Together
from adapters.http.turning_away import KIND


class Door(HttpToolsProtocol):
    """One connection. Requests that come behind an unanswered one of the same connection, or to a reader who does not keep
    up, are let through: the edge judges them when it is their turn.
    """

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(cast("Transport", transport))
        self._together = Together(self.transport, self.loop)
        self.transport = cast("Transport", self._together)

    def eof_received(self) -> None:
        self._together.let_go()  # before the transport closes itself

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        if self.transport.is_closing():
            return  # what was sent along with a request that ended the connection
        if cycle is not self.cycle or self.flow.write_paused or not isinstance(app, EdgedLitestar):
            self._begin(cycle, app)
            return
        answer = app.edge.at_the_door(cast("Any", cycle.scope))
        if answer is None:
            self._begin(cycle, app)
            return
        headers, body = answer
        # Whoever waits to be asked for a body may send it or not: where the next request begins is not to be known.
        ends = not cycle.keep_alive or cycle.waiting_for_100_continue
        if ends:
            headers.append((b"connection", b"close"))
        lines = [b"%b: %b\r\n" % header for header in (*self.server_state.default_headers, *headers)]
        said = body if cycle.scope["method"] != "HEAD" else b""
        cycle.response_started = cycle.response_complete = True
        self.transport.write(b"".join((STATUS_LINE[KIND.status], *lines, b"\r\n", said)))
        if ends:
            self.transport.close()
        cycle.on_response()

    def _begin(self, cycle: RequestResponseCycle, app: Any) -> None:
        if not cycle.waiting_for_100_continue:  # which is written before the answer's head
            self._together.begin()
        super()._start_asgi_task(cycle, app)
