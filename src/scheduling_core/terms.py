"""The clinic's terms: what a deployment decides once and every use case abides by."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from scheduling_core.cancellation import CancellationPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One clinic's name, currency, tax, hold, refund policy and the limits that keep holds fair."""

    clinic: str
    currency: str
    tax_percent: Decimal
    hold: timedelta
    policy: CancellationPolicy
    minimum_fee: int
    """Minor units: the least a provider can charge. A fee is 0 or at least this."""
    live_holds: int = 3
    holds_a_day: int = 10
    most_moves: int = 3
    """How often a patient may move one visit."""
    shortest_hold: timedelta = timedelta(minutes=2)
