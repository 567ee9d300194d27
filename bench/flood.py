"""Requests that come whatever becomes of those before: as many a second as was said, from many addresses of this machine."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from bench.load import CONFLICT, TAKEN, Answers, kind_of, length_of

HELD, TURNED_AWAY = 201, frozenset({429, 503})
CALLERS = 250
"""Addresses: one alone may not have more than three quarters of the places."""
_REST_SECONDS = 3.0
"""Less than the five for which a connection is kept."""


@dataclass(slots=True)
class Outcome:
    """Answers apart by whether somebody was let in."""

    accepted: Answers = field(default_factory=Answers)
    turned_away: Answers = field(default_factory=Answers)
    held: list[str] = field(default_factory=list)
    """The ids of the holds that were acknowledged."""
    waits: dict[str, int] = field(default_factory=dict)
    """How often whoever was turned away was told to come back after so many seconds; "" where nobody told them."""
    lost: int = 0
    """Requests whose connection ended without an answer."""
    processor: float = 0.0
    """Seconds of it that this flood took itself, on the machine of those whom it asks."""

    def note(self, data: bytes, end: int, seconds: float) -> None:
        """An answer, whole, whose headers end there."""
        status = int(data[9:12])
        answers = self.turned_away if status in TURNED_AWAY else self.accepted
        answers.statuses[status] += 1
        answers.latencies.append(seconds)
        if status == HELD:
            self.held.append(json.loads(data[end + 4 :])["id"])
        elif status == CONFLICT:
            answers.conflicts[kind_of(data)] += 1
        elif status in TURNED_AWAY:
            at = data.find(b"retry-after: ", 0, end)
            told = data[at + 13 : data.find(b"\r\n", at)].decode() if at > 0 else ""
            self.waits[told] = self.waits.get(told, 0) + 1

    def require(self) -> None:
        """Raise AssertionError for an answer that nobody may get, and for a refusal that does not say when to come back."""
        assert not self.lost, f"{self.lost} requests were never answered"
        self.accepted.require(200, HELD, CONFLICT, conflicts=TAKEN)
        assert all(told.isdecimal() and int(told) > 0 for told in self.waits), self.waits

    @property
    def holds(self) -> float:
        """Which part of what was accepted asked for a hold, which costs several times what a look does."""
        return (self.accepted.statuses[HELD] + self.accepted.statuses[CONFLICT]) / self.accepted.count


class _Line(asyncio.Protocol):
    """A kept connection that is idle or waits for one answer."""

    def __init__(self, idle: "deque[_Line]", outcome: Outcome) -> None:
        self._idle, self._outcome = idle, outcome
        self._buffer, self._due_at = b"", 0.0
        self._rests_since = time.perf_counter()
        self.answered = asyncio.Event()
        self.answered.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports write, though they are no asyncio.Transport.
        self._transport = cast("asyncio.Transport", transport)

    def ask(self, request: bytes, due_at: float) -> None:
        """Latency counts from when the request was due, not from when it could be sent."""
        self._due_at = due_at
        self.answered.clear()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer = data = self._buffer + data if self._buffer else data
        end = data.find(b"\r\n\r\n")
        if end < 0 or len(data) < end + 4 + length_of(data, end):
            return
        self._outcome.note(data, end, time.perf_counter() - self._due_at)
        self._buffer = b""
        self._rests_since = time.perf_counter()
        self.answered.set()
        self._idle.append(self)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.answered.is_set():
            self._outcome.lost += 1
            self.answered.set()

    @property
    def is_fresh(self) -> bool:
        """Whether the server cannot be about to close it because nothing was asked for so long."""
        return not self._transport.is_closing() and time.perf_counter() - self._rests_since < _REST_SECONDS

    def close(self) -> None:
        self._transport.close()


async def flood(
    port: int, requests: Iterator[bytes], *, rate: float, seconds: float, callers: int = CALLERS
) -> Outcome:
    """So many requests a second, for so long."""
    outcome, idle, lines = Outcome(), deque[_Line](), list[_Line]()
    loop = asyncio.get_running_loop()
    began, processor = time.perf_counter(), time.process_time()
    for number in range(int(rate * seconds)):
        due_at = began + number / rate
        if (ahead := due_at - time.perf_counter()) > 0 or number % 50 == 0:
            await asyncio.sleep(max(ahead, 0.0))
        while idle and not idle[0].is_fresh:
            idle.popleft().close()
        if not idle:
            own = (f"127.0.1.{len(lines) % callers + 1}", 0)
            _, line = await loop.create_connection(lambda: _Line(idle, outcome), "127.0.0.1", port, local_addr=own)
            lines.append(line)
            idle.append(line)
        idle.popleft().ask(next(requests), due_at)
    async with asyncio.timeout(60):
        await asyncio.gather(*(line.answered.wait() for line in lines))
    for line in lines:
        line.close()
    outcome.accepted.seconds = outcome.turned_away.seconds = time.perf_counter() - began
    outcome.processor = time.process_time() - processor
    return outcome
