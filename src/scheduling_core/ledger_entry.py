"""A line of the ledger. `payment` writes them, `ledger` reads them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduling_core.ids import PaymentId
from scheduling_core.money import Money


class EntryKind(StrEnum):
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    RELEASED = "released"
    REFUNDED = "refunded"
    DISPUTED = "disputed"
    """Held back by the payer's bank, until as much of DISPUTE_ENDED stands against it."""
    DISPUTE_ENDED = "dispute_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One line of the append-only ledger, from which every cent is explained. Minor units."""

    payment_id: PaymentId
    kind: EntryKind
    amount: Money
    at: datetime
