"""What the simulated payment provider does when it fails, forgets, restarts, or runs twice."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.kit.faults import Fault, Faults
from adapters.kit.simulator_state import SimulatorState
from adapters.payments.simulator import SimulatedPayments
from contract.payments.bench import SECRETS, new_payment
from contract.payments.bench_simulator import SimulatedBench, card
from scheduling_core.errors import ProviderFailed, ProviderRefused, ProviderUnavailable
from scheduling_core.payment_status import PaymentStatus
from support.clock import ManualClock


@pytest.fixture
def bench(simulated: SimulatedPayments, clock: ManualClock) -> SimulatedBench:
    return SimulatedBench(simulated, clock)


async def test_a_timeout_hides_what_was_done(bench: SimulatedBench, faults: Faults) -> None:
    payment = new_payment(bench.clock)
    await faults.order("payments", Fault.TIMEOUT)
    with pytest.raises(ProviderUnavailable) as nothing:
        await bench.payments.open_checkout(payment)
    assert not isinstance(nothing.value, ProviderFailed)
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert await bench.payments.open_checkout(payment) == seen


async def test_a_hanging_provider_lets_go_of_whoever_gives_up(bench: SimulatedBench, faults: Faults) -> None:
    payment = new_payment(bench.clock)
    await faults.order("payments", Fault.TIMEOUT, seconds=120)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bench.payments.open_checkout(payment), 0.2)
    assert await bench.payments.find(payment) is not None


async def test_an_error_does_nothing(bench: SimulatedBench, faults: Faults) -> None:
    payment = new_payment(bench.clock)
    await faults.order("payments", Fault.ERROR)
    with pytest.raises(ProviderFailed):
        await bench.payments.open_checkout(payment)
    assert await bench.payments.find(payment) is None


async def test_a_5xx_is_the_answer_under_its_key_for_a_day_while_another_key_gets_through(
    bench: SimulatedBench, faults: Faults
) -> None:
    payment = new_payment(bench.clock)
    await bench.pay(await bench.payments.open_checkout(payment))
    await faults.order("payments", Fault.ERROR)
    for _ in range(3):
        with pytest.raises(ProviderFailed):
            await bench.payments.capture(payment, amount=10_620, key="1")
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert seen.status is PaymentStatus.AUTHORIZED
    assert (await bench.payments.capture(payment, amount=10_620, key="2")).status is PaymentStatus.CAPTURED
    bench.clock.advance(timedelta(hours=24))
    with pytest.raises(ProviderRefused):
        await bench.payments.capture(payment, amount=10_620, key="1")


async def test_a_refusal_is_remembered_with_its_key(bench: SimulatedBench) -> None:
    payment = new_payment(bench.clock)
    opened = await bench.payments.open_checkout(payment)
    with pytest.raises(ProviderRefused):
        await bench.payments.capture(payment, amount=10_620, key="early")
    await bench.pay(opened)
    with pytest.raises(ProviderRefused):
        await bench.payments.capture(payment, amount=10_620, key="early")


async def test_an_answer_under_a_key_is_the_first_one_even_when_it_is_old_news(bench: SimulatedBench) -> None:
    payment = new_payment(bench.clock)
    opened = await bench.payments.open_checkout(payment)
    await bench.pay(opened)
    assert (await bench.payments.open_checkout(payment)).status is PaymentStatus.OPEN
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert seen.status is PaymentStatus.AUTHORIZED


async def test_a_fault_happens_as_often_as_ordered(bench: SimulatedBench, faults: Faults) -> None:
    payment = new_payment(bench.clock)
    await faults.order("payments", Fault.ERROR, times=2)
    for _ in range(2):
        with pytest.raises(ProviderUnavailable):
            await bench.payments.find(payment)
    assert await bench.payments.find(payment) is None


async def test_none_forgets_the_faults_of_one_port(bench: SimulatedBench, faults: Faults) -> None:
    await faults.order("payments", Fault.ERROR, times=50)
    await faults.order("payments", Fault.TIMEOUT, times=50)
    await faults.order("calendar", Fault.ERROR, times=50)
    await faults.order("payments", Fault.NONE)
    assert [(order.port, order.fault) for order in await faults.ordered()] == [("calendar", Fault.ERROR)]
    assert await bench.payments.find(new_payment(bench.clock)) is None


async def test_a_page_stays_open_for_half_an_hour_unless_it_is_closed(bench: SimulatedBench) -> None:
    payment = new_payment(bench.clock)
    opened = await bench.payments.open_checkout(payment)
    bench.clock.advance(minutes=29)
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert seen.status is PaymentStatus.OPEN
    bench.clock.advance(minutes=1)
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert seen.status is PaymentStatus.EXPIRED
    with pytest.raises(ProviderRefused):
        await bench.pay(opened)


async def test_the_confirming_card_pays_only_once_its_owner_agrees(bench: SimulatedBench) -> None:
    payments, payment = bench.payments, new_payment(bench.clock)
    ref = (await payments.open_checkout(payment)).ref
    with pytest.raises(ProviderRefused):
        await payments.confirm(ref, approved=True)
    assert (await payments.pay(ref, card("3220"))).status is PaymentStatus.OPEN
    refused = await payments.confirm(ref, approved=False)
    assert (refused.status, refused.last_decline) == (PaymentStatus.OPEN, "authentication_failed")
    await payments.pay(ref, card("3220"))
    assert (await payments.confirm(ref, approved=True)).status is PaymentStatus.AUTHORIZED


async def test_the_disputing_card_freezes_the_money_once_it_is_taken(bench: SimulatedBench) -> None:
    payments, payment = bench.payments, new_payment(bench.clock)
    ref = (await payments.open_checkout(payment)).ref
    await payments.pay(ref, card("0259"))
    assert (await payments.capture(payment, amount=10_620, key="c")).status is PaymentStatus.DISPUTED
    with pytest.raises(ProviderRefused):
        await payments.refund(payment, amount=1, key="r")


async def test_the_bouncing_card_reserves_money_that_can_only_be_released(bench: SimulatedBench) -> None:
    payments, payment = bench.payments, new_payment(bench.clock)
    ref = (await payments.open_checkout(payment)).ref
    assert (await payments.pay(ref, card("0341"))).status is PaymentStatus.AUTHORIZED
    with pytest.raises(ProviderRefused):
        await payments.capture(payment, amount=10_620, key="c")
    assert (await payments.release(payment, key="r")).status is PaymentStatus.RELEASED


@pytest.mark.parametrize(("won", "status", "refunded"), [(True, "captured", 0), (False, "refunded", 10_620)])
async def test_the_bank_decides_a_dispute(bench: SimulatedBench, won: bool, status: str, refunded: int) -> None:
    payments, payment = bench.payments, new_payment(bench.clock)
    ref = (await payments.open_checkout(payment)).ref
    await payments.pay(ref, card("0259"))
    await payments.capture(payment, amount=10_620, key="c")
    decided = await payments.settle_dispute(ref, won=won)
    assert (decided.status, decided.refunded) == (status, refunded)


async def test_a_restart_forgets_nothing(tmp_path: Path, clock: ManualClock) -> None:
    def start() -> tuple[SimulatorState, Faults, SimulatedBench]:
        state = SimulatorState(tmp_path / "restarted.sqlite")
        faults = Faults(state, hang_seconds=0)
        payments = SimulatedPayments(state, faults, clock, public_url="http://x", webhook_secrets=SECRETS)
        return state, faults, SimulatedBench(payments, clock)

    state, faults, before = start()
    payment = new_payment(clock)
    opened = await before.payments.open_checkout(payment)
    await before.pay(opened)
    taken = await before.payments.capture(payment, amount=10_620, key="c")
    await faults.order("payments", Fault.ERROR)
    await state.close()

    state, faults, after = start()
    with pytest.raises(ProviderUnavailable):
        await after.payments.find(payment)
    assert await after.payments.find(payment) == taken
    assert await after.payments.capture(payment, amount=10_620, key="c") == taken
    assert await after.payments.open_checkout(payment) == opened
    await state.close()


async def test_two_processes_on_one_file_are_one_provider(tmp_path: Path, clock: ManualClock) -> None:
    states = [SimulatorState(tmp_path / "shared.sqlite") for _ in range(2)]
    one, other = (
        SimulatedBench(
            SimulatedPayments(state, Faults(state), clock, public_url="http://x", webhook_secrets=SECRETS), clock
        )
        for state in states
    )
    payment = new_payment(clock)
    await one.pay(await one.payments.open_checkout(payment))
    await other.payments.capture(payment, amount=10_620, key="c")
    await one.payments.refund(payment, amount=10_000, key="r")
    with pytest.raises(ProviderRefused):
        await other.payments.refund(payment, amount=1_000, key="s")
    assert await one.payments.find(payment) == await other.payments.find(payment)
    for state in states:
        await state.close()
