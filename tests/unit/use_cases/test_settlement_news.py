"""News of a payment in any order: whatever was asked when, and whichever answer comes last, one truth remains."""

import asyncio
from collections.abc import Sequence
from itertools import permutations

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor
from scheduling_core.payment import Observation, Payment, Step
from scheduling_core.use_cases.settlement import SettleMoney
from support.clinic import Clinic
from support.clock import ManualClock
from support.news import DISPUTE, LIVES, LOST, NOTHING, TOTAL, WON, Happening, Town, hear


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
async def test_answers_in_any_order_end_in_what_is_true(life: Sequence[Happening], clock: ManualClock) -> None:
    town = Town(MemoryStorage(clock), clock)
    await town.open()
    for order in permutations(range(len(life))):
        provider = await hear(town, life, order, keep=TOTAL)
        assert provider.effects == {}


async def test_what_is_disputed_is_never_refunded_a_second_time(clock: ManualClock) -> None:
    town = Town(MemoryStorage(clock), clock)
    await town.open()
    for life, refunds in (
        ([NOTHING, DISPUTE, NOTHING, LOST, NOTHING], []),
        ([NOTHING, DISPUTE, NOTHING, WON], [TOTAL]),
    ):
        for order in permutations(range(len(life))):
            provider = await hear(town, life, order, keep=0)
            assert [amount for step, amount in provider.effects.values() if step is Step.REFUND] == refunds


async def test_the_last_decline_is_the_last_one(clock: ManualClock) -> None:
    clinic = Clinic(MemoryStorage(clock), clock)
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    payment_id = (await clinic.payment(held.id)).id
    answers: dict[str, asyncio.Event] = {}

    class Slow:
        """Every answer waits until the test lets it come."""

        async def find(self, payment: Payment) -> Observation | None:
            seen = await clinic.payments.find(payment)
            if seen and seen.last_decline and seen.last_decline not in answers:
                await answers.setdefault(seen.last_decline, asyncio.Event()).wait()
            return seen

    settle = SettleMoney(clinic.storage, Slow(), clinic.chance)  # type: ignore[arg-type]  # it is only asked
    looks = []
    for code in ("lost_card", "insufficient_funds"):
        await clinic.happen(held.id, lambda session, code=code: session.decline(code))
        looks.append(asyncio.create_task(settle(payment_id)))
        async with asyncio.timeout(5):
            while code not in answers:  # noqa: ASYNC110  # it passes through the simulator's own thread
                await asyncio.sleep(0.001)
    for code, look in zip(("insufficient_funds", "lost_card"), reversed(looks), strict=True):
        answers[code].set()
        await look
    assert (await clinic.payment(held.id)).last_decline == "insufficient_funds"
    await clinic.close()
