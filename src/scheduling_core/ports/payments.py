"""Money at the provider. Whoever implements it keeps the provider's rules; the core decides what happens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.payment import Observation, Payment


@dataclass(frozen=True, slots=True)
class PaymentHint:
    """An authentic event: something may have happened to the payment named `ref`. What happened is fetched."""

    event_id: str
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCheckout:
    """A checkout as the provider knows it, with the ids that it was given when it was opened."""

    payment_id: PaymentId
    appointment_id: AppointmentId
    seen: Observation


class Payments(Protocol):
    """A provider of hosted checkouts with separate authorization and capture.

    Every method raises ProviderUnavailable when the outcome is unknown (timeout, connection), ProviderFailed for a failure
    of the provider's own (5xx), which it replays under that key, and ProviderRefused for a definite no. Repeating a call
    with the same key has the effect of making it once. Never called inside a transaction.
    """

    @property
    def minimum(self) -> int:
        """The smallest amount, in minor units, that can be charged."""
        ...

    async def open_checkout(self, payment: Payment) -> Observation:
        """A hosted page (`url`) on which `payment.amount` can be authorized, under the key `payment.key`.

        The metadata that the provider sees are the opaque ids of payment and appointment, nothing else.
        """
        ...

    async def find(self, payment: Payment) -> Observation | None:
        """What the provider knows of it now, by `ref` or, while that is unknown, by key; None if it never arrived.

        While the payer's bank looks into a dispute the status is DISPUTED; once it has decided, what it took counts as
        refunded. The answer is the truth at some moment between the question and the reply.
        """
        ...

    async def opened_since(self, since: datetime) -> list[OpenedCheckout]:
        """Every checkout that was opened for us since then, as it stands now, in any order. Those of others on the same
        account are left out."""
        ...

    async def close_checkout(self, payment: Payment, *, key: str) -> Observation:
        """Make the page unusable. One that was paid first stays paid: the observation says so."""
        ...

    async def capture(self, payment: Payment, *, amount: int, key: str) -> Observation:
        """Take `amount` of the authorized money; the rest is released."""
        ...

    async def release(self, payment: Payment, *, key: str) -> Observation:
        """Give the authorized money back untaken."""
        ...

    async def refund(self, payment: Payment, *, amount: int, key: str) -> Observation:
        """Give `amount` of the captured money back. More than was captured is refused."""
        ...

    async def read_webhook(self, body: bytes, signature: str | None) -> PaymentHint | None:
        """The hint in an authentic event; None for kinds that mean nothing here, and for payments of others.

        The provider may be asked whose payment it is. Raise InvalidInput("signature", …) when the signature is absent, wrong,
        altered or older than 300 s.
        """
        ...
