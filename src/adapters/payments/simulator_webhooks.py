"""Webhooks of the simulated payment provider: queued in its state, signed, and sent over HTTP until they are taken."""

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import httpx
import msgspec
import structlog

from adapters.kit.faults import Fault, Faults
from adapters.kit.simulator_state import Books, Shelf, SimulatorState
from adapters.payments.signatures import HEADER, check, sign
from adapters.payments.simulator_sessions import Session
from scheduling_core.errors import InvalidInput
from scheduling_core.instants import seconds_of
from scheduling_core.ports.payments import PaymentHint
from scheduling_core.ports.system import Clock

EVENTS = frozenset(
    {
        "checkout.session.completed",
        "checkout.session.expired",
        "payment_intent.payment_failed",
        "payment_intent.canceled",
        "charge.captured",
        "charge.refunded",
        "charge.dispute.created",
        "charge.dispute.closed",
    }
)
"""The events that mean something to the product, in Stripe's words."""

_LEASE = timedelta(seconds=30)
_KEEP_TRYING = timedelta(days=3)
_REORDER_WINDOW = timedelta(seconds=2)
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 300.0
_WAITING = "waiting"
_AT_ONCE, _MOST_LEASED = 4, 64
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One sending of one event, still to be done."""

    id: str
    body: str
    queued_at: datetime
    due_at: datetime
    attempts: int = 0
    reversed: bool = False
    lane: str = ""
    """Deliveries of one lane go one after the other: a session's in the order of its turns."""


_DELIVERIES = Shelf("payments.webhooks", Delivery)


class Webhooks:
    """The queue, its sender, and the reader of what was sent. At least once, from whichever process comes first."""

    def __init__(
        self, state: SimulatorState, faults: Faults, clock: Clock, *, url: str, secrets: Sequence[str]
    ) -> None:
        if not secrets:
            raise ValueError("webhooks need a secret to be signed with")
        self._state = state
        self._faults = faults
        self._clock = clock
        self._url = url
        self._secrets = tuple(secrets)
        self._queued = asyncio.Event()

    def queue(self, books: Books, kind: str, session: Session) -> None:
        """Tell the product of `session`, in the transaction that changed it. The event names opaque ids, nothing else."""
        now = self._clock.now()
        if self._faults.take(books, "payments", Fault.SILENCE):
            return
        metadata = {"payment_id": session.payment_id, "appointment_id": session.appointment_id}
        event = {
            "id": f"evt_sim_{uuid.uuid4().hex}",
            "object": "event",
            "type": kind,
            "created": seconds_of(now),
            "livemode": False,
            "data": {"object": {"id": session.id, "object": "checkout.session", "metadata": metadata}},
        }
        body = msgspec.json.encode(event).decode()
        copies = 2 if self._faults.take(books, "payments", Fault.DUPLICATE) else 1
        late = self._faults.take(books, "payments", Fault.REORDER) is not None
        due_at = now + _REORDER_WINDOW if late else now
        if late:
            for waiting in _DELIVERIES.tagged(books, _WAITING):
                if waiting.reversed:
                    self._put(books, replace(waiting, due_at=due_at))
        for _ in range(copies):
            id, lane = uuid.uuid4().hex, "" if late else session.id
            delivery = Delivery(id=id, body=body, queued_at=now, due_at=due_at, reversed=late, lane=lane)
            self._put(books, delivery)
        self._queued.set()

    def read(self, body: bytes, signature: str | None) -> PaymentHint | None:
        """What an authentic event hints at. Raise InvalidInput for any other."""
        check(body, signature, self._secrets, now=self._clock.now())
        try:
            event = msgspec.json.decode(body, type=_Event)
        except msgspec.MsgspecError as error:
            raise InvalidInput("body", "The event cannot be read.") from error
        if event.livemode:
            raise InvalidInput("livemode", "The event is of the other mode: real money.")
        if event.type not in EVENTS:
            return None
        return PaymentHint(event_id=event.id, ref=event.data.object.id)

    async def deliver_due(self, client: httpx.AsyncClient) -> None:
        """Send what is due, each once: taken with a 2xx it is done, otherwise it waits longer each time, for three days."""
        lanes: dict[str, list[Delivery]] = {}
        for delivery in await self._state.write(self._lease):
            lanes.setdefault(delivery.lane, []).append(delivery)
        places = asyncio.Semaphore(_AT_ONCE)

        async def deliver(lane: list[Delivery]) -> None:
            async with places:
                for delivery in lane:
                    taken = await self._send(client, delivery)
                    await self._state.write(partial(self._settle, sent=delivery, taken=taken))

        async with asyncio.TaskGroup() as group:
            for lane in lanes.values():
                group.create_task(deliver(lane))

    async def queued(self, *, patience: float) -> None:
        """Return when this process has queued something, or after `patience` seconds."""
        try:
            await asyncio.wait_for(self._queued.wait(), patience)
        except TimeoutError:
            return
        self._queued.clear()

    def client(self) -> httpx.AsyncClient:
        """What to deliver with. It goes straight to the product, whatever proxies the environment names."""
        return httpx.AsyncClient(timeout=10.0, trust_env=False)

    async def _send(self, client: httpx.AsyncClient, delivery: Delivery) -> bool:
        body = delivery.body.encode()
        signature = sign(body, self._secrets, at=self._clock.now())
        headers = {HEADER: signature, "Content-Type": "application/json; charset=utf-8"}
        try:
            response = await client.post(self._url, content=body, headers=headers)
        except httpx.HTTPError as error:
            log.warning("webhook_not_delivered", error=type(error).__name__)
            return False
        if not response.is_success:
            log.warning("webhook_not_taken", status=response.status_code)
        return response.is_success

    def _lease(self, books: Books) -> list[Delivery]:
        now = self._clock.now()
        due = [waiting for waiting in _DELIVERIES.tagged(books, _WAITING) if waiting.due_at <= now][:_MOST_LEASED]
        for delivery in due:
            self._put(books, replace(delivery, due_at=now + _LEASE))
        in_order = [delivery for delivery in due if not delivery.reversed]
        return in_order + [delivery for delivery in reversed(due) if delivery.reversed]

    def _settle(self, books: Books, *, sent: Delivery, taken: bool) -> None:
        now = self._clock.now()
        if taken or now - sent.queued_at >= _KEEP_TRYING:
            _DELIVERIES.drop(books, sent.id)
            return
        wait = timedelta(seconds=min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(sent.attempts, 20)))
        self._put(books, replace(sent, attempts=sent.attempts + 1, due_at=now + wait))

    def _put(self, books: Books, delivery: Delivery) -> None:
        _DELIVERIES.put(books, delivery.id, delivery, tag=_WAITING)


@dataclass(frozen=True, slots=True)
class _Subject:
    id: str


@dataclass(frozen=True, slots=True)
class _Data:
    object: _Subject


@dataclass(frozen=True, slots=True)
class _Event:
    id: str
    type: str
    data: _Data
    livemode: bool = False
