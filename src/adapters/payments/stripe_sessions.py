"""Checkout Sessions at Stripe: found, read, closed, and observed with all that belongs to them."""

from datetime import timedelta

import msgspec

from adapters.payments.stripe_api import Parameters, StripeApi
from adapters.payments.stripe_objects import Dispute, Intent, Listed, Page, Session, observation, read
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.instants import seconds_of
from scheduling_core.payment import Observation, Payment

LONGEST_LIFE = timedelta(hours=23, minutes=55)
"""Stripe wants `expires_at` to be a day away at most, by its own clock."""
CLOCKS_APART = timedelta(minutes=10)
MOST_PAGES = 20
WHOLE: Parameters = {"expand": ["payment_intent.latest_charge.refunds"]}
_WHOLE_LISTED: Parameters = {"expand": ["data.payment_intent.latest_charge.refunds"], "limit": 100}


class StripeSessions:
    """Those of one account and mode: `live` is whether its money is real."""

    def __init__(self, api: StripeApi, *, live: bool) -> None:
        self._api = api
        self._live = live

    async def find(self, payment: Payment) -> Session | None:
        if payment.ref is None:
            return await self._searched(payment)
        try:
            return self.read(await self._api.get(f"/v1/checkout/sessions/{payment.ref}", WHOLE))
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
            listed = [read(raw, Listed) for raw in page.data]
            for raw, session in zip(page.data, listed, strict=True):
                if session.client_reference_id == str(payment.id):
                    return self.read(raw)
            if not page.has_more or not listed:
                return None
            parameters = {**parameters, "starting_after": listed[-1].id}
        raise ProviderUnavailable("Stripe has too many payments to find one among them")

    async def known(self, payment: Payment) -> Session:
        session = await self.find(payment)
        if session is None:
            raise ProviderRefused("unknown", "there is no such payment")
        return session

    async def intent(self, payment: Payment) -> Intent:
        """The payment intent. Raise ProviderRefused if nobody has tried to pay."""
        session = await self.known(payment)
        if session.payment_intent is None:
            raise ProviderRefused("state", "nobody has paid yet")
        return session.payment_intent

    async def expire(self, ref: str, key: str) -> None:
        try:
            await self._api.post(f"/v1/checkout/sessions/{ref}/expire", {}, key=key)
        except ProviderRefused:
            # Paid or run out in this moment: what it is now says it better. One that is still open was refused for good.
            if self.read(await self._api.get(f"/v1/checkout/sessions/{ref}", WHOLE)).status == "open":
                raise

    async def observed(self, session: Session) -> Observation:
        intent = session.payment_intent
        charge = intent.latest_charge if intent is not None else None
        if intent is None or charge is None or not charge.disputed:
            return observation(session, [])
        page = read(await self._api.get("/v1/disputes", {"payment_intent": intent.id, "limit": 100}), Page)
        return observation(session, [read(raw, Dispute) for raw in page.data])

    async def of_intent(self, intent: str) -> str | None:
        """The session that a payment intent belongs to; None for one that is not ours."""
        page = read(await self._api.get("/v1/checkout/sessions", {"payment_intent": intent, "limit": 1}), Page)
        return read(page.data[0], Listed).id if page.data else None

    def read(self, answer: bytes | msgspec.Raw) -> Session:
        session = read(answer, Session)
        if session.livemode is not self._live:
            raise ProviderRefused("mode", "Stripe answered of test payments to a live key, or the other way about")
        return session
