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
    offer: timedelta = timedelta(minutes=15)
    """How long a released time is kept for one person of the waitlist before the next is asked."""
    waitlist_entries: int = 5
    follow_up_times: int = 3
    """How many times a doctor may offer after one visit, and for how long and how many in all, below."""
    longest_follow_up: timedelta = timedelta(days=14)
    live_follow_ups: int = 30
    shortest_hold: timedelta = timedelta(minutes=2)
    prescription_editable: timedelta = timedelta(hours=24)
    """So long after it was first written a prescription can be changed."""
    feedback_editable: timedelta = timedelta(days=14)
    """So long after it was given feedback can be changed."""
    arrive_early: timedelta = timedelta(minutes=15)
    """From this long before its start somebody can arrive at a visit."""
    grace: timedelta = timedelta(minutes=10)
    """So long after the start is waited before anybody is said not to have come."""
    undo_within: timedelta = timedelta(hours=24)
    """How long a doctor can take back that a patient did not come."""
    fulfilled_after: timedelta = timedelta(hours=24)
    """So long after its end a visit of which nothing else was said counts as fulfilled."""
