"""Opening, paying and closing a checkout, at any provider."""

from dataclasses import replace

import pytest

from contract.payments.bench import Bench, new_payment
from scheduling_core.errors import ProviderRefused
from scheduling_core.payment_status import PaymentStatus
from support.making import usd


async def test_opens_a_page_for_exactly_the_amount_asked(bench: Bench) -> None:
    payment = new_payment(bench.clock, 10_620)
    opened = await bench.payments.open_checkout(payment)
    assert (opened.status, opened.amount, opened.currency) == (PaymentStatus.OPEN, 10_620, "USD")
    assert (opened.captured, opened.refunded) == (0, 0)
    assert opened.ref
    assert opened.url is not None
    assert opened.url.startswith("http")


async def test_opening_again_under_the_same_key_is_the_same_page(bench: Bench) -> None:
    payment = new_payment(bench.clock)
    assert await bench.payments.open_checkout(payment) == await bench.payments.open_checkout(payment)


async def test_two_payments_are_two_pages(bench: Bench) -> None:
    one = await bench.payments.open_checkout(new_payment(bench.clock))
    other = await bench.payments.open_checkout(new_payment(bench.clock))
    assert one.ref != other.ref
    assert one.url != other.url


async def test_refuses_the_same_key_for_another_amount(bench: Bench) -> None:
    payment = new_payment(bench.clock, 10_620)
    await bench.payments.open_checkout(payment)
    with pytest.raises(ProviderRefused) as refusal:
        await bench.payments.open_checkout(replace(payment, amount=usd(100)))
    assert refusal.value.code == "key_reused"
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert seen.amount == 10_620


async def test_charges_nothing_below_its_minimum(bench: Bench) -> None:
    least = bench.payments.minimum
    assert (await bench.payments.open_checkout(new_payment(bench.clock, least))).amount == least
    with pytest.raises(ProviderRefused) as refusal:
        await bench.payments.open_checkout(new_payment(bench.clock, least - 1))
    assert refusal.value.code == "amount"


async def test_knows_nothing_of_a_checkout_that_never_arrived(bench: Bench) -> None:
    assert await bench.payments.find(new_payment(bench.clock)) is None


async def test_finds_a_checkout_whose_reply_was_lost(bench: Bench) -> None:
    payment = new_payment(bench.clock)
    opened = await bench.payments.open_checkout(payment)
    assert await bench.payments.find(replace(payment, ref=None)) == opened
    assert await bench.payments.find(replace(payment, ref=opened.ref)) == opened


async def test_paying_reserves_the_money_and_takes_none(bench: Bench) -> None:
    payment = new_payment(bench.clock)
    await bench.pay(await bench.payments.open_checkout(payment))
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert (seen.status, seen.captured, seen.refunded) == (PaymentStatus.AUTHORIZED, 0, 0)


async def test_a_decline_leaves_the_page_open_and_says_why(bench: Bench) -> None:
    payment = new_payment(bench.clock)
    opened = await bench.payments.open_checkout(payment)
    await bench.try_declined_card(opened)
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert (seen.status, seen.last_decline) == (PaymentStatus.OPEN, "card_declined")
    await bench.pay(opened)
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert seen.status is PaymentStatus.AUTHORIZED


async def test_a_closed_page_takes_no_money(bench: Bench) -> None:
    payment = new_payment(bench.clock)
    opened = await bench.payments.open_checkout(payment)
    closed = await bench.payments.close_checkout(payment, key="close")
    assert closed.status is PaymentStatus.EXPIRED
    with pytest.raises(ProviderRefused):
        await bench.pay(opened)
    assert await bench.payments.find(payment) == closed


async def test_closing_a_paid_page_leaves_it_paid(bench: Bench) -> None:
    payment = new_payment(bench.clock)
    await bench.pay(await bench.payments.open_checkout(payment))
    assert (await bench.payments.close_checkout(payment, key="close")).status is PaymentStatus.AUTHORIZED


async def test_closing_twice_is_closing_once(bench: Bench) -> None:
    payment = new_payment(bench.clock)
    await bench.payments.open_checkout(payment)
    closed = await bench.payments.close_checkout(payment, key="one")
    assert await bench.payments.close_checkout(payment, key="one") == closed
    assert await bench.payments.close_checkout(payment, key="two") == closed


async def test_refuses_to_close_what_was_never_opened(bench: Bench) -> None:
    with pytest.raises(ProviderRefused) as refusal:
        await bench.payments.close_checkout(new_payment(bench.clock), key="close")
    assert refusal.value.code == "unknown"
