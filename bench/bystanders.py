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
from bench.stage import Stage

_EVERY = 0.5


@dataclass(slots=True)
class Heard:
    """What one of them was answered, and how long each answer took, in seconds."""

    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def slowest_ms(self) -> float:
        return round(1_000 * max(self.seconds), 1)


@dataclass(slots=True)
class Bystanders:
    """Each from an address of its own. They go on until they are cancelled."""

    readiness: Heard = field(default_factory=Heard)
    webhooks: Heard = field(default_factory=Heard)
    polite: Heard = field(default_factory=Heard)
    waits: list[float] = field(default_factory=list)
    """Seconds until the patient had what they wanted, however often they were told to come back."""

    def require(self) -> None:
        """Raise AssertionError if the balancer or the provider was ever refused, or the patient never answered."""
        assert {*self.readiness.statuses} == {200}, self.readiness.statuses
        assert {*self.webhooks.statuses} == {200}, self.webhooks.statuses
        assert {*self.polite.statuses} <= {200, 429, 503}, self.polite.statuses
        assert self.waits, "the patient who came back as told was never let in"

    def told(self) -> dict[str, float]:
        return {
            "readiness_slowest_ms": self.readiness.slowest_ms(),
            "webhook_slowest_ms": self.webhooks.slowest_ms(),
            "polite_asked": len(self.polite.statuses),
            "polite_answered": len(self.waits),
            "polite_longest_wait_s": round(max(self.waits), 1),
        }

    async def watch(self, stage: Stage) -> None:
        """All of them, for good."""
        secret = (stage.var / "simulator-secret").read_text()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._ask(stage.port, lambda: get("/health/ready"), self.readiness, "127.0.2.1"))
            group.create_task(self._ask(stage.port, lambda: _event(secret), self.webhooks, "127.0.2.2"))
            group.create_task(self._come_back(stage.port))

    async def _ask(self, port: int, request: Callable[[], bytes], heard: Heard, address: str) -> None:
        while True:
            await _answer(port, request(), heard, address)
            await asyncio.sleep(_EVERY)

    async def _come_back(self, port: int) -> None:
        first = datetime.now(UTC).date() + timedelta(days=1)  # the servers' clock
        wish = get(f"/api/doctors/{doctor_id(0)}/slots?from={first}&to={first + timedelta(days=7)}")
        began = time.perf_counter()
        while True:
            wait = await _answer(port, wish, self.polite, "127.0.2.3")
            if not wait:
                self.waits.append(time.perf_counter() - began)
            await asyncio.sleep(wait or _EVERY)
            began = began if wait else time.perf_counter()


async def _answer(port: int, request: bytes, heard: Heard, address: str) -> float:
    """After how many seconds to come back; none for whoever was let in."""
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    try:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(length_of(head, len(head)))
    finally:
        writer.close()
    heard.statuses.append(status := int(head[9:12]))
    heard.seconds.append(time.perf_counter() - began)
    at = head.find(b"retry-after: ")
    return float(head[at + 13 : head.find(b"\r\n", at)]) if status in (429, 503) else 0.0


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
