"""Money, quotes and what cancelling gives back, as the outside sees them."""

from typing import Annotated

import msgspec

from adapters.http.views.fields import Answer, Request
from scheduling_core import money
from scheduling_core.cancellation import CancellationPolicy


class Money(Answer):
    """An amount in minor units (cents) of one currency."""

    amount: int
    currency: str

    @classmethod
    def of(cls, amount: money.Money) -> "Money":
        return cls(amount=amount.amount, currency=amount.currency)


class MoneyInput(Request):
    """An amount in minor units (cents) of one currency."""

    amount: Annotated[int, msgspec.Meta(ge=0, le=100_000_000)]
    currency: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$", description="ISO 4217")]

    def value(self) -> money.Money:
        return money.Money(self.amount, self.currency)


class Quote(Answer):
    """What a visit costs: fee + tax = total."""

    fee: Money
    tax_percent: str
    tax: Money
    total: Money

    @classmethod
    def of(cls, quote: money.Quote) -> "Quote":
        return cls(
            fee=Money.of(quote.fee),
            tax_percent=str(quote.tax_percent),
            tax=Money.of(quote.tax),
            total=Money.of(quote.total),
        )


class PolicyStep(Answer):
    """Cancelling at least `hours_before` the start gives `percent` of the total back."""

    hours_before: int
    percent: int

    @classmethod
    def all_of(cls, policy: CancellationPolicy) -> list["PolicyStep"]:
        return [cls(hours_before=step.hours_before, percent=step.percent) for step in policy.steps]
