"""What Stripe's API says, as much of it as matters here, and what it means in the core's words."""

import re
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from scheduling_core.errors import ProviderUnavailable
from scheduling_core.payment import Observation
from scheduling_core.payment_status import PaymentStatus

T = TypeVar("T")
_S = PaymentStatus
_OPEN_DISPUTES = frozenset({"needs_response", "under_review", "appeal_needs_response", "appeal_under_review"})
"""Money is held back in these; a mere inquiry (`warning_…`) holds nothing."""
_FAILED_REFUNDS = frozenset({"failed", "canceled"})
_UNCLEAR = "card_declined"


class PaymentError(msgspec.Struct):
    """Why the last attempt to pay failed."""

    code: str | None = None
    decline_code: str | None = None

    @property
    def reason(self) -> str:
        """The bank's own reason where it names one."""
        if self.decline_code and self.decline_code != "generic_decline":
            return plain_code(self.decline_code)
        return plain_code(self.code) if self.code else _UNCLEAR


class Refund(msgspec.Struct):
    status: str | None = None


class Refunds(msgspec.Struct):
    data: list[Refund] = msgspec.field(default_factory=list)


class Charge(msgspec.Struct):
    """`amount_refunded` is less again once a refund has failed, which banks may say days later."""

    id: str
    amount_refunded: int = 0
    disputed: bool = False
    refunds: Refunds | None = None

    @property
    def refund_failed(self) -> bool:
        return self.refunds is not None and any(each.status in _FAILED_REFUNDS for each in self.refunds.data)


class Intent(msgspec.Struct):
    """A PaymentIntent with its latest charge in full."""

    id: str
    status: str
    amount: int
    currency: str
    amount_received: int = 0
    latest_charge: Charge | None = None
    last_payment_error: PaymentError | None = None


class Dispute(msgspec.Struct):
    amount: int
    status: str


class Session(msgspec.Struct):
    """A Checkout Session with its payment intent in full, which is there once the payer has tried to pay."""

    id: str
    status: str
    amount_total: int
    currency: str
    livemode: bool
    client_reference_id: str | None = None
    url: str | None = None
    payment_intent: Intent | None = None


class Ids(msgspec.Struct):
    """The metadata that we gave, if it was us who opened the session."""

    payment_id: UUID
    appointment_id: UUID


class Tagged(msgspec.Struct):
    """A session that we opened."""

    metadata: Ids


class Listed(msgspec.Struct):
    """As much of a session as tells whose it is: an account may have others, of which nothing else is known."""

    id: str
    client_reference_id: str | None = None


class Page(msgspec.Struct):
    """A page of a list, each object of it still to be read."""

    data: list[msgspec.Raw]
    has_more: bool = False


class Refused(msgspec.Struct):
    type: str = ""
    code: str | None = None
    decline_code: str | None = None
    param: str | None = None


class ErrorAnswer(msgspec.Struct):
    error: Refused


def read(body: bytes | msgspec.Raw, form: type[T]) -> T:
    """The answer. Raise ProviderUnavailable for one that cannot be read: what became of the request is unknown then."""
    try:
        return msgspec.json.decode(body, type=form)
    except msgspec.MsgspecError as error:
        raise ProviderUnavailable("Stripe's answer cannot be read") from error


def plain_code(text: Any) -> str:
    """Stripe's code as it may be shown and logged: whatever is no code says nothing."""
    return str(text) if re.fullmatch(r"[a-z0-9_]{1,60}", str(text)) else "refused"


def observation(session: Session, disputes: list[Dispute]) -> Observation:
    """What is true of the payment at this moment."""
    intent = session.payment_intent
    status, captured, refunded = _state(session, disputes)
    error = intent.last_payment_error if intent is not None and status is _S.OPEN else None
    return Observation(
        ref=session.id,
        status=status,
        amount=session.amount_total if intent is None else intent.amount,
        currency=(session.currency if intent is None else intent.currency).upper(),
        captured=captured,
        refunded=refunded,
        last_decline=error.reason if error is not None else None,
        url=session.url,
        refund_failed=intent is not None and intent.latest_charge is not None and intent.latest_charge.refund_failed,
    )


def _state(session: Session, disputes: list[Dispute]) -> tuple[PaymentStatus, int, int]:
    """Status, captured, refunded. What the bank took by a lost dispute counts as refunded."""
    intent = session.payment_intent
    if intent is None or intent.status not in ("requires_capture", "succeeded", "canceled"):
        return (_S.EXPIRED if session.status == "expired" else _S.OPEN), 0, 0
    if intent.status == "canceled":
        return (_S.RELEASED if session.status == "complete" else _S.EXPIRED), 0, 0
    if intent.status == "requires_capture":
        return _S.AUTHORIZED, 0, 0
    charge = intent.latest_charge
    captured = intent.amount_received
    lost = sum(dispute.amount for dispute in disputes if dispute.status == "lost")
    refunded = min(captured, (charge.amount_refunded if charge is not None else 0) + lost)
    if any(dispute.status in _OPEN_DISPUTES for dispute in disputes):
        return _S.DISPUTED, captured, refunded
    if refunded == captured:
        return _S.REFUNDED, captured, refunded
    return (_S.PARTIALLY_REFUNDED if refunded else _S.CAPTURED), captured, refunded
