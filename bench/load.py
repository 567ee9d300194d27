"""Requests in a closed loop over a few connections, at a cost that disturbs what is measured as little as can be.

The answers are read as far as their status and their end; what they say is for the tests. Run it on uvloop, with requests that are
bytes already: about a third less of the processor's time than on asyncio's own loop.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from math import ceil
from typing import cast

CONFLICT = 409
TAKEN = frozenset({"slot-taken", "patient-busy"})
"""The conflicts that a wish for a random slot may meet."""


@dataclass(slots=True)
class Answers:
    """What came of a load: how often each status, how long each answer took, in all how many seconds."""

    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    codes: list[int] = field(default_factory=list)
    """The status of each, beside its latency."""
    conflicts: Counter[str] = field(default_factory=Counter)
    """Of the answers 409, how often each reason."""
    processor: float = 0.0
    """Seconds of it that the load itself took."""

    @property
    def count(self) -> int:
        return len(self.latencies)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.count / self.seconds

    def of(self, status: int) -> "Answers":
        """Those answers alone, by how long they took."""
        chosen = [took for code, took in zip(self.codes, self.latencies, strict=True) if code == status]
        return Answers(Counter({status: len(chosen)}), chosen, self.seconds)

    def require(self, *expected: int, conflicts: AbstractSet[str] = frozenset()) -> None:
        """Raise AssertionError if something else was answered, or a 409 for another reason: a fault is no fast answer."""
        assert self.count, "nothing was answered"
        assert self.statuses.keys() <= {*expected}, self.statuses
        assert self.conflicts.keys() <= conflicts, self.conflicts

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.latencies)
        return 1_000 * ordered[max(ceil(share * len(ordered)) - 1, 0)]


class _Line(asyncio.Protocol):
    """One kept connection: a request, its answer, the next request."""

    def __init__(self, requests: Iterator[bytes], answers: Answers, until: float) -> None:
        self._requests, self._answers, self._until = requests, answers, until
        self._buffer, self._asked_at = b"", 0.0
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports write, though they are no asyncio.Transport.
        self._transport = cast("asyncio.Transport", transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self._buffer = data = self._buffer + data if self._buffer else data
        end = data.find(b"\r\n\r\n")
        if end < 0 or len(data) < end + 4 + length_of(data, end):
            return
        status = int(data[9:12])
        self._answers.statuses[status] += 1
        if status == CONFLICT:
            self._answers.conflicts[kind_of(data)] += 1
        self._answers.codes.append(status)
        self._answers.latencies.append(time.perf_counter() - self._asked_at)
        self._buffer = b""
        self._next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.over.done():
            self.over.set_exception(error or ConnectionError("the server closed a connection"))

    def _next(self) -> None:
        self._asked_at = time.perf_counter()
        request = next(self._requests, None) if self._asked_at < self._until else None
        if request is None:
            if not self.over.done():
                self.over.set_result(None)
            self._transport.close()
        else:
            self._transport.write(request)


def length_of(data: bytes, end: int) -> int:
    """Of the body, by the headers before `end`; without one it has none."""
    at = data.find(b"content-length: ", 0, end)
    return int(data[at + 16 : data.find(b"\r\n", at)]) if at > 0 else 0


def kind_of(data: bytes) -> str:
    """The last part of a problem's type."""
    kind = data.partition(b'"type":"')[2].partition(b'"')[0]
    return kind.rpartition(b"/")[2].decode()


async def load(port: int, requests: Iterator[bytes], *, connections: int, seconds: float) -> Answers:
    """Ask as fast as answers come, until the time is over or the requests are."""
    answers, began, processor = Answers(), time.perf_counter(), time.process_time()
    loop = asyncio.get_running_loop()
    lines = [
        (await loop.create_connection(lambda: _Line(requests, answers, began + seconds), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    await asyncio.gather(*(line.over for line in lines))
    answers.seconds, answers.processor = time.perf_counter() - began, time.process_time() - processor
    return answers


def get(path: str, *, token: str | None = None) -> bytes:
    """A request as it goes over the line, by nobody or by whoever has the token."""
    who = "" if token is None else f"Authorization: Bearer {token}\r\n"
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n{who}\r\n".encode()


def post(path: str, body: bytes, headers: str) -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{headers}"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body
