"""What is refunded when a visit is cancelled, from the policy snapshotted when its slot was held."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from scheduling_core.money import Money

MOST_HOURS = 24 * 730
"""No visit is booked further ahead than this."""


@dataclass(frozen=True, slots=True, order=True)
class RefundStep:
    """`percent` of the total comes back when cancelling at least `hours_before` the start."""

    hours_before: int
    percent: int


@dataclass(frozen=True, slots=True)
class CancellationPolicy:
    """Steps from the earliest to the latest; after the last nothing comes back. Written `24h:100,4h:50`."""

    steps: tuple[RefundStep, ...]

    def __post_init__(self) -> None:
        hours = [step.hours_before for step in self.steps]
        percents = [step.percent for step in self.steps]
        if any(not 0 <= hour <= MOST_HOURS for hour in hours) or any(not 0 < percent <= 100 for percent in percents):
            raise ValueError(f"a step is 0 to {MOST_HOURS} hours before the start and 1 to 100 percent")
        if any(a <= b for a, b in pairwise(hours)) or any(a <= b for a, b in pairwise(percents)):
            raise ValueError("steps go from early to late, and later steps refund less")

    @classmethod
    def parse(cls, text: str) -> "CancellationPolicy":
        """Read `24h:100,4h:50`; an empty text never refunds. Raise ValueError for anything else."""
        steps = []
        for part in filter(None, (piece.strip() for piece in text.split(","))):
            hours, colon, percent = part.partition("h:")
            if not colon or not hours.isdecimal() or not percent.isdecimal():
                raise ValueError(f"{part!r} is not like 24h:100")
            steps.append(RefundStep(int(hours), int(percent)))
        return cls(tuple(steps))

    def __str__(self) -> str:
        return ",".join(f"{step.hours_before}h:{step.percent}" for step in self.steps)

    def refund(self, total: Money, *, starts_at: datetime, now: datetime) -> Money:
        """What comes back of `total` when a patient cancels at `now`; half a minor unit goes to the patient."""
        if now >= starts_at:
            return Money(0, total.currency)
        for step in self.steps:
            if now <= starts_at - timedelta(hours=step.hours_before):
                return Money((total.amount * step.percent + 50) // 100, total.currency)
        return Money(0, total.currency)

    def full_until(self, *, starts_at: datetime) -> datetime | None:
        """The last instant at which everything comes back; None when it never does."""
        if not self.steps or self.steps[0].percent < 100:
            return None
        return starts_at - timedelta(hours=self.steps[0].hours_before)

    def refundable_until(self, *, starts_at: datetime, now: datetime) -> datetime | None:
        """Until when the refund stays as it is now; None when nothing comes back any more."""
        for step in self.steps:
            deadline = starts_at - timedelta(hours=step.hours_before)
            if now <= deadline and now < starts_at:
                return deadline
        return None
