"""How a payment can stand, and the one table of what can follow."""

from collections.abc import Mapping
from enum import StrEnum


class PaymentStatus(StrEnum):
    OPEN = "open"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    RELEASED = "released"
    EXPIRED = "expired"
    DISPUTED = "disputed"


_S = PaymentStatus

TRANSITIONS: Mapping[PaymentStatus, frozenset[PaymentStatus]] = {
    _S.OPEN: frozenset({_S.AUTHORIZED, _S.EXPIRED}),
    _S.AUTHORIZED: frozenset({_S.CAPTURED, _S.RELEASED}),
    _S.CAPTURED: frozenset({_S.PARTIALLY_REFUNDED, _S.REFUNDED, _S.DISPUTED}),
    _S.PARTIALLY_REFUNDED: frozenset({_S.REFUNDED, _S.DISPUTED}),
    _S.DISPUTED: frozenset({_S.CAPTURED, _S.PARTIALLY_REFUNDED, _S.REFUNDED}),
    _S.REFUNDED: frozenset(),
    _S.RELEASED: frozenset(),
    _S.EXPIRED: frozenset(),
}
"""Single steps. News may skip some (a missed webhook), so `Payment.observe` accepts whatever they lead to."""

LIVE = frozenset({_S.OPEN, _S.AUTHORIZED, _S.CAPTURED, _S.PARTIALLY_REFUNDED, _S.DISPUTED})
"""At most one payment of an appointment is in one of these."""

NEVER_PAID = frozenset({_S.OPEN, _S.EXPIRED})
"""Nobody reserved any money, so no cent was ever moved."""


def _closure() -> Mapping[PaymentStatus, frozenset[PaymentStatus]]:
    reach = {status: set(nexts) for status, nexts in TRANSITIONS.items()}
    for _ in PaymentStatus:
        for targets in reach.values():
            targets.update(*(reach[target] for target in tuple(targets)))
    return {status: frozenset(targets) for status, targets in reach.items()}


REACHABLE = _closure()
"""Whatever single steps lead to in the end."""
