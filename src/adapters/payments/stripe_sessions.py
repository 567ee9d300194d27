"""Checkout Sessions at Stripe: found, read, closed, and observed with all that belongs to them."""

from datetime import datetime, timedelta

import msgspec

from adapters.payments.stripe_api import Parameters, StripeApi
from adapters.payments.stripe_objects import Dispute, Ids, Intent, Listed, Page, Session, Tagged, observation, read
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.instants import seconds_of
from scheduling_core.payment import Observation, Payment
from scheduling_core.ports.payments import OpenedCheckout

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
        after: str | None = None
        for _ in range(MOST_PAGES):
            page, after = await self._made(payment.created_at, payment.created_at + LONGEST_LIFE, after)
            for raw, session in page:
                if session.client_reference_id == str(payment.id):
                    return self.read(raw)
            if after is None:
                return None
        raise ProviderUnavailable("Stripe has too many payments to find one among them")

    async def opened(
        self, since: datetime, until: datetime, after: str | None
    ) -> tuple[list[OpenedCheckout], str | None]:
        """A page of those that carry ids of ours, and after which session the next page begins, if there is one."""
        page, after = await self._made(since, until, after)
        ours = [(raw, ids) for raw, _ in page if (ids := _ids(raw)) is not None]
        return [
            OpenedCheckout(
                payment_id=PaymentId(ids.payment_id),
                appointment_id=AppointmentId(ids.appointment_id),
                seen=await self.observed(self.read(raw)),
            )
            for raw, ids in ours
        ], after

    async def _made(
        self, since: datetime, until: datetime, after: str | None
    ) -> tuple[list[tuple[msgspec.Raw, Listed]], str | None]:
        """A page of sessions made within that time by either clock, newest first, and after which the next one begins."""
        within = {"gte": seconds_of(since - CLOCKS_APART), "lte": seconds_of(until + CLOCKS_APART)}
        parameters: Parameters = {**_WHOLE_LISTED, "created": within}
        if after is not None:
            parameters = {**parameters, "starting_after": after}
        page = read(await self._api.get("/v1/checkout/sessions", parameters), Page)
        listed = [(raw, read(raw, Listed)) for raw in page.data]
        return listed, listed[-1][1].id if page.has_more and listed else None

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


def _ids(raw: msgspec.Raw) -> Ids | None:
    """What we wrote on a session when we opened it; None for one of somebody else."""
    try:
        return msgspec.json.decode(raw, type=Tagged).metadata
    except msgspec.ValidationError:
        return None
