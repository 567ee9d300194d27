"""Following `next_step` against a provider that loses, delays and refuses: it always ends with exactly what is to be kept."""

from itertools import product

import pytest

from scheduling_core.payment import Step
from scheduling_core.payment_status import PaymentStatus
from support.provider import Fate, Provider, Settling

TOTAL = 3
FATES = 4
"""How many calls meet a fate of their own; those after them go through."""


@pytest.mark.parametrize("keep", range(TOTAL + 1))
def test_keeps_exactly_what_is_to_be_kept_whatever_the_network_does(keep: int):
    for fates in product(Fate, repeat=FATES):
        settling = Settling(Provider(PaymentStatus.AUTHORIZED, total=TOTAL), fates)
        settling.settle(keep)
        settling.assert_kept(keep)


@pytest.mark.parametrize("change_after", range(FATES))
@pytest.mark.parametrize(("first", "then"), [(a, b) for a in range(TOTAL + 1) for b in range(a)])
def test_follows_a_change_of_mind_in_the_middle_of_everything(first: int, then: int, change_after: int):
    for fates in product(Fate, repeat=FATES):
        settling = Settling(Provider(PaymentStatus.AUTHORIZED, total=TOTAL), fates)
        for _ in range(change_after):
            settling.run(first)
        settling.settle(then)
        settling.assert_kept(then)


@pytest.mark.parametrize("pays_before", [*range(FATES), None])
def test_nobody_pays_for_a_checkout_that_is_no_longer_wanted(pays_before: int | None):
    for fates in product(Fate, repeat=FATES):
        provider = Provider(PaymentStatus.OPEN, total=TOTAL)
        settling = Settling(provider, fates)
        for run in range(FATES):
            if run == pays_before:
                provider.pay()
            settling.run(keep=0)
        settling.settle(keep=0)

        settling.assert_kept(0)
        assert provider.captured == 0
        assert provider.status in (PaymentStatus.EXPIRED, PaymentStatus.RELEASED)


def test_repeats_a_call_of_unknown_outcome_under_one_key_and_so_takes_effect_once():
    for fates in product([Fate.REQUEST_LOST, Fate.REPLY_LOST, Fate.LATE], repeat=FATES):
        settling = Settling(Provider(PaymentStatus.AUTHORIZED, total=TOTAL), fates)
        settling.settle(keep=2)
        assert [step for step, _ in settling.provider.effects.values()] == [Step.CAPTURE]
