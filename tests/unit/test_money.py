"""Money and quotes: to the minor unit, in one currency, and adding up."""

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling_core.errors import InvalidInput
from scheduling_core.money import LARGEST_FEE, Money, Quote, check_fee, percent_of

amounts = st.integers(min_value=0, max_value=LARGEST_FEE)
percents = st.decimals(min_value=0, max_value=100, places=3, allow_nan=False, allow_infinity=False)


@given(amounts, amounts)
def test_adds_and_subtracts_in_minor_units(one: int, other: int):
    total = Money(one, "USD") + Money(other, "USD")

    assert total == Money(one + other, "USD")
    assert total - Money(other, "USD") == Money(one, "USD")


def test_is_never_negative():
    with pytest.raises(ValueError, match="never negative"):
        Money(-1, "USD")
    with pytest.raises(ValueError, match="never negative"):
        Money(1, "USD") - Money(2, "USD")


def test_takes_nothing_away_from_equal_money():
    assert Money(2, "USD") - Money(2, "USD") == Money(0, "USD")


@pytest.mark.parametrize("code", ["", "US", "USDT", "usd", "Usd", "U5D", "U$D", "US ", "ÜSD", "ＵＳＤ"])
def test_refuses_what_is_no_currency_code(code: str):
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(1, code)


def test_never_reckons_two_currencies_together():
    with pytest.raises(ValueError, match="USD and EUR"):
        Money(1, "USD") + Money(1, "EUR")
    with pytest.raises(ValueError, match="USD and EUR"):
        Money(1, "USD") - Money(1, "EUR")
    with pytest.raises(TypeError):
        sorted([Money(2, "USD"), Money(1, "EUR")])  # type: ignore[type-var]  # no order is the point


@given(amounts, percents)
def test_rounds_a_percentage_half_up(amount: int, percent: Decimal):
    exact = Fraction(amount) * Fraction(percent) / 100

    assert percent_of(amount, percent) == floor(exact + Fraction(1, 2))


@pytest.mark.parametrize(
    ("amount", "percent", "tax"),
    [(25, "18", 5), (75, "18", 14), (50, "1", 1), (49, "1", 0), (150, "1", 2), (10, "0", 0)],
)
def test_gives_half_a_cent_of_tax_to_the_state(amount: int, percent: str, tax: int):
    assert percent_of(amount, Decimal(percent)) == tax


@given(amounts, percents)
def test_quotes_a_total_that_adds_up(amount: int, percent: Decimal):
    quote = Quote.of(Money(amount, "USD"), tax_percent=percent)

    assert quote.fee == Money(amount, "USD")
    assert quote.tax_percent == percent
    assert quote.tax.amount == percent_of(amount, percent)
    assert quote.fee + quote.tax == quote.total


def test_refuses_a_quote_that_does_not_add_up():
    with pytest.raises(ValueError, match="add up"):
        Quote(fee=Money(100, "USD"), tax_percent=Decimal(18), tax=Money(18, "USD"), total=Money(119, "USD"))


def test_never_asks_a_provider_for_more_than_eight_digits():
    assert Quote.of(Money(LARGEST_FEE, "USD"), tax_percent=Decimal("99.9")).total.amount < 10**8


@pytest.mark.parametrize("amount", [0, 50, 51, LARGEST_FEE])
def test_accepts_a_fee_of_nothing_or_within_what_can_be_charged(amount: int):
    assert check_fee(Money(amount, "USD"), minimum=50) == Money(amount, "USD")


@pytest.mark.parametrize("amount", [1, 49, LARGEST_FEE + 1])
def test_refuses_a_fee_that_cannot_be_charged(amount: int):
    with pytest.raises(InvalidInput) as refusal:
        check_fee(Money(amount, "USD"), minimum=50)

    assert refusal.value.field == "fee"
