"""A payment settled step by step, as SettleMoney does it, against the smallest provider that keeps a provider's rules:
one effect a key, nothing captured twice, nothing refunded that was not captured, nothing moved while disputed.

Replies and requests are lost, and requests arrive late, as fate has it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from enum import Enum

from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.ledger import explain
from scheduling_core.ledger_entry import LedgerEntry
from scheduling_core.payment import Observation, Payment, Step, next_step
from scheduling_core.payment_status import PaymentStatus
from support.clock import MONDAY
from support.making import an_id, minutes, usd


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

    def __init__(self, status: PaymentStatus, *, total: int, ref: str = "cs_1") -> None:
        self.ref = ref
        self.status, self.total, self.captured, self.refunded = status, total, 0, 0
        self.effects: dict[str, tuple[Step, int]] = {}
        self._late: list[Callable[[], None]] = []

    def pay(self) -> None:
        """The patient pays on the page, if it is still open."""
        if self.status is PaymentStatus.OPEN:
            self.status = PaymentStatus.AUTHORIZED

    def dispute(self) -> None:
        """The payer's bank holds back what was taken and not given back, if anything."""
        if self.status in (PaymentStatus.CAPTURED, PaymentStatus.PARTIALLY_REFUNDED):
            self.status = PaymentStatus.DISPUTED

    def decide_dispute(self, *, won: bool) -> None:
        """The bank's word on the dispute, if there is one."""
        if self.status is PaymentStatus.DISPUTED:
            self.refunded = self.refunded if won else self.captured
            self._refunded()

    def find(self) -> Observation:
        return Observation(
            ref=self.ref,
            status=self.status,
            amount=self.total,
            currency="USD",
            captured=self.captured,
            refunded=self.refunded,
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
                self._require(self.status is PaymentStatus.AUTHORIZED and 0 < amount <= self.total)
                self.status, self.captured = PaymentStatus.CAPTURED, amount
            case Step.RELEASE:
                self._require(self.status is PaymentStatus.AUTHORIZED)
                self.status = PaymentStatus.RELEASED
            case Step.REFUND:
                self._require(self.status is not PaymentStatus.DISPUTED)
                self._require(0 < amount <= self.captured - self.refunded)
                self.refunded += amount
                self._refunded()
        self.effects[key] = (step, amount)

    def _refunded(self) -> None:
        if self.refunded == self.captured:
            self.status = PaymentStatus.REFUNDED
        else:
            self.status = PaymentStatus.PARTIALLY_REFUNDED if self.refunded else PaymentStatus.CAPTURED

    def _require(self, allowed: bool) -> None:
        if not allowed:
            raise Refused


def fresh(total: int) -> Payment:
    ids = {"id": PaymentId(an_id()), "appointment_id": AppointmentId(an_id())}
    return Payment(**ids, amount=usd(total), closes_at=MONDAY + minutes(9), created_at=MONDAY)


class Settling:
    """One payment being settled, one run of the task after the other, as SettleMoney does it."""

    def __init__(self, provider: Provider, fates: Sequence[Fate]) -> None:
        self.provider, self.payment = provider, fresh(provider.total)
        self.ledger: list[LedgerEntry] = []
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
        self.ledger += lines

    def assert_kept(self, keep: int) -> None:
        """The provider has exactly that, we believe what is true of it, and the ledger explains every cent."""
        provider = self.provider
        assert provider.captured - provider.refunded == keep
        self.assert_explained()
        assert next_step(self.payment, keep=keep, wanted=False) is None

    def assert_explained(self) -> None:
        """What is believed is what is true at the provider, and every cent of it stands in the ledger."""
        provider, account = self.provider, explain(self.ledger, [self.payment])
        assert (self.payment.status, self.payment.captured) == (provider.status, provider.captured)
        assert self.payment.refunded == provider.refunded
        assert account.unexplained == ()
        assert account.kept == provider.captured - provider.refunded - self.payment.disputed
        assert account.reserved == (provider.total if provider.status is PaymentStatus.AUTHORIZED else 0)
