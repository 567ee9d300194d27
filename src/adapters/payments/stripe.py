"""Payments by Stripe: hosted Checkout Sessions, authorization and capture apart, refunds, signed webhooks.

A payment is one Checkout Session. Stripe keeps a session open for half an hour at least, which is longer than a slot is held:
it is closed by our own hand in time, and its `expires_at` is only the last resort. What Stripe learns of a visit are the
opaque ids of payment and appointment.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from adapters.kit.calls import Calls, Repeat
from adapters.payments.signatures import check
from adapters.payments.stripe_api import Parameters, StripeApi
from adapters.payments.stripe_objects import Intent
from adapters.payments.stripe_sessions import LONGEST_LIFE, WHOLE, StripeSessions
from adapters.payments.stripe_webhooks import read_event
from scheduling_core.errors import ProviderRefused
from scheduling_core.instants import seconds_of
from scheduling_core.payment import Observation, Payment
from scheduling_core.ports.payments import OpenedCheckout, PaymentHint
from scheduling_core.ports.system import Clock

SHORTEST_LIFE = timedelta(minutes=31)
"""Stripe wants `expires_at` to be half an hour away at least, by its own clock."""


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
        self._sessions = StripeSessions(api, live=live)
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
            return await self._sessions.observed(self._sessions.read(opened))

        return await self._calls.make("open_checkout", work, repeat=Repeat.KEYED)

    async def find(self, payment: Payment) -> Observation | None:
        async def work() -> Observation | None:
            session = await self._sessions.find(payment)
            return None if session is None else await self._sessions.observed(session)

        return await self._calls.make("find", work, repeat=Repeat.ALWAYS)

    async def opened_since(self, since: datetime) -> list[OpenedCheckout]:
        until, opened, after = self._clock.now(), list[OpenedCheckout](), None
        while True:
            work = partial(self._sessions.opened, since, until, after)
            page, after = await self._calls.make("opened_since", work, repeat=Repeat.ALWAYS)
            opened += page
            if after is None:
                return opened

    async def close_checkout(self, payment: Payment, *, key: str) -> Observation:
        async def work() -> Observation:
            session = await self._sessions.known(payment)
            if session.status == "open":
                await self._sessions.expire(session.id, key)
            return await self._sessions.observed(await self._sessions.known(payment))

        return await self._calls.make("close_checkout", work, repeat=Repeat.KEYED)

    async def capture(self, payment: Payment, *, amount: int, key: str) -> Observation:
        async def work() -> Observation:
            intent = await self._sessions.intent(payment)
            if not 0 < amount <= intent.amount:
                raise ProviderRefused("amount", f"between 1 and {intent.amount} can be captured, not {amount}")
            path = f"/v1/payment_intents/{intent.id}/capture"
            await self._api.post(path, {"amount_to_capture": amount}, key=key)
            return await self._sessions.observed(await self._sessions.known(payment))

        return await self._calls.make("capture", work, repeat=Repeat.KEYED)

    async def release(self, payment: Payment, *, key: str) -> Observation:
        async def work() -> Observation:
            intent = await self._sessions.intent(payment)
            await self._api.post(f"/v1/payment_intents/{intent.id}/cancel", {}, key=key)
            return await self._sessions.observed(await self._sessions.known(payment))

        return await self._calls.make("release", work, repeat=Repeat.KEYED)

    async def refund(self, payment: Payment, *, amount: int, key: str) -> Observation:
        async def work() -> Observation:
            intent = await self._sessions.intent(payment)
            asked: Parameters = {"payment_intent": intent.id, "amount": amount, "metadata": _ids(payment)}
            try:
                await self._api.post("/v1/refunds", asked, key=key)
            except ProviderRefused as refusal:
                left = _left(await self._sessions.intent(payment))
                if refusal.code == "key_reused" or amount <= left:
                    raise
                raise ProviderRefused("over_refund", f"{left} are left to refund, not {amount}") from refusal
            return await self._sessions.observed(await self._sessions.known(payment))

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

    async def _session_of(self, intent: str) -> str | None:
        async def work() -> str | None:
            return await self._sessions.of_intent(intent)

        return await self._calls.make("read_webhook", work, repeat=Repeat.ALWAYS)

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
            **WHOLE,
        }


def _ids(payment: Payment) -> Parameters:
    return {"payment_id": str(payment.id), "appointment_id": str(payment.appointment_id)}


def _left(intent: Intent) -> int:
    charge = intent.latest_charge
    return intent.amount_received - (charge.amount_refunded if charge is not None else 0)
