"""The payment, which follows the one table of what its status can become (`payment_status.TRANSITIONS`).

A payment row is one provider session. The appointment says what is to be kept; `next_step` says what the provider
must be asked to do so that it agrees. Whoever follows it until it answers None has made the money explain itself.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from scheduling_core.errors import IllegalTransition
from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.ledger_entry import EntryKind, LedgerEntry
from scheduling_core.money import Money
from scheduling_core.payment_status import LIVE, REACHABLE, PaymentStatus

_S = PaymentStatus

KEY_LIFE = timedelta(hours=23)
"""Providers forget idempotency keys after 24 h; past this, what happened is fetched before a new key is used."""


class Resolution(StrEnum):
    """What an administrator decides on a quarantined payment."""

    ASK_AGAIN = "ask_again"
    """It was put right at the provider: believe it again, if what it says now is ours."""
    GIVE_BACK = "give_back"
    """Whatever the provider holds of it goes back to the payer, by the provider's own figures."""


class Trouble(StrEnum):
    """Why a person should look at a payment."""

    REFUND_FAILED = "refund_failed"
    QUARANTINED = "quarantined"
    DISPUTED = "disputed"


class Step(StrEnum):
    """What the provider can be asked to do with a payment."""

    CLOSE = "close"
    CAPTURE = "capture"
    RELEASE = "release"
    REFUND = "refund"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What the provider says of a payment right now: its status, totals in minor units, the last decline."""

    ref: str
    status: PaymentStatus
    amount: int
    currency: str
    captured: int = 0
    refunded: int = 0
    last_decline: str | None = None
    url: str | None = None
    refund_failed: bool = False
    """A refund that had been made came back: the payer's bank did not take it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A call that was decided on and committed before it was made; repeated with the same key until it is known."""

    step: Step
    amount: int
    key: str
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One checkout at the provider. `amount` is what it was opened for."""

    id: PaymentId
    appointment_id: AppointmentId
    amount: Money
    closes_at: datetime
    created_at: datetime
    status: PaymentStatus = PaymentStatus.OPEN
    ref: str | None = None
    """The provider's name for it; None while it is unknown whether the opening call arrived."""
    url: str | None = None
    captured: int = 0
    refunded: int = 0
    last_decline: str | None = None
    refund_failed: bool = False
    capture_refused: bool = False
    """The authorized money cannot be taken, for good: it is to be released."""
    quarantined: str | None = None
    """Why a person must look before any money moves: a wrong amount, currency or mode."""
    giving_back: bool = False
    """An administrator has decided that all of it goes back. It stays quarantined until it has; the decision stays with it."""
    resolution_note: str = ""
    """Why an administrator decided so."""
    attempt: Attempt | None = None
    attempts: int = 0
    version: int = 1

    @property
    def key(self) -> str:
        """The idempotency key of the opening call; another one after a definite failure."""
        return f"{self.id}:open:{self.attempts}"

    @property
    def live(self) -> bool:
        return self.status in LIVE

    @property
    def trouble(self) -> Trouble | None:
        """Why a person should look at it, the gravest reason first."""
        if self.quarantined is not None:
            return Trouble.QUARANTINED
        if self.status is _S.DISPUTED:
            return Trouble.DISPUTED
        return Trouble.REFUND_FAILED if self.refund_failed else None

    @property
    def going_back(self) -> bool:
        """Whether it was decided that all of it goes back, and it has not yet."""
        return self.giving_back and self.quarantined is not None

    @property
    def disputed(self) -> int:
        """How much the payer's bank holds back, in minor units."""
        return self.captured - self.refunded if self.status is _S.DISPUTED else 0

    def observe(self, seen: Observation, *, at: datetime) -> tuple["Payment", tuple[LedgerEntry, ...]]:
        """This payment and its new ledger lines after the provider's word. Totals only grow, and what ended stays ended.

        A dispute opens and closes, and cards are declined one after the other: there, the last word counts. So the word
        must have been asked for after this version was stored; whoever asks sees to it.
        """
        known = replace(
            self, ref=seen.ref, url=seen.url or self.url, last_decline=seen.last_decline or self.last_decline
        )
        if self.over_with(seen):
            return replace(known, refund_failed=False), ()
        if (seen.amount, seen.currency) != (self.amount.amount, self.amount.currency):
            return replace(known, quarantined="amount", giving_back=self.going_back), ()
        if not seen.refunded <= seen.captured <= self.amount.amount:
            return replace(known, quarantined="totals", giving_back=self.going_back), ()
        if seen.refund_failed:
            known = replace(known, refund_failed=seen.refunded < self.refunded)
            if known.refund_failed:
                # What is believed stays until a person has seen to it: refunding again by itself could pay twice.
                return known, ()
        news = seen.status is self.status or seen.status in REACHABLE[self.status]
        if not news or seen.captured < self.captured or seen.refunded < self.refunded:
            return known, ()
        after = replace(known, status=seen.status, captured=seen.captured, refunded=seen.refunded)
        if (after.status, after.captured, after.refunded) != (self.status, self.captured, self.refunded):
            after = replace(after, attempt=None, refund_failed=False)
        return after, tuple(self._entries(after, at))

    def _entries(self, after: "Payment", at: datetime) -> list[LedgerEntry]:
        currency = self.amount.currency

        def line(kind: EntryKind, amount: int) -> LedgerEntry:
            return LedgerEntry(payment_id=self.id, kind=kind, amount=Money(amount, currency), at=at)

        lines = []
        if self.status is _S.OPEN and after.status not in (_S.OPEN, _S.EXPIRED):
            lines.append(line(EntryKind.AUTHORIZED, self.amount.amount))
        if after.captured > self.captured:
            lines.append(line(EntryKind.CAPTURED, after.captured - self.captured))
            if after.captured < self.amount.amount:
                lines.append(line(EntryKind.RELEASED, self.amount.amount - after.captured))
        if after.status is _S.RELEASED is not self.status:
            lines.append(line(EntryKind.RELEASED, self.amount.amount))
        if after.refunded > self.refunded:
            lines.append(line(EntryKind.REFUNDED, after.refunded - self.refunded))
        if after.disputed > self.disputed:
            lines.append(line(EntryKind.DISPUTED, after.disputed - self.disputed))
        if after.disputed < self.disputed:
            lines.append(line(EntryKind.DISPUTE_ENDED, self.disputed - after.disputed))
        return lines

    def resolve(self, how: Resolution, note: str) -> "Payment":
        """With an administrator's decision. Raise IllegalTransition for one that waits for none."""
        give_back = how is Resolution.GIVE_BACK
        if self.quarantined is None or (give_back and self.going_back):
            raise IllegalTransition("This payment waits for no decision.")
        quarantined = self.quarantined if give_back else None
        return replace(self, quarantined=quarantined, giving_back=give_back, attempt=None, resolution_note=note)

    def seen_as(self, seen: Observation) -> "Payment":
        """As the provider has it, whatever was asked for: what is still to be given back, and how, is told by this alone."""
        return replace(
            self,
            quarantined=None,
            status=seen.status,
            captured=seen.captured,
            refunded=seen.refunded,
            capture_refused=False,
        )

    def over_with(self, seen: Observation) -> bool:
        """Whether all of it went back by an administrator's decision, and the provider holds nothing of it: what its figures
        were decides nothing any more."""
        if not self.giving_back or self.going_back or seen.status is _S.DISPUTED:
            return False
        return next_step(self.seen_as(seen), keep=0, wanted=False) is None

    def given_back(self, *, at: datetime) -> tuple["Payment", tuple[LedgerEntry, ...]]:
        """At rest, once the provider holds nothing of it any more, and the lines that close what the ledger had of it."""
        ends = {_S.OPEN: _S.EXPIRED, _S.AUTHORIZED: _S.RELEASED}
        status = ends.get(self.status, _S.REFUNDED if self.captured else self.status)
        after = replace(
            self,
            status=status,
            refunded=self.captured,
            quarantined=None,
            refund_failed=False,
            attempt=None,
        )
        return after, tuple(self._entries(after, at))

    def begin(self, step: Step, amount: int, *, at: datetime) -> "Payment":
        """With the intent to take `step` written down: the same key again while the same call is still unknown."""
        now = self.attempt
        if now and (now.step, now.amount) == (step, amount) and at - now.started_at < KEY_LIFE:
            return self
        number = self.attempts + 1
        attempt = Attempt(step=step, amount=amount, key=f"{self.id}:{step}:{number}", started_at=at)
        return replace(self, attempt=attempt, attempts=number)

    def give_up_attempt(self) -> "Payment":
        """Without the attempt, after a definite no or failure: the next call is a new one, under a new key."""
        return replace(self, attempt=None, attempts=self.attempts + (self.ref is None))


def next_step(payment: Payment, *, keep: int, wanted: bool) -> tuple[Step, int] | None:
    """What the provider must do next, and with how many minor units, so that exactly `keep` is kept; None at rest.

    `wanted`: the appointment still waits for this checkout to be paid. A disputed or quarantined payment is frozen.
    """
    if payment.quarantined:
        return None
    if payment.status is _S.OPEN:
        return None if wanted else (Step.CLOSE, 0)
    if payment.status is _S.AUTHORIZED:
        return (Step.CAPTURE, keep) if keep and not payment.capture_refused else (Step.RELEASE, 0)
    if payment.status in (_S.CAPTURED, _S.PARTIALLY_REFUNDED):
        due = payment.captured - payment.refunded - keep
        return (Step.REFUND, due) if due > 0 else None
    return None
