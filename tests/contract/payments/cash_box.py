"""A payment provider that is no part of the product. What it takes to add one is this file, and a line in a table.

It keeps its books in memory and has no page: whoever holds it may play the payer. Nothing of it is the simulator's.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from contract.payments.bench import Peer
from scheduling_core.errors import ProviderRefused
from scheduling_core.payment import Observation, Payment
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.payments import OpenedCheckout, PaymentHint
from scheduling_core.ports.system import Clock
from support.clock import ManualClock

_S = PaymentStatus
_KEPT_FOR = timedelta(days=7)


@dataclass
class Envelope:
    """What lies in the box for one payment, since `laid_in` if anything does."""

    payment: Payment
    opened_at: datetime
    seen: Observation
    laid_in: datetime | None = None


Change = Callable[[Envelope], Observation]


@dataclass
class CashBox:
    """An envelope a payment, found by its id; and every answer under its key."""

    clock: Clock
    minimum: int = 50
    envelopes: dict[str, Envelope] = field(default_factory=dict)
    answers: dict[str, tuple[object, Observation]] = field(default_factory=dict)

    async def open_checkout(self, payment: Payment) -> Observation:
        if payment.amount.amount < self.minimum:
            raise ProviderRefused("amount")
        return self._once(payment.key, ("open", payment.amount), lambda: self._open(payment))

    async def find(self, payment: Payment) -> Observation | None:
        return self._now(ref).seen if (ref := _ref(payment)) in self.envelopes else None

    async def opened_since(self, since: datetime) -> list[OpenedCheckout]:
        listed = [self._now(ref) for ref, each in self.envelopes.items() if each.opened_at >= since]
        return [
            OpenedCheckout(payment_id=each.payment.id, appointment_id=each.payment.appointment_id, seen=each.seen)
            for each in listed
        ]

    async def close_checkout(self, payment: Payment, *, key: str) -> Observation:
        def close(envelope: Envelope) -> Observation:
            seen = envelope.seen
            return replace(seen, status=_S.EXPIRED) if seen.status is _S.OPEN else seen

        return self._change(payment, key, ("close",), close)

    async def capture(self, payment: Payment, *, amount: int, key: str) -> Observation:
        def capture(envelope: Envelope) -> Observation:
            seen = _while(envelope, _S.AUTHORIZED)
            if not 0 < amount <= seen.amount:
                raise ProviderRefused("amount")
            return replace(seen, status=_S.CAPTURED, captured=amount)

        return self._change(payment, key, ("capture", amount), capture)

    async def release(self, payment: Payment, *, key: str) -> Observation:
        return self._change(
            payment, key, ("release",), lambda each: replace(_while(each, _S.AUTHORIZED), status=_S.RELEASED)
        )

    async def refund(self, payment: Payment, *, amount: int, key: str) -> Observation:
        def refund(envelope: Envelope) -> Observation:
            seen = _while(envelope, _S.CAPTURED, _S.PARTIALLY_REFUNDED)
            if not 0 < amount <= seen.captured - seen.refunded:
                raise ProviderRefused("over_refund")
            refunded = seen.refunded + amount
            return replace(
                seen, refunded=refunded, status=_S.REFUNDED if refunded == seen.captured else _S.PARTIALLY_REFUNDED
            )

        return self._change(payment, key, ("refund", amount), refund)

    async def read_webhook(self, body: bytes, signature: str | None) -> PaymentHint | None:
        """It sends none: what happened is found out by asking."""
        return None

    def lay_in(self, ref: str) -> None:
        """The payer lays the money in. Raise ProviderRefused where the envelope is closed."""
        envelope = self._now(ref)
        envelope.seen = replace(_while(envelope, _S.OPEN), status=_S.AUTHORIZED)
        envelope.laid_in = self.clock.now()

    def turn_down(self, ref: str) -> None:
        """The payer lays in what is no money."""
        envelope = self._now(ref)
        envelope.seen = replace(_while(envelope, _S.OPEN), last_decline="card_declined")

    def _open(self, payment: Payment) -> Observation:
        ref = _ref(payment)
        amount, currency = payment.amount.amount, payment.amount.currency
        seen = Observation(ref=ref, status=_S.OPEN, amount=amount, currency=currency, url=f"https://box.example/{ref}")
        self.envelopes[ref] = Envelope(payment, self.clock.now(), seen)
        return seen

    def _now(self, ref: str) -> Envelope:
        """As time alone has changed it: nothing is laid in too late, and nobody's money is kept for ever."""
        envelope, now = self.envelopes[ref], self.clock.now()
        if envelope.seen.status is _S.OPEN and now > envelope.payment.closes_at:
            envelope.seen = replace(envelope.seen, status=_S.EXPIRED)
        if envelope.seen.status is _S.AUTHORIZED and envelope.laid_in and now >= envelope.laid_in + _KEPT_FOR:
            envelope.seen = replace(envelope.seen, status=_S.RELEASED)
        return envelope

    def _change(self, payment: Payment, key: str, asked: object, change: Change) -> Observation:
        ref = _ref(payment)
        if ref not in self.envelopes:
            raise ProviderRefused("unknown")

        def act() -> Observation:
            envelope = self._now(ref)
            envelope.seen = change(envelope)
            return envelope.seen

        return self._once(key, (ref, asked), act)

    def _once(self, key: str, asked: object, act: Callable[[], Observation]) -> Observation:
        if key not in self.answers:
            self.answers[key] = (asked, act())
        known, answer = self.answers[key]
        if known != asked:
            raise ProviderRefused("key_reused")
        return answer


def _ref(payment: Payment) -> str:
    return f"box_{payment.id}"


def _while(envelope: Envelope, *statuses: PaymentStatus) -> Observation:
    if envelope.seen.status not in statuses:
        raise ProviderRefused("state")
    return envelope.seen


@dataclass
class CashBoxBench:
    payments: CashBox
    clock: ManualClock

    async def pay(self, opened: Observation) -> None:
        self.payments.lay_in(opened.ref)

    async def try_declined_card(self, opened: Observation) -> None:
        self.payments.turn_down(opened.ref)


@asynccontextmanager
async def bench(folder: Path) -> AsyncIterator[CashBoxBench]:
    clock = ManualClock()
    yield CashBoxBench(CashBox(clock), clock)


PEERS = (Peer("itself", bench),)
