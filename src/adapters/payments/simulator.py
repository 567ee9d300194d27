"""The simulated payment provider: hosted checkouts, authorization and capture apart, refunds, signed webhooks.

Modelled on Stripe, rule by rule; no real money moves. What it knows stands in the simulators' state, so that any process
may ask and a restart forgets nothing.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime

import structlog

from adapters.kit.faults import Fault, Faults, Order, suffer
from adapters.kit.simulator_state import Books, SimulatorState
from adapters.payments.simulator_cards import Card
from adapters.payments.simulator_keys import BROKEN, Answer, once
from adapters.payments.simulator_sessions import Session
from adapters.payments.simulator_store import Change, Sessions
from adapters.payments.simulator_webhooks import Webhooks
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.payment import Observation, Payment
from scheduling_core.ports.payments import OpenedCheckout, PaymentHint
from scheduling_core.ports.system import Clock

MINIMUM = 50
log = structlog.get_logger(__name__)


class SimulatedPayments:
    """Payments. `webhook_secrets` are all live: events are signed with each, and any of them authenticates one."""

    def __init__(
        self,
        state: SimulatorState,
        faults: Faults,
        clock: Clock,
        *,
        public_url: str,
        webhook_secrets: Sequence[str],
        webhook_url: str | None = None,
        poll_seconds: float = 1.0,
    ) -> None:
        public_url = public_url.rstrip("/")
        url = webhook_url or f"{public_url}/api/webhooks/payments"
        self._state = state
        self._faults = faults
        self._clock = clock
        self._poll_seconds = poll_seconds
        self._webhooks = Webhooks(state, faults, clock, url=url, secrets=webhook_secrets)
        self._sessions = Sessions(self._webhooks, clock, public_url=public_url, secret=webhook_secrets[0])

    @property
    def minimum(self) -> int:
        return MINIMUM

    async def open_checkout(self, payment: Payment) -> Observation:
        amount, currency = payment.amount.amount, payment.amount.currency
        if amount < MINIMUM:
            raise ProviderRefused("amount", f"at least {MINIMUM} minor units can be charged, not {amount}")
        parameters = ("open", str(payment.id), str(payment.appointment_id), amount, currency, payment.closes_at)
        return await self._ask(payment.key, parameters, lambda books: self._sessions.open(books, payment))

    async def find(self, payment: Payment) -> Observation | None:
        session = await self._faults.call("payments", lambda books: self._sessions.of_payment(books, payment))
        return None if session is None else session.observation()

    async def opened_since(self, since: datetime) -> list[OpenedCheckout]:
        sessions = await self._faults.call("payments", lambda books: self._sessions.opened_since(books, since))
        return [session.opened_checkout() for session in sessions]

    async def close_checkout(self, payment: Payment, *, key: str) -> Observation:
        return await self._change(payment, ("close",), key, "checkout.session.expired", Session.close)

    async def capture(self, payment: Payment, *, amount: int, key: str) -> Observation:
        parameters = ("capture", amount)
        return await self._change(payment, parameters, key, "charge.captured", lambda session: session.capture(amount))

    async def release(self, payment: Payment, *, key: str) -> Observation:
        return await self._change(payment, ("release",), key, "payment_intent.canceled", Session.release)

    async def refund(self, payment: Payment, *, amount: int, key: str) -> Observation:
        parameters = ("refund", amount)
        return await self._change(payment, parameters, key, "charge.refunded", lambda session: session.refund(amount))

    async def read_webhook(self, body: bytes, signature: str | None) -> PaymentHint | None:
        return self._webhooks.read(body, signature)

    async def session(self, session_id: str) -> Session:
        """The checkout as its page shows it. Raise NotFound."""
        return await self._state.write(lambda books: self._sessions.get(books, session_id))

    async def happen(self, session_id: str, change: Change, kind: str | None) -> Session:
        """What payer or bank do to the checkout; `kind` is the event that tells of it. Raise NotFound, and
        ProviderRefused when its state does not allow it."""

        def act(books: Books) -> Session:
            return self._sessions.keep(books, self._sessions.get(books, session_id), change, kind)

        return await self._state.write(act)

    async def remember(self, payments: Sequence[Payment]) -> list[Observation]:
        """As if these had been opened, paid and taken in full long ago: for a demonstration's past. No event tells of it."""
        now = self._clock.now()

        def taken(books: Books, payment: Payment) -> Observation:
            opened = self._sessions.open(books, payment)
            paid = self._sessions.keep(books, opened, lambda session: session.authorize(now), None)
            return self._sessions.keep(books, paid, lambda session: session.capture(session.amount), None).observation()

        return await self._state.write(lambda books: [taken(books, payment) for payment in payments])

    async def pay(self, session_id: str, card: Card) -> Session:
        """The payer enters a card. Raise NotFound, and ProviderRefused when the page is closed."""
        if card.decline is not None:
            code = card.decline
            return await self.happen(session_id, lambda session: session.decline(code), "payment_intent.payment_failed")
        if card.confirm:
            return await self.happen(session_id, Session.ask_confirmation, None)
        now = self._clock.now()
        return await self.happen(
            session_id,
            lambda session: session.authorize(now, to_be_disputed=card.dispute, to_bounce=card.bounce),
            "checkout.session.completed",
        )

    async def confirm(self, session_id: str, *, approved: bool) -> Session:
        """The payer's bank has asked its customer. Raise NotFound, and ProviderRefused when nothing was to be confirmed."""
        now = self._clock.now()
        if not approved:
            return await self.happen(session_id, Session.refuse_confirmation, "payment_intent.payment_failed")
        return await self.happen(session_id, lambda session: session.confirm(now), "checkout.session.completed")

    async def settle_dispute(self, session_id: str, *, won: bool) -> Session:
        """The bank's word on a disputed charge. Raise NotFound, and ProviderRefused where there is no dispute."""
        kind = "charge.dispute.closed"
        return await self.happen(session_id, lambda session: session.settle_dispute(won=won), kind)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Inside, pages run out and webhooks are delivered, those of other processes and of earlier runs too."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self) -> None:
        async with self._webhooks.client() as client:
            while True:
                try:
                    await self._state.write(self._sessions.age)
                    await self._webhooks.deliver_due(client)
                except* ProviderUnavailable as trouble:
                    log.warning("webhooks_wait", error=repr(trouble.exceptions[0]))
                await self._webhooks.queued(patience=self._poll_seconds)

    async def _change(
        self, payment: Payment, parameters: tuple[object, ...], key: str, kind: str, change: Change
    ) -> Observation:
        def act(books: Books) -> Session:
            session = self._sessions.of_payment(books, payment)
            if session is None:
                raise ProviderRefused("unknown", "there is no such payment")
            return self._sessions.keep(books, session, change, kind)

        return await self._ask(key, (*parameters, str(payment.id)), act)

    async def _ask(self, key: str, parameters: tuple[object, ...], act: Callable[[Books], Session]) -> Observation:
        """Do it under the key, once. What was answered is committed first, a refusal and a 5xx too."""

        def work(books: Books) -> tuple[Answer, Order | None]:
            fault = self._faults.take(books, "payments", Fault.ERROR, Fault.TIMEOUT)

            def answer() -> Answer:
                if fault is not None and fault.fault is Fault.ERROR:
                    return BROKEN
                try:
                    return Answer(seen=act(books).observation())
                except ProviderRefused as refusal:
                    return Answer(refused=refusal.code, why=str(refusal))

            return once(books, key, parameters, self._clock.now(), answer), fault

        answer, fault = await self._state.write(work)
        await suffer(fault)
        return answer.given()
