"""Payments by Stripe: hosted Checkout Sessions, authorization and capture apart, refunds, signed webhooks.

A payment is one Checkout Session. Stripe keeps a session open for half an hour at least, which is longer than a slot is held:
it is closed by our own hand in time, and its `expires_at` is only the last resort. What Stripe learns of a visit are the
opaque ids of payment and appointment.
"""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from adapters.kit.calls import Calls, Repeat
from adapters.payments.signatures import check
from adapters.payments.stripe_api import Parameters, StripeApi
from adapters.payments.stripe_objects import Dispute, Intent, Page, Session, observation, read
from adapters.payments.stripe_webhooks import read_event
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.instants import seconds_of
from scheduling_core.payment import Observation, Payment
from scheduling_core.ports.payments import PaymentHint
from scheduling_core.ports.system import Clock

SHORTEST_LIFE = timedelta(minutes=31)
LONGEST_LIFE = timedelta(hours=23, minutes=55)
"""Stripe wants `expires_at` to be from 30 minutes to 24 hours after it creates the session, by its own clock."""
CLOCKS_APART = timedelta(minutes=10)
MOST_PAGES = 20
_WHOLE: Parameters = {"expand": ["payment_intent.latest_charge.refunds"]}
_WHOLE_LISTED: Parameters = {"expand": ["data.payment_intent.latest_charge.refunds"], "limit": 100}


class StripePayments:
    """Payments. `webhook_secrets` are all live; `live` is whether the key's money is real."""

    def __init__(
        self,
        api: StripeApi,
        calls: Calls,
        clock: Clock,
        *,
        public_url: str,
        webhook_secrets: Sequence[str],
        live: bool,
        account: str | None,
        minimum: int,
    ) -> None:
        self._api = api
        self._calls = calls
        self._clock = clock
        self._public_url = public_url
        self._webhook_secrets = tuple(webhook_secrets)
        self._live = live
        self._account = account
        self._minimum = minimum

    @property
    def minimum(self) -> int:
        return self._minimum

    async def open_checkout(self, payment: Payment) -> Observation:
        amount = payment.amount.amount
        if amount < self._minimum:
            raise ProviderRefused("amount", f"at least {self._minimum} minor units can be charged, not {amount}")

        async def work() -> Observation:
            opened = await self._api.post("/v1/checkout/sessions", self._offer(payment), key=payment.key)
            return await self._observed(self._session(opened))

        return await self._calls.make("open_checkout", work, repeat=Repeat.KEYED)

    async def find(self, payment: Payment) -> Observation | None:
        async def work() -> Observation | None:
            session = await self._find(payment)
            return None if session is None else await self._observed(session)

        return await self._calls.make("find", work, repeat=Repeat.ALWAYS)

    async def close_checkout(self, payment: Payment, *, key: str) -> Observation:
        async def work() -> Observation:
            session = await self._known(payment)
            if session.status == "open":
                await self._expire(session.id, key)
            return await self._observed(await self._known(payment))

        return await self._calls.make("close_checkout", work, repeat=Repeat.KEYED)

    async def capture(self, payment: Payment, *, amount: int, key: str) -> Observation:
        async def work() -> Observation:
            intent = await self._intent(payment)
            if not 0 < amount <= intent.amount:
                raise ProviderRefused("amount", f"between 1 and {intent.amount} can be captured, not {amount}")
            path = f"/v1/payment_intents/{intent.id}/capture"
            await self._api.post(path, {"amount_to_capture": amount}, key=key)
            return await self._observed(await self._known(payment))

        return await self._calls.make("capture", work, repeat=Repeat.KEYED)

    async def release(self, payment: Payment, *, key: str) -> Observation:
        async def work() -> Observation:
            intent = await self._intent(payment)
            await self._api.post(f"/v1/payment_intents/{intent.id}/cancel", {}, key=key)
            return await self._observed(await self._known(payment))

        return await self._calls.make("release", work, repeat=Repeat.KEYED)

    async def refund(self, payment: Payment, *, amount: int, key: str) -> Observation:
        async def work() -> Observation:
            intent = await self._intent(payment)
            asked: Parameters = {"payment_intent": intent.id, "amount": amount, "metadata": _ids(payment)}
            try:
                await self._api.post("/v1/refunds", asked, key=key)
            except ProviderRefused as refusal:
                left = _left(await self._intent(payment))
                if refusal.code == "key_reused" or amount <= left:
                    raise
                raise ProviderRefused("over_refund", f"{left} are left to refund, not {amount}") from refusal
            return await self._observed(await self._known(payment))

        return await self._calls.make("refund", work, repeat=Repeat.KEYED)

    async def read_webhook(self, body: bytes, signature: str | None) -> PaymentHint | None:
        check(body, signature, self._webhook_secrets, now=self._clock.now())
        news = read_event(body, live=self._live, account=self._account)
        if news is None:
            return None
        ref = news.session or await self._session_of(str(news.intent))
        return None if ref is None else PaymentHint(event_id=news.event_id, ref=ref)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._api.close()

    def _offer(self, payment: Payment) -> Parameters:
        """What the payer is asked for: the same whenever it is sent, or its key would be refused."""
        page = f"{self._public_url}/appointments/{payment.appointment_id}"
        expires_at = min(payment.closes_at + SHORTEST_LIFE, payment.created_at + LONGEST_LIFE)
        price: Parameters = {
            "currency": payment.amount.currency.lower(),
            "unit_amount": payment.amount.amount,
            "product_data": {"name": "Appointment"},
        }
        return {
            "mode": "payment",
            "client_reference_id": str(payment.id),
            "metadata": _ids(payment),
            "line_items": [{"quantity": 1, "price_data": price}],
            "allowed_payment_method_types": ["card"],
            "payment_intent_data": {"capture_method": "manual", "metadata": _ids(payment)},
            "billing_address_collection": "required",
            # Otherwise Stripe would offer to pay in the payer's currency, at a rate of its own.
            "adaptive_pricing": {"enabled": False},
            "success_url": f"{page}?payment=returned",
            "cancel_url": f"{page}?payment=back",
            "expires_at": seconds_of(expires_at),
            **_WHOLE,
        }

    async def _find(self, payment: Payment) -> Session | None:
        if payment.ref is None:
            return await self._searched(payment)
        try:
            return self._session(await self._api.get(f"/v1/checkout/sessions/{payment.ref}", _WHOLE))
        except ProviderRefused as refusal:
            if refusal.code != "resource_missing":
                raise
            why = "Stripe does not know this payment in the account and mode of our key: was the key changed?"
            raise ProviderRefused("not_there", why) from refusal

    async def _searched(self, payment: Payment) -> Session | None:
        """By our own id among the sessions that Stripe made since: a reply was lost, so its name is unknown."""
        since = seconds_of(payment.created_at - CLOCKS_APART)
        until = seconds_of(payment.created_at + LONGEST_LIFE + CLOCKS_APART)
        parameters: Parameters = {**_WHOLE_LISTED, "created": {"gte": since, "lte": until}}
        for _ in range(MOST_PAGES):
            page = read(await self._api.get("/v1/checkout/sessions", parameters), Page)
            sessions = [self._session(raw) for raw in page.data]
            for session in sessions:
                if session.client_reference_id == str(payment.id):
                    return session
            if not page.has_more or not sessions:
                return None
            parameters = {**parameters, "starting_after": sessions[-1].id}
        raise ProviderUnavailable("Stripe has too many payments to find one among them")

    async def _known(self, payment: Payment) -> Session:
        session = await self._find(payment)
        if session is None:
            raise ProviderRefused("unknown", "there is no such payment")
        return session

    async def _intent(self, payment: Payment) -> Intent:
        """The payment intent. Raise ProviderRefused if nobody has tried to pay."""
        session = await self._known(payment)
        if session.payment_intent is None:
            raise ProviderRefused("state", "nobody has paid yet")
        return session.payment_intent

    async def _expire(self, ref: str, key: str) -> None:
        try:
            await self._api.post(f"/v1/checkout/sessions/{ref}/expire", {}, key=key)
        except ProviderRefused:
            # Paid or run out in this moment: what it is now says it better. One that is still open was refused for good.
            if self._session(await self._api.get(f"/v1/checkout/sessions/{ref}", _WHOLE)).status == "open":
                raise

    async def _observed(self, session: Session) -> Observation:
        intent = session.payment_intent
        charge = intent.latest_charge if intent is not None else None
        if intent is None or charge is None or not charge.disputed:
            return observation(session, [])
        page = read(await self._api.get("/v1/disputes", {"payment_intent": intent.id, "limit": 100}), Page)
        return observation(session, [read(raw, Dispute) for raw in page.data])

    async def _session_of(self, intent: str) -> str | None:
        """The session that a payment intent belongs to; None for one that is not ours."""

        async def work() -> str | None:
            page = read(await self._api.get("/v1/checkout/sessions", {"payment_intent": intent, "limit": 1}), Page)
            return self._session(page.data[0]).id if page.data else None

        return await self._calls.make("read_webhook", work, repeat=Repeat.ALWAYS)

    def _session(self, answer: bytes | msgspec.Raw) -> Session:
        session = read(answer, Session)
        if session.livemode is not self._live:
            raise ProviderRefused("mode", "Stripe answered of test payments to a live key, or the other way about")
        return session


def _ids(payment: Payment) -> Parameters:
    return {"payment_id": str(payment.id), "appointment_id": str(payment.appointment_id)}


def _left(intent: Intent) -> int:
    charge = intent.latest_charge
    return intent.amount_received - (charge.amount_refunded if charge is not None else 0)
