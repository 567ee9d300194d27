"""Who else asks while a flood comes: the balancer, the payment provider, and one patient who does as they are told."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from adapters.payments.signatures import sign
from bench.load import get, length_of, post
from bench.seed import doctor_id

_EVERY = 0.5
_LONGEST_OPEN = 2.0
"""Seconds: a question that has waited longer when all is over was not just asked, it was not answered."""


@dataclass(slots=True)
class Heard:
    """What one of them was answered, and how long each answer took, in seconds; whoever had none yet waited as long at least."""

    asked: int = 0
    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def slowest_ms(self) -> float:
        return round(1_000 * max(self.seconds), 1)

    def require(self, *statuses: int, open_for: float) -> None:
        """Raise AssertionError for another status, and where a question was left open for long."""
        assert {*self.statuses} <= {*statuses}, self.statuses
        assert self.statuses, "never answered"
        # The one that was just asked when all was over may be open, but no longer than so many seconds.
        assert self.asked - len(self.statuses) <= 1, f"{self.asked} asked, {len(self.statuses)} answered"
        assert self.seconds[-1] < open_for or self.asked == len(self.statuses), "the last was not answered"


@dataclass(slots=True)
class Bystanders:
    """Each from an address of its own. They go on until they are cancelled."""

    readiness: Heard = field(default_factory=Heard)
    webhooks: Heard = field(default_factory=Heard)
    polite: Heard = field(default_factory=Heard)
    waits: list[float] = field(default_factory=list)
    """Seconds until the patient had what they wanted, however often they were told to come back; the last may still be waiting."""

    def require(self, *, open_for: float = _LONGEST_OPEN) -> None:
        """Raise AssertionError if the balancer or the provider was ever refused or left waiting, or the patient never answered."""
        self.readiness.require(200, open_for=open_for)
        self.webhooks.require(200, open_for=open_for)
        self.polite.require(200, 429, 503, open_for=open_for)
        assert 200 in self.polite.statuses, "the patient who came back as told was never let in"

    def told(self) -> dict[str, float]:
        return {
            "readiness_slowest_ms": self.readiness.slowest_ms(),
            "webhook_slowest_ms": self.webhooks.slowest_ms(),
            "polite_asked": self.polite.asked,
            "polite_answered": self.polite.statuses.count(200),
            "polite_longest_wait_s": round(max(self.waits), 1),
        }

    async def watch(self, port: int, secret: str) -> None:
        """All of them, for good; the provider signs with that secret."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._ask(port, lambda: get("/health/ready"), self.readiness, "127.0.2.1"))
            group.create_task(self._ask(port, lambda: _event(secret), self.webhooks, "127.0.2.2"))
            group.create_task(self._come_back(port))

    async def _ask(self, port: int, request: Callable[[], bytes], heard: Heard, address: str) -> None:
        while True:
            await _answer(port, request(), heard, address)
            await asyncio.sleep(_EVERY)

    async def _come_back(self, port: int) -> None:
        first = datetime.now(UTC).date() + timedelta(days=1)  # the servers' clock
        wish = get(f"/api/doctors/{doctor_id(0)}/slots?from={first}&to={first + timedelta(days=7)}")
        while True:
            began = time.perf_counter()
            try:
                await self._until_let_in(port, wish)
            finally:
                self.waits.append(time.perf_counter() - began)
            await asyncio.sleep(_EVERY)

    async def _until_let_in(self, port: int, wish: bytes) -> None:
        while True:
            wait = await _answer(port, wish, self.polite, "127.0.2.3")
            if not wait:
                return
            await asyncio.sleep(wait)


async def _answer(port: int, request: bytes, heard: Heard, address: str) -> float:
    """After how many seconds to come back; none for whoever was let in."""
    heard.asked += 1
    began = time.perf_counter()
    try:
        head = await _head_of(port, request, address)
    finally:
        heard.seconds.append(time.perf_counter() - began)
    heard.statuses.append(status := int(head[9:12]))
    at = head.find(b"retry-after: ")
    return float(head[at + 13 : head.find(b"\r\n", at)]) if status in (429, 503) else 0.0


async def _head_of(port: int, request: bytes, address: str) -> bytes:
    """Of the answer, once all of it is there."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    try:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(length_of(head, len(head)))
    finally:
        writer.close()
    return head


def _event(secret: str) -> bytes:
    """Signed as the provider's are, of a payment that nobody knows: kept, and nothing else comes of it."""
    subject = {"id": f"cs_{uuid4().hex}", "object": "checkout.session"}
    event = {
        "id": f"evt_{uuid4().hex}",
        "object": "event",
        "type": "checkout.session.completed",
        "livemode": False,
        "data": {"object": subject},
    }
    body = json.dumps(event).encode()
    signature = sign(body, [secret], at=datetime.now(UTC))  # the servers' clock
    return post("/api/webhooks/payments", body, f"Stripe-Signature: {signature}\r\n")
