"""HTTP on a free port of the loopback, in a thread of the test's own process, that fails at the socket as it is told to.

What is served is a function from a request to a reply. Faults are scripted beside it, one for each of the next requests.
"""

import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request, whole. Of each name in the query the last value counts."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Break(Enum):
    """How a connection breaks."""

    HANG = "nothing is answered until the test ends; what was asked for is not done"
    DONE_THEN_HANG = "what was asked for is done, and nothing is answered until the test ends"
    RESET = "the connection is reset; what was asked for is not done"
    DONE_THEN_RESET = "what was asked for is done, and the connection is reset"


Fault = Break | Reply


@dataclass
class Wire:
    """What is served under `url`. `asked` has every request, in the order of their coming."""

    url: str
    serve: Callable[[Asked], Reply]
    asked: list[Asked] = field(default_factory=list)
    _faults: list[tuple[str, Fault]] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def fail(self, *faults: Fault, at: str = "") -> None:
        """The next requests with `at` in their path end so, one after the other, before all is well again."""
        self._faults += [(at, fault) for fault in faults]

    def mend(self) -> None:
        """All is well from now on."""
        self._faults.clear()

    def serve_instead(self, serve: Callable[[Asked], Reply]) -> None:
        """From now on, this is served."""
        self.serve = serve

    def fault_of(self, asked: Asked) -> Fault | None:
        self.asked.append(asked)
        for place, (at, fault) in enumerate(self._faults):
            if at in asked.path:
                del self._faults[place]
                return fault
        return None

    def wait_for_the_end(self) -> None:
        self._over.wait()

    def end(self) -> None:
        self._over.set()


class _Handler(BaseHTTPRequestHandler):
    wire: Wire

    def answer(self) -> None:
        parts = urlsplit(self.path)
        asked = Asked(
            method=self.command,
            path=parts.path,
            query={name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()},
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(self.headers.get("content-length") or 0)),
        )
        match self.wire.fault_of(asked):
            case Reply() as reply:
                self._reply(reply)
            case None:
                self._reply(self.wire.serve(asked))
            case Break() as broken:
                if broken in (Break.DONE_THEN_HANG, Break.DONE_THEN_RESET):
                    self.wire.serve(asked)
                if broken in (Break.HANG, Break.DONE_THEN_HANG):
                    self.wire.wait_for_the_end()
                # Closed without a word of farewell, which the other end sees as a reset.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815  # the names that http.server calls

    def _reply(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json; charset=UTF-8", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: `asked` has it."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def shutdown_request(self, request: Any) -> None:
        # Not shut down first, which would be a farewell.
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever was kept waiting has gone: that is what was tested."""


@contextmanager
def wire(serve: Callable[[Asked], Reply]) -> Iterator[Wire]:
    """`serve`, over HTTP, for as long as the block lasts. It is called in threads, several at a time."""
    handler = type("Handler", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    served = Wire(f"http://127.0.0.1:{server.server_address[1]}", serve)
    handler.wire = served  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.end()
        server.shutdown()
        thread.join()
        server.server_close()
