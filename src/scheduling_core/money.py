"""Money in integer minor units, and the quote that a patient is held to."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from scheduling_core.errors import InvalidInput

LARGEST_FEE = 50_000_000
"""Minor units. Providers take eight digits: with any tax below 100 % the total stays within them."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency in its minor units (cents); never negative, never a fraction."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError("money is never negative")
        code = self.currency
        if not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
            raise ValueError(f"{self.currency!r} is no ISO 4217 code")

    def __add__(self, other: Self) -> "Money":
        return Money(self.amount + self._same(other).amount, self.currency)

    def __sub__(self, other: Self) -> "Money":
        return Money(self.amount - self._same(other).amount, self.currency)

    def _same(self, other: Self) -> Self:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be reckoned together")
        return other


def percent_of(amount: int, percent: Decimal) -> int:
    """`percent` of `amount` minor units, half a unit rounded up."""
    return int((Decimal(amount) * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a visit costs, snapshotted when its slot is held: fee + tax = total, to the cent."""

    fee: Money
    tax_percent: Decimal
    tax: Money
    total: Money

    def __post_init__(self) -> None:
        if self.fee + self.tax != self.total:
            raise ValueError("a quote's fee and tax must add up to its total")

    @classmethod
    def of(cls, fee: Money, *, tax_percent: Decimal) -> "Quote":
        tax = Money(percent_of(fee.amount, tax_percent), fee.currency)
        return cls(fee=fee, tax_percent=tax_percent, tax=tax, total=fee + tax)


def check_fee(fee: Money, *, minimum: int) -> Money:
    """A fee is nothing at all or within what the payment provider can charge. Raise InvalidInput otherwise."""
    if 0 < fee.amount < minimum:
        raise InvalidInput("fee", f"A fee is 0 or at least {minimum} minor units of {fee.currency}.")
    if fee.amount > LARGEST_FEE:
        raise InvalidInput("fee", f"A fee is at most {LARGEST_FEE} minor units of {fee.currency}.")
    return fee
