"""News of a payment in any order: whatever was asked when, and whichever answer comes last, one truth remains."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.payment import Step
from support.clock import ManualClock
from support.news import DISPUTE, LIVES, LOST, NOTHING, TOTAL, WON, Happening, Town, hear


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


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
