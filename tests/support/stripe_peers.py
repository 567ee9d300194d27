"""Servers of others that know a part of Stripe, each behind our own model, which stands in for the parts that they lack.

localstripe has payment intents, captures and refunds, and no checkout; emulate has the checkout, and no money behind it.
"""

import json
from typing import Any

import httpx

from scheduling_core.errors import ProviderRefused
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.system import Clock
from servers.http import Reply, Request
from support.stripe_wire import Refusal, StripeWire


class Behind(StripeWire):
    """Our own model of the account, with `peer` asked for what it knows."""

    def __init__(self, clock: Clock, peer: httpx.AsyncClient) -> None:
        super().__init__(clock)
        self._peer = peer
        self.peer_asked = 0
        """How often it was: a test in which it never was is judged by our own model alone."""
        peer.event_hooks = {"request": [self._count]}

    async def _count(self, _: httpx.Request) -> None:
        self.peer_asked += 1

    async def _ask(self, method: str, path: str, **form: object) -> dict[str, Any]:
        answer = await self._peer.request(method, path, data=form or None)
        if not answer.is_success:
            raise Refusal(answer.status_code, answer.json()["error"].get("code") or "")
        return dict(answer.json())


class Localstripe(Behind):
    """Money is localstripe's: what the adapter says of payment intents and refunds is passed to it word for word."""

    def __init__(self, clock: Clock, peer: httpx.AsyncClient) -> None:
        super().__init__(clock, peer)
        self._intents: dict[str, dict[str, Any]] = {}

    async def pay(self, id: str) -> None:
        """The payer enters a card on our page; localstripe reserves the money."""
        self.change(id, lambda session: session.authorize(self.clock.now()))
        session = self.sessions[id]
        card = {"card[number]": "4242424242424242", "card[exp_month]": 12, "card[exp_year]": 2040, "card[cvc]": "123"}
        method = await self._ask("POST", "/v1/payment_methods", type="card", **card)
        self._intents[id] = await self._ask(
            "POST",
            "/v1/payment_intents",
            amount=session.amount,
            currency=session.currency,
            payment_method=method["id"],
            capture_method="manual",
            confirm="true",
        )

    async def answer(self, request: Request) -> Reply:
        if request.path.startswith(("/v1/payment_intents", "/v1/refunds")):
            return await self._passed_on(request)
        for id, intent in self._intents.items():
            self._intents[id] = await self._ask("GET", f"/v1/payment_intents/{intent['id']}")
        return await super().answer(request)

    async def _passed_on(self, request: Request) -> Reply:
        """It happens at localstripe, which knows no idempotency keys: those are ours."""
        try:
            if known := self.known_answer(request):
                return known
        except Refusal as refusal:
            return refusal.reply
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await self._peer.request(request.method, request.path, content=request.body, headers=headers)
        return self.remembered(request, Reply(status=answer.status_code, body=answer.content))

    def _told(self, id: str) -> dict[str, Any]:
        intent = self._intents.get(id)
        if intent is None:
            return super()._told(id)
        # The one figure that localstripe leaves out of a payment intent.
        received = intent["amount"] if intent["latest_charge"]["captured"] else 0
        return {**super()._told(id), "payment_intent": {**intent, "amount_received": received}}


class Emulate(Behind):
    """The page is emulate's: opened, paid, closed and found there. It knows products by their ids alone, and no keys."""

    def __init__(self, clock: Clock, peer: httpx.AsyncClient) -> None:
        super().__init__(clock, peer)
        self._pages: dict[str, dict[str, Any]] = {}

    async def pay(self, id: str) -> None:
        """The payer presses the button on emulate's page."""
        if (await self._page(id))["status"] != "open":
            raise ProviderRefused("state", "the page is closed")
        await self._peer.post(f"/checkout/{self._pages[id]['id']}/complete")
        await self.look_who_paid()

    async def look_who_paid(self) -> None:
        """Reserve the money of whoever has pressed the button since."""
        waiting = [id for id in self._pages if self.sessions[id].status is PaymentStatus.OPEN]
        for id in waiting:
            # Somebody else may have looked while the page was asked about.
            if (await self._page(id))["status"] == "complete" and self.sessions[id].status is PaymentStatus.OPEN:
                self.change(id, lambda session: session.authorize(self.clock.now()))

    async def answer(self, request: Request) -> Reply:
        await self.look_who_paid()
        reply = await super().answer(request)
        if reply.status != 200:
            return reply
        match request.method, request.path.split("/")[2:]:
            case "POST", ["checkout", "sessions"]:
                told = json.loads(reply.body)
                if told["id"] not in self._pages:
                    self._pages[told["id"]] = await self._opened_there(told)
            case "POST", ["checkout", "sessions", id, "expire"]:
                if (await self._page(id))["status"] == "open":
                    await self._ask("POST", f"/v1/checkout/sessions/{self._pages[id]['id']}/expire")
        return await self._as_emulate_has_it(reply)

    async def _opened_there(self, told: dict[str, Any]) -> dict[str, Any]:
        product = await self._ask("POST", "/v1/products", name="Appointment")
        price = await self._ask(
            "POST", "/v1/prices", product=product["id"], currency=told["currency"], unit_amount=told["amount_total"]
        )
        line = {"line_items[0][price]": price["id"], "line_items[0][quantity]": 1}
        asked = self.asked[told["id"]]
        back = {name: asked[name] for name in ("success_url", "cancel_url")}
        return await self._ask("POST", "/v1/checkout/sessions", mode="payment", **line, **back)

    async def _page(self, id: str) -> dict[str, Any]:
        return await self._ask("GET", f"/v1/checkout/sessions/{self._pages[id]['id']}")

    async def _as_emulate_has_it(self, reply: Reply) -> Reply:
        """Status and address of every session are those of emulate's page."""
        told = json.loads(reply.body)
        for session in [each for each in told.get("data", [told]) if each["id"] in self._pages]:
            page = await self._page(session["id"])
            session.update(status=page["status"], url=page["url"], livemode=page["livemode"])
        return Reply(body=json.dumps(told).encode(), headers=reply.headers)
