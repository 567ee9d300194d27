"""A checkout session of the simulated payment provider, from open to settled: what the provider itself allows."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from scheduling_core.errors import ProviderRefused
from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.payment import Observation
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.payments import OpenedCheckout

SHORTEST_LIFE = timedelta(minutes=30)
"""Stripe: a Checkout Session's `expires_at` is at least 30 minutes away."""
AUTHORIZATION_LIFE = timedelta(days=7)
"""Stripe: an uncaptured card payment is cancelled after seven days."""

_S = PaymentStatus
_WITH_MONEY = frozenset({_S.CAPTURED, _S.PARTIALLY_REFUNDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Amounts are minor units. `closes_at` is only shown to the payer; the provider itself goes by `expires_at`."""

    id: str
    payment_id: str
    appointment_id: str
    amount: int
    currency: str
    url: str
    opened_at: datetime
    closes_at: datetime
    expires_at: datetime
    status: PaymentStatus = PaymentStatus.OPEN
    captured: int = 0
    refunded: int = 0
    last_decline: str | None = None
    awaits_confirmation: bool = False
    """The payer's bank wants a word before it decides about the card."""
    to_be_disputed: bool = False
    """Paid with the card whose owner will dispute the charge."""
    to_bounce: bool = False
    """Paid with the card whose bank reserves the money and does not pay it out."""
    authorized_at: datetime | None = None

    def at(self, now: datetime) -> "Session":
        """As time alone has changed it: an unpaid page runs out, and so does money that nobody took."""
        if self.status is _S.OPEN and now >= self.expires_at:
            return replace(self, status=_S.EXPIRED)
        if self.authorized_at and self.status is _S.AUTHORIZED and now >= self.authorized_at + AUTHORIZATION_LIFE:
            return replace(self, status=_S.RELEASED)
        return self

    def observation(self) -> Observation:
        return Observation(
            ref=self.id,
            status=self.status,
            amount=self.amount,
            currency=self.currency,
            captured=self.captured,
            refunded=self.refunded,
            last_decline=self.last_decline,
            url=self.url,
        )

    def opened_checkout(self) -> OpenedCheckout:
        """As it is listed to whoever opened it."""
        return OpenedCheckout(
            payment_id=PaymentId(UUID(self.payment_id)),
            appointment_id=AppointmentId(UUID(self.appointment_id)),
            seen=self.observation(),
        )

    def authorize(self, now: datetime, *, to_be_disputed: bool = False, to_bounce: bool = False) -> "Session":
        """With the money reserved. Raise ProviderRefused unless it can still be paid."""
        self._must_be(_S.OPEN)
        return replace(
            self,
            status=_S.AUTHORIZED,
            authorized_at=now,
            awaits_confirmation=False,
            to_be_disputed=to_be_disputed,
            to_bounce=to_bounce,
        )

    def ask_confirmation(self) -> "Session":
        self._must_be(_S.OPEN)
        return replace(self, awaits_confirmation=True)

    def confirm(self, now: datetime) -> "Session":
        """The payer said yes to the bank. Raise ProviderRefused unless it had asked."""
        self._must_await_confirmation()
        return self.authorize(now)

    def refuse_confirmation(self) -> "Session":
        """The payer said no to the bank, which is a decline. Raise ProviderRefused unless it had asked."""
        self._must_await_confirmation()
        return self.decline("authentication_failed")

    def decline(self, code: str) -> "Session":
        """Still open, so that another card may pay; `code` says why this one did not."""
        self._must_be(_S.OPEN)
        return replace(self, last_decline=code, awaits_confirmation=False)

    def close(self) -> "Session":
        """Closed if nobody paid; one that was paid stays paid."""
        return replace(self, status=_S.EXPIRED) if self.status is _S.OPEN else self

    def capture(self, amount: int) -> "Session":
        self._must_be(_S.AUTHORIZED)
        if not 0 < amount <= self.amount:
            raise ProviderRefused("amount", f"between 1 and {self.amount} can be captured, not {amount}")
        if self.to_bounce:
            raise ProviderRefused("card_declined", "the bank does not pay out what it reserved")
        return replace(self, status=_S.CAPTURED, captured=amount)

    def release(self) -> "Session":
        self._must_be(_S.AUTHORIZED)
        return replace(self, status=_S.RELEASED)

    def refund(self, amount: int) -> "Session":
        self._must_be(*_WITH_MONEY)
        if not 0 < amount <= self.captured - self.refunded:
            raise ProviderRefused("over_refund", f"{self.captured - self.refunded} are left to refund, not {amount}")
        return self._with_refunded(self.refunded + amount)

    def dispute(self) -> "Session":
        """The card's owner disputes the charge: frozen until the bank decides."""
        self._must_be(*_WITH_MONEY)
        return replace(self, status=_S.DISPUTED, to_be_disputed=False)

    def settle_dispute(self, *, won: bool) -> "Session":
        """The bank decided: the clinic keeps the money, or everything goes back."""
        self._must_be(_S.DISPUTED)
        return self._with_refunded(self.refunded if won else self.captured)

    def _with_refunded(self, refunded: int) -> "Session":
        if refunded == self.captured:
            return replace(self, refunded=refunded, status=_S.REFUNDED)
        return replace(self, refunded=refunded, status=_S.PARTIALLY_REFUNDED if refunded else _S.CAPTURED)

    def _must_await_confirmation(self) -> None:
        if not self.awaits_confirmation:
            raise ProviderRefused("state", "nothing waits for the bank's word")

    def _must_be(self, *statuses: PaymentStatus) -> None:
        if self.status not in statuses:
            raise ProviderRefused("state", f"that cannot be done to a payment that is {self.status}")
