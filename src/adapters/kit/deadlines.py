"""When a call of a library that blocks is over, whatever drips from the other side: such libraries time each read and never the
whole, so that a byte now and then would keep a thread, and its place, for ever."""

import http.client
import io
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_until: ContextVar[float | None] = ContextVar("blocking_call_until", default=None)


@contextmanager
def ending_in(seconds: float) -> Iterator[None]:
    """Calls that are begun inside read nothing any more after that; threads that get a copy of the context are bound by it."""
    before = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(before)


class TimedReads(io.RawIOBase):
    """What a socket says, each word awaited as long as the socket's own timeout allows, all of it until the call is over.

    Raise TimeoutError then.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._each = sock, sock.gettimeout()
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:
        until = _until.get()
        if until is not None:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError("the time of the call is over")
            self._sock.settimeout(left if self._each is None else min(left, self._each))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class TimedResponse(http.client.HTTPResponse):
    """An HTTP answer that is read no longer than its call may last."""

    def __init__(self, sock: socket.socket, *how: Any, **more: Any) -> None:
        super().__init__(sock, *how, **more)
        # Nothing has been read through it yet.
        self.fp.close()
        self.fp = io.BufferedReader(TimedReads(sock))
