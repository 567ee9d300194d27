"""Turning away as soon as a request's headers are read: nothing that works on requests is begun for it. What can be told of
without parsing is turned away unparsed.

Measured, the kernel's 7 µs included: 18 µs unparsed, 29 by the parser, and about twice that behind the door.
"""

from asyncio import BaseTransport, Transport
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from adapters.http.edge import Edge, EdgedLitestar, request_id_of
from adapters.http.one_write import OneWrite
from adapters.http.unparsed import unparsed_scope


class Door(HttpToolsProtocol):
    """One connection. Requests that come behind an unanswered one of the same connection, or to a reader who does not keep
    up, are let through: the edge judges them when it is their turn.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        app: Any = self.app
        self._edge: Edge | None = app.edge if isinstance(app, EdgedLitestar) else None
        self._between = True
        """Whether the parser is between two requests: all of the one before has come, and nothing of the next."""
        self._answered_at = 0.0
        """When somebody was last turned away unparsed."""

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(cast("Transport", transport))
        self._one_write = OneWrite(self.transport, self.loop)
        self.transport = cast("Transport", self._one_write)

    def eof_received(self) -> None:
        self._one_write.let_go()  # before the transport closes itself

    def data_received(self, data: bytes) -> None:
        if (
            (edge := self._edge) is None
            or not edge.may_turn_away(self.client)
            or not self._can_answer()
            or (seen := unparsed_scope(data, self.client)) is None
            or not edge.turns_away(seen)
        ):
            super().data_received(data)
            return
        self._turn_away(edge, seen, last=False)
        self.server_state.total_requests += 1
        self._answered_at = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def timeout_keep_alive_handler(self) -> None:
        """Whoever was turned away unparsed meanwhile has been idle only since then: one timer instead of one a refusal."""
        left = self._answered_at + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()

    def _can_answer(self) -> bool:
        """Whether whatever comes now is a request, and the one to be answered next, by somebody who reads answers."""
        latest: RequestResponseCycle | None = self.cycle
        return (
            self._between
            and (latest is None or latest.response_complete)
            and not self.flow.write_paused
            and not self.transport.is_closing()
        )

    def on_message_begin(self) -> None:
        self._between = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        # Behind a request for another protocol there is no request.
        self._between = not self.parser.should_upgrade()
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        if self.transport.is_closing():
            return  # what was sent along with a request that ended the connection
        if (
            cycle is not self.cycle
            or self.flow.write_paused
            or self._edge is None
            or self._edge.lets_in(cast("Any", cycle.scope))
        ):
            if not cycle.waiting_for_100_continue:  # which is written before the answer's head
                self._one_write.begin()
            super()._start_asgi_task(cycle, app)
            return
        # Whoever waits to be asked for a body may send it or not: where the next request begins is not to be known.
        ends = not cycle.keep_alive or cycle.waiting_for_100_continue
        cycle.response_started = cycle.response_complete = True
        self._turn_away(self._edge, cycle.scope, last=ends)
        cycle.on_response()

    def _turn_away(self, edge: Edge, scope: Any, *, last: bool) -> None:
        request_id = request_id_of(scope).encode()
        self.transport.write(edge.turning_away.written(scope, request_id, self.server_state.default_headers, last=last))
        if last:
            self.transport.close()
