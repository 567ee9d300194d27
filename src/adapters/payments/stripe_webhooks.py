"""Events of Stripe: believed by their signature, and read for whose payment they tell of."""

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from scheduling_core.errors import InvalidInput

T = TypeVar("T")
_OF_SESSIONS = frozenset({"checkout.session.completed", "checkout.session.expired"})
_OF_MONEY = frozenset(
    {
        "payment_intent.payment_failed",
        "payment_intent.amount_capturable_updated",
        "payment_intent.canceled",
        "charge.captured",
        "charge.refunded",
        "charge.refund.updated",
        "charge.dispute.created",
        "charge.dispute.updated",
        "charge.dispute.closed",
    }
)
EVENTS = tuple(sorted(_OF_SESSIONS | _OF_MONEY))
"""The events to select at Stripe."""


@dataclass(frozen=True, slots=True)
class News:
    """What an event is about: a session by its id or, where it names none, a payment intent by its."""

    event_id: str
    session: str | None
    intent: str | None


class _Subject(msgspec.Struct):
    id: str
    object: str = ""
    payment_intent: str | None = None


class _Data(msgspec.Struct):
    object: _Subject


class _Event(msgspec.Struct):
    id: str
    type: str
    livemode: bool
    account: str | None = None
    data: msgspec.Raw = msgspec.Raw(b"null")


def read_event(body: bytes, *, live: bool, account: str | None) -> News | None:
    """What an authentic event is about; None for kinds that mean nothing here.

    Raise InvalidInput for what cannot be read, and for events of the other mode or of another account.
    """
    event = _decoded(body, _Event)
    if event.livemode is not live:
        raise InvalidInput("livemode", "The event is of the other mode.")
    if event.account != account:
        raise InvalidInput("account", "The event is of another account.")
    if event.type not in EVENTS:
        return None
    subject = _decoded(event.data, _Data).object
    if event.type in _OF_SESSIONS:
        return News(event.id, session=subject.id, intent=None)
    intent = subject.id if subject.object == "payment_intent" else subject.payment_intent
    return None if intent is None else News(event.id, session=None, intent=intent)


def _decoded(body: bytes | msgspec.Raw, form: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=form)
    except msgspec.MsgspecError as error:
        raise InvalidInput("body", "The event cannot be read.") from error
