"""Webhooks of the simulated provider, over real HTTP: signed, repeated until taken, and faulty when told to be."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters.kit.faults import Fault, Faults
from adapters.kit.simulator_state import SimulatorState
from adapters.payments.simulator import SimulatedPayments
from contract.payments.bench import SECRETS, new_payment
from contract.payments.bench_simulator import card
from contract.payments.receiver import Receiver, receiving
from support.clock import ManualClock

Make = Callable[[], SimulatedPayments]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
def make(state: SimulatorState, faults: Faults, clock: ManualClock, receiver: Receiver) -> Make:
    def make() -> SimulatedPayments:
        return SimulatedPayments(
            state,
            faults,
            clock,
            public_url="http://127.0.0.1:1",
            webhook_secrets=SECRETS,
            webhook_url=receiver.url,
            poll_seconds=0.02,
        )

    return make


async def paid(payments: SimulatedPayments, clock: ManualClock) -> str:
    opened = await payments.open_checkout(new_payment(clock))
    await payments.pay(opened.ref, card("4242"))
    return opened.ref


async def test_tells_of_a_payment_with_opaque_ids_and_nothing_else(
    make: Make, receiver: Receiver, clock: ManualClock
) -> None:
    payments = make()
    payment = new_payment(clock)
    opened = await payments.open_checkout(payment)
    async with payments.running():
        await payments.pay(opened.ref, card("4242"))
        delivery = await receiver.next()
    hint = await payments.read_webhook(delivery.body, delivery.signature)
    assert hint is not None
    assert hint.ref == opened.ref
    assert delivery.event == {
        "id": hint.event_id,
        "object": "event",
        "type": "checkout.session.completed",
        "created": int(clock.now().timestamp()),
        "livemode": False,
        "data": {
            "object": {
                "id": opened.ref,
                "object": "checkout.session",
                "metadata": {"payment_id": str(payment.id), "appointment_id": str(payment.appointment_id)},
            }
        },
    }


async def test_tells_of_every_turn_in_its_order(make: Make, receiver: Receiver, clock: ManualClock) -> None:
    payments = make()
    payment = new_payment(clock)
    opened = await payments.open_checkout(payment)
    async with payments.running():
        await payments.pay(opened.ref, card("0002"))
        await payments.pay(opened.ref, card("0259"))
        await payments.capture(payment, amount=10_620, key="c")
        kinds = [(await receiver.next()).event["type"] for _ in range(4)]
    assert kinds == [
        "payment_intent.payment_failed",
        "checkout.session.completed",
        "charge.captured",
        "charge.dispute.created",
    ]


async def test_sends_again_until_it_is_taken(make: Make, receiver: Receiver, clock: ManualClock) -> None:
    receiver.statuses = [500, 503, 400]
    payments = make()
    async with payments.running():
        await paid(payments, clock)
        deliveries = [await receiver.next_as_time_passes(clock) for _ in range(4)]
        later = await paid(payments, clock)
        assert (await receiver.next_as_time_passes(clock)).event["data"]["object"]["id"] == later
    assert len({delivery.event["id"] for delivery in deliveries}) == 1
    assert await payments.read_webhook(deliveries[-1].body, deliveries[-1].signature) is not None


async def test_a_restart_sends_what_was_left(make: Make, receiver: Receiver, clock: ManualClock) -> None:
    ref = await paid(make(), clock)
    assert receiver.arrived.empty()
    reborn = make()
    async with reborn.running():
        delivery = await receiver.next()
    assert delivery.event["data"]["object"]["id"] == ref


async def test_another_process_sends_what_one_queued(make: Make, receiver: Receiver, clock: ManualClock) -> None:
    one, other = make(), make()
    async with other.running():
        ref = await paid(one, clock)
        assert (await receiver.next()).event["data"]["object"]["id"] == ref


async def test_tells_of_a_page_that_ran_out_by_itself(make: Make, receiver: Receiver, clock: ManualClock) -> None:
    payments = make()
    await payments.open_checkout(new_payment(clock))
    async with payments.running():
        clock.advance(minutes=31)
        assert (await receiver.next()).event["type"] == "checkout.session.expired"


async def test_duplicate_delivers_one_event_twice(
    make: Make, receiver: Receiver, clock: ManualClock, faults: Faults
) -> None:
    payments = make()
    await faults.order("payments", Fault.DUPLICATE)
    async with payments.running():
        await paid(payments, clock)
        assert (await receiver.next()).event == (await receiver.next()).event


async def test_silence_delivers_nothing_and_only_as_often_as_ordered(
    make: Make, receiver: Receiver, clock: ManualClock, faults: Faults
) -> None:
    payments = make()
    await faults.order("payments", Fault.SILENCE, times=2)
    async with payments.running():
        await paid(payments, clock)
        await paid(payments, clock)
        third = await paid(payments, clock)
        assert (await receiver.next()).event["data"]["object"]["id"] == third
    assert receiver.arrived.empty()


async def test_reorder_delivers_the_last_first(
    make: Make, receiver: Receiver, clock: ManualClock, faults: Faults
) -> None:
    payments = make()
    await faults.order("payments", Fault.REORDER, times=3)
    refs = [await paid(payments, clock) for _ in range(3)]
    async with payments.running():
        clock.advance(seconds=3)
        arrived = [(await receiver.next()).event["data"]["object"]["id"] for _ in range(3)]
    assert arrived == refs[::-1]


async def test_a_product_that_is_away_gets_it_when_it_is_back(
    state: SimulatorState, faults: Faults, clock: ManualClock
) -> None:
    def make(url: str) -> SimulatedPayments:
        return SimulatedPayments(
            state, faults, clock, public_url="http://x", webhook_secrets=SECRETS, webhook_url=url, poll_seconds=0.02
        )

    async with receiving() as gone:
        url = gone.url
    away = make(url)
    async with away.running(), receiving() as back:
        ref = await paid(away, clock)
        async with make(back.url).running():
            assert (await back.next_as_time_passes(clock)).event["data"]["object"]["id"] == ref
