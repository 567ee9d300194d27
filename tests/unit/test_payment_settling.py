"""Following `next_step` against a provider that loses, delays and refuses: it always ends with exactly what is to be kept.

The provider here is the smallest that keeps a provider's rules: one effect a key, nothing captured twice, nothing refunded
that was not captured. Replies and requests are lost, and requests arrive late, in every combination.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from enum import Enum
from itertools import product

import pytest

from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.payment import EntryKind, Observation, Payment, PaymentStatus, Step, next_step
from support.clock import MONDAY
from support.making import an_id, minutes, usd

TOTAL = 3
FATES = 4
"""How many calls meet a fate of their own; those after them go through."""


class Fate(Enum):
    THROUGH = "through"
    REQUEST_LOST = "request lost"
    REPLY_LOST = "reply lost"
    LATE = "arrives after the next call"


class Unknown(Exception):
    pass


class Refused(Exception):
    pass


class Provider:
    """Money at the provider; every effect is remembered under its key."""

    def __init__(self, status: PaymentStatus) -> None:
        self.status, self.captured, self.refunded = status, 0, 0
        self.effects: dict[str, tuple[Step, int]] = {}
        self._late: list[Callable[[], None]] = []

    def pay(self) -> None:
        """The patient pays on the page, if it is still open."""
        if self.status is PaymentStatus.OPEN:
            self.status = PaymentStatus.AUTHORIZED

    def find(self) -> Observation:
        return Observation(
            ref="cs_1", status=self.status, amount=TOTAL, currency="USD", captured=self.captured, refunded=self.refunded
        )

    def call(self, step: Step, amount: int, key: str, fate: Fate) -> Observation:
        earlier, self._late = self._late, []
        if fate is Fate.LATE:
            self._late.append(lambda: self._arrive(step, amount, key))
        elif fate is not Fate.REQUEST_LOST:
            self._take(step, amount, key)
        for arrive in earlier:
            arrive()
        if fate is not Fate.THROUGH:
            raise Unknown
        return self.find()

    def let_everything_arrive(self) -> None:
        while self._late:
            self._late.pop()()

    def _arrive(self, step: Step, amount: int, key: str) -> None:
        with suppress(Refused):
            self._take(step, amount, key)

    def _take(self, step: Step, amount: int, key: str) -> None:
        if key in self.effects:
            assert self.effects[key] == (step, amount), "one key, one call"
            return
        match step:
            case Step.CLOSE:
                if self.status is PaymentStatus.OPEN:
                    self.status = PaymentStatus.EXPIRED
            case Step.CAPTURE:
                self._require(self.status is PaymentStatus.AUTHORIZED and 0 < amount <= TOTAL)
                self.status, self.captured = PaymentStatus.CAPTURED, amount
            case Step.RELEASE:
                self._require(self.status is PaymentStatus.AUTHORIZED)
                self.status = PaymentStatus.RELEASED
            case Step.REFUND:
                self._require(0 < amount <= self.captured - self.refunded)
                self.refunded += amount
                whole = self.refunded == self.captured
                self.status = PaymentStatus.REFUNDED if whole else PaymentStatus.PARTIALLY_REFUNDED
        self.effects[key] = (step, amount)

    def _require(self, allowed: bool) -> None:
        if not allowed:
            raise Refused


def fresh() -> Payment:
    ids = {"id": PaymentId(an_id()), "appointment_id": AppointmentId(an_id())}
    return Payment(**ids, amount=usd(TOTAL), closes_at=MONDAY + minutes(9), created_at=MONDAY)


class Settling:
    """One payment being settled, one run of the task after the other, as SettleMoney does it."""

    def __init__(self, provider: Provider, fates: Sequence[Fate]) -> None:
        self.provider, self.payment = provider, fresh()
        self.ledger = dict.fromkeys(EntryKind, 0)
        self._fates: Iterator[Fate] = iter(fates)

    def run(self, keep: int) -> bool:
        """Fetch, decide, act, record. Whether there was anything to do."""
        self._observe(self.provider.find())
        step = next_step(self.payment, keep=keep, wanted=False)
        if step is None:
            return False
        self.payment = self.payment.begin(*step, at=MONDAY)
        assert self.payment.attempt is not None
        try:
            seen = self.provider.call(*step, self.payment.attempt.key, next(self._fates, Fate.THROUGH))
        except Unknown:
            return True
        except Refused:
            self.payment = self.payment.give_up_attempt()
            return True
        self._observe(seen)
        return True

    def settle(self, keep: int) -> None:
        for _ in range(20):
            if not self.run(keep):
                self.provider.let_everything_arrive()
                if not self.run(keep):
                    return
        raise AssertionError("it never comes to rest")

    def _observe(self, seen: Observation) -> None:
        self.payment, lines = self.payment.observe(seen, at=MONDAY)
        for line in lines:
            self.ledger[line.kind] += line.amount.amount

    def assert_kept(self, keep: int) -> None:
        provider, lines = self.provider, self.ledger
        assert provider.captured - provider.refunded == keep
        assert (self.payment.captured, self.payment.refunded) == (provider.captured, provider.refunded)
        assert (lines[EntryKind.CAPTURED], lines[EntryKind.REFUNDED]) == (provider.captured, provider.refunded)
        assert lines[EntryKind.AUTHORIZED] == lines[EntryKind.CAPTURED] + lines[EntryKind.RELEASED]
        assert next_step(self.payment, keep=keep, wanted=False) is None


@pytest.mark.parametrize("keep", range(TOTAL + 1))
def test_keeps_exactly_what_is_to_be_kept_whatever_the_network_does(keep: int):
    for fates in product(Fate, repeat=FATES):
        settling = Settling(Provider(PaymentStatus.AUTHORIZED), fates)
        settling.settle(keep)
        settling.assert_kept(keep)


@pytest.mark.parametrize("change_after", range(FATES))
@pytest.mark.parametrize(("first", "then"), [(a, b) for a in range(TOTAL + 1) for b in range(a)])
def test_follows_a_change_of_mind_in_the_middle_of_everything(first: int, then: int, change_after: int):
    for fates in product(Fate, repeat=FATES):
        settling = Settling(Provider(PaymentStatus.AUTHORIZED), fates)
        for _ in range(change_after):
            settling.run(first)
        settling.settle(then)
        settling.assert_kept(then)


@pytest.mark.parametrize("pays_before", [*range(FATES), None])
def test_nobody_pays_for_a_checkout_that_is_no_longer_wanted(pays_before: int | None):
    for fates in product(Fate, repeat=FATES):
        provider = Provider(PaymentStatus.OPEN)
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
        settling = Settling(Provider(PaymentStatus.AUTHORIZED), fates)
        settling.settle(keep=2)
        assert [step for step, _ in settling.provider.effects.values()] == [Step.CAPTURE]
