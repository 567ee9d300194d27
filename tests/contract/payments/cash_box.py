"""A payment provider that is no part of the product: what it takes to add one is this file and a line.

It keeps its books in memory and has no page; whoever holds it may play the payer.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from adapters.payments.simulator_sessions import Session
from scheduling_core.errors import ProviderRefused
from scheduling_core.payment import Observation, Payment
from scheduling_core.ports.payments import OpenedCheckout, PaymentHint
from scheduling_core.ports.system import Clock
from support.clock import ManualClock

Change = Callable[[Session], Session]


@dataclass
class CashBox:
    """Payments, each remembered under its own id, and every answer under its key."""

    clock: Clock
    minimum: int = 50
    sessions: dict[str, Session] = field(default_factory=dict)
    answers: dict[str, tuple[object, Observation]] = field(default_factory=dict)

    async def open_checkout(self, payment: Payment) -> Observation:
        if payment.amount.amount < self.minimum:
            raise ProviderRefused("amount")
        return self._once(payment.key, ("open", payment.amount), lambda: self._open(payment))

    async def find(self, payment: Payment) -> Observation | None:
        ref = f"box_{payment.id}"
        return self.happen(ref, lambda session: session) if ref in self.sessions else None

    async def opened_since(self, since: datetime) -> list[OpenedCheckout]:
        return [session.opened_checkout() for session in self.sessions.values() if session.opened_at >= since]

    async def close_checkout(self, payment: Payment, *, key: str) -> Observation:
        return self._change(payment, key, ("close",), Session.close)

    async def capture(self, payment: Payment, *, amount: int, key: str) -> Observation:
        return self._change(payment, key, ("capture", amount), lambda session: session.capture(amount))

    async def release(self, payment: Payment, *, key: str) -> Observation:
        return self._change(payment, key, ("release",), Session.release)

    async def refund(self, payment: Payment, *, amount: int, key: str) -> Observation:
        return self._change(payment, key, ("refund", amount), lambda session: session.refund(amount))

    async def read_webhook(self, body: bytes, signature: str | None) -> PaymentHint | None:
        """It sends none: what happened is found out by asking."""
        return None

    def happen(self, ref: str, change: Change) -> Observation:
        session = self.sessions[ref] = change(self.sessions[ref].at(self.clock.now()))
        return session.observation()

    def _open(self, payment: Payment) -> Observation:
        now, ref = self.clock.now(), f"box_{payment.id}"
        self.sessions[ref] = Session(
            id=ref,
            payment_id=str(payment.id),
            appointment_id=str(payment.appointment_id),
            amount=payment.amount.amount,
            currency=payment.amount.currency,
            url=f"https://box.example/{ref}",
            opened_at=now,
            closes_at=payment.closes_at,
            expires_at=payment.closes_at + timedelta(minutes=1),
        )
        return self.sessions[ref].observation()

    def _change(self, payment: Payment, key: str, asked: object, change: Change) -> Observation:
        ref = f"box_{payment.id}"
        if ref not in self.sessions:
            raise ProviderRefused("unknown")
        return self._once(key, (ref, asked), lambda: self.happen(ref, change))

    def _once(self, key: str, asked: object, act: Callable[[], Observation]) -> Observation:
        if key not in self.answers:
            self.answers[key] = (asked, act())
        known, answer = self.answers[key]
        if known != asked:
            raise ProviderRefused("key_reused")
        return answer


@dataclass
class CashBoxBench:
    payments: CashBox
    clock: ManualClock

    async def pay(self, opened: Observation) -> None:
        now = self.clock.now()
        self.payments.happen(opened.ref, lambda session: session.authorize(now))

    async def try_declined_card(self, opened: Observation) -> None:
        self.payments.happen(opened.ref, lambda session: session.decline("card_declined"))


@asynccontextmanager
async def cash_box(folder: Path) -> AsyncIterator[CashBoxBench]:
    clock = ManualClock()
    yield CashBoxBench(CashBox(clock), clock)
