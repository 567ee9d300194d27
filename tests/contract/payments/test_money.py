"""Taking, releasing and giving back, at any provider; and that its books always balance."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.kit.faults import Fault, Faults
from adapters.kit.simulator_state import SimulatorState
from adapters.payments.simulator import SimulatedPayments
from contract.payments.bench import SECRETS, Bench, new_payment
from contract.payments.bench_simulator import SimulatedBench
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.payment import Observation, Payment
from scheduling_core.payment_status import PaymentStatus
from support.clock import ManualClock


async def authorized(bench: Bench, amount: int = 10_620) -> Payment:
    payment = new_payment(bench.clock, amount)
    await bench.pay(await bench.payments.open_checkout(payment))
    return payment


async def test_captures_all_of_it(bench: Bench) -> None:
    payment = await authorized(bench)
    seen = await bench.payments.capture(payment, amount=10_620, key="k")
    assert (seen.status, seen.captured) == (PaymentStatus.CAPTURED, 10_620)


async def test_captures_a_part_and_lets_the_rest_go(bench: Bench) -> None:
    payment = await authorized(bench)
    seen = await bench.payments.capture(payment, amount=5_310, key="k")
    assert (seen.status, seen.amount, seen.captured) == (PaymentStatus.CAPTURED, 10_620, 5_310)
    with pytest.raises(ProviderRefused):
        await bench.payments.capture(payment, amount=1, key="the rest")


@pytest.mark.parametrize("amount", [0, -1, 10_621])
async def test_refuses_to_capture_what_was_not_authorized(bench: Bench, amount: int) -> None:
    payment = await authorized(bench)
    with pytest.raises(ProviderRefused) as refusal:
        await bench.payments.capture(payment, amount=amount, key="k")
    assert refusal.value.code == "amount"


async def test_refuses_to_capture_before_anybody_paid(bench: Bench) -> None:
    payment = new_payment(bench.clock)
    await bench.payments.open_checkout(payment)
    with pytest.raises(ProviderRefused):
        await bench.payments.capture(payment, amount=10_620, key="k")


async def test_captures_once_under_one_key(bench: Bench) -> None:
    payment = await authorized(bench)
    first = await bench.payments.capture(payment, amount=10_620, key="k")
    assert await bench.payments.capture(payment, amount=10_620, key="k") == first


async def test_refuses_a_key_that_was_used_for_something_else(bench: Bench) -> None:
    payment = await authorized(bench)
    await bench.payments.capture(payment, amount=10_620, key="k")
    with pytest.raises(ProviderRefused) as refusal:
        await bench.payments.refund(payment, amount=10_620, key="k")
    assert refusal.value.code == "key_reused"
    with pytest.raises(ProviderRefused):
        await bench.payments.capture(payment, amount=10_000, key="k")


async def test_released_money_is_gone_for_the_clinic(bench: Bench) -> None:
    payment = await authorized(bench)
    assert (await bench.payments.release(payment, key="k")).status is PaymentStatus.RELEASED
    with pytest.raises(ProviderRefused):
        await bench.payments.capture(payment, amount=10_620, key="later")
    with pytest.raises(ProviderRefused):
        await bench.payments.refund(payment, amount=10_620, key="later still")


async def test_refuses_to_release_what_was_taken(bench: Bench) -> None:
    payment = await authorized(bench)
    await bench.payments.capture(payment, amount=10_620, key="k")
    with pytest.raises(ProviderRefused):
        await bench.payments.release(payment, key="r")


async def test_refunds_in_parts_until_nothing_is_left(bench: Bench) -> None:
    payment = await authorized(bench)
    await bench.payments.capture(payment, amount=10_620, key="k")
    part = await bench.payments.refund(payment, amount=5_310, key="1")
    assert (part.status, part.refunded) == (PaymentStatus.PARTIALLY_REFUNDED, 5_310)
    assert await bench.payments.refund(payment, amount=5_310, key="1") == part
    rest = await bench.payments.refund(payment, amount=5_310, key="2")
    assert (rest.status, rest.refunded) == (PaymentStatus.REFUNDED, 10_620)


async def test_refuses_to_refund_more_than_was_taken(bench: Bench) -> None:
    payment = await authorized(bench)
    await bench.payments.capture(payment, amount=5_000, key="k")
    await bench.payments.refund(payment, amount=4_000, key="1")
    with pytest.raises(ProviderRefused) as refusal:
        await bench.payments.refund(payment, amount=1_001, key="2")
    assert refusal.value.code == "over_refund"
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert (seen.captured, seen.refunded) == (5_000, 4_000)


async def test_money_that_nobody_took_for_a_week_goes_back(bench: Bench) -> None:
    payment = await authorized(bench)
    bench.clock.advance(timedelta(days=7))
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert seen.status is PaymentStatus.RELEASED


Doing = tuple[str, int, int]
doings = st.tuples(
    st.sampled_from(["pay", "decline", "close", "capture", "release", "refund", "wait", "timeout", "error"]),
    st.integers(-10, 1_200),
    st.integers(0, 3),
)


@given(st.lists(doings, max_size=25))
def test_no_sequence_of_calls_unbalances_the_books(sequence: list[Doing]) -> None:
    asyncio.run(_live_through(sequence))


async def _live_through(sequence: list[Doing]) -> None:
    state = SimulatorState()
    faults, clock = Faults(state, hang_seconds=0), ManualClock()
    payments = SimulatedPayments(state, faults, clock, public_url="http://x", webhook_secrets=SECRETS)
    bench = SimulatedBench(payments, clock)
    payment = new_payment(bench.clock, 1_000)
    opened = before = await payments.open_checkout(payment)
    for verb, amount, number in sequence:
        with suppress(ProviderRefused, ProviderUnavailable):
            await _do(bench, faults, payment, opened, (verb, amount, number))
        for fault in (Fault.TIMEOUT, Fault.ERROR):
            await state.write(lambda books, fault=fault: faults.take(books, "payments", fault))
        seen = await payments.find(payment)
        assert seen is not None
        assert 0 <= seen.refunded <= seen.captured <= seen.amount == 1_000
        assert seen.captured >= before.captured
        assert seen.refunded >= before.refunded
        assert (seen.captured > 0) == (
            seen.status in (PaymentStatus.CAPTURED, PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED)
        )
        # What the product makes of any two looks at it must never contradict itself.
        after, _ = payment.observe(before, at=clock.now())
        final, entries = after.observe(seen, at=clock.now())
        assert (final.status, final.captured, final.refunded) == (seen.status, seen.captured, seen.refunded)
        assert all(entry.amount.amount > 0 for entry in entries)
        before = seen
    await state.close()


async def _do(bench: SimulatedBench, faults: Faults, payment: Payment, opened: Observation, doing: Doing) -> None:
    verb, amount, number = doing
    key = f"{verb}{number}"
    match verb:
        case "pay":
            await bench.pay(opened)
        case "decline":
            await bench.try_declined_card(opened)
        case "close":
            await bench.payments.close_checkout(payment, key=key)
        case "capture":
            await bench.payments.capture(payment, amount=amount, key=key)
        case "release":
            await bench.payments.release(payment, key=key)
        case "refund":
            await bench.payments.refund(payment, amount=amount, key=key)
        case "wait":
            bench.clock.advance(timedelta(minutes=abs(amount)))
        case _:
            await faults.order("payments", Fault(verb))
            await bench.payments.refund(payment, amount=amount, key=f"refund{number}")
