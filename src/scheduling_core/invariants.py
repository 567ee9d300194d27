"""What must hold of everything that is stored, whatever was done to it: judged from rows as they are, and changing none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from scheduling_core.appointment import Appointment
from scheduling_core.audit import Link
from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.ledger import explain
from scheduling_core.ledger_entry import LedgerEntry
from scheduling_core.payment import Observation, Payment, next_step
from scheduling_core.payment_status import NEVER_PAID, PaymentStatus

SETTLING = timedelta(minutes=15)
"""How long money may need to become what its visit says; and how long a task may be overdue."""


class Invariant(StrEnum):
    OVERLAP = "overlap"
    """Two visits share time of one doctor or of one person."""
    PAID_WITHOUT_BOOKING = "paid_without_booking"
    """Somebody's money is reserved or kept for what the visit does not keep it for."""
    LEDGER = "ledger"
    """The ledger does not explain a payment."""
    PROVIDER = "provider"
    """The provider says something else of a payment than we do."""
    TROUBLED_PAYMENT = "troubled_payment"
    """A payment waits for a person: quarantined, disputed, or a refund that failed."""
    OVERDUE_TASK = "overdue_task"
    """Work that is long due, and nobody does it."""
    DEAD_TASK = "dead_task"
    """Work that was given up and waits for a person."""
    AUDIT_CHAIN = "audit_chain"
    """The history is not what was chained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One invariant that one thing breaks: the id of a visit or payment, or the position of a link."""

    invariant: Invariant
    about: UUID | int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidVisit:
    """A payment with all that its money has to agree with; `changed_at` is when the visit last changed its status."""

    payment: Payment
    visit: Appointment
    entries: Sequence[LedgerEntry]
    changed_at: datetime

    def violations(self, now: datetime) -> Iterator[Violation]:
        """What is wrong with this money, as far as our own rows can tell."""
        account = explain(self.entries, [self.payment])
        if not account.balances:
            yield self._breaks(Invariant.LEDGER, "; ".join(account.unexplained))
        if self.payment.status in NEVER_PAID or not self.at_rest(now):
            return
        keep = self.visit.keep.amount if self.visit.paid_by == self.payment.id else 0
        step = next_step(self.payment, keep=keep, wanted=False)
        if step is not None:
            yield self._breaks(Invariant.PAID_WITHOUT_BOOKING, f"{self.payment.status}, still to {step[0]} {step[1]}")

    def at_rest(self, now: datetime) -> bool:
        """Whether nothing can be under way any more, and no person was called for."""
        return self.payment.trouble is None and now - self._changed_at() >= SETTLING

    def contradictions(self, seen: Observation | None) -> Iterator[Violation]:
        """In what the provider's word differs from ours, asked while it is at rest."""
        if seen is not None and self.payment.over_with(seen):
            return
        ours = _moved(self.payment)
        theirs = (PaymentStatus.EXPIRED, 0, 0) if seen is None else _moved(seen)
        if theirs != ours:
            said, believed = (" / ".join(map(str, each)) for each in (theirs, ours))
            yield self._breaks(Invariant.PROVIDER, f"the provider says {said}, we believe {believed}")

    def _changed_at(self) -> datetime:
        last = self.payment.closes_at if self.payment.status is PaymentStatus.OPEN else self.payment.created_at
        return max(last, self.changed_at, *(entry.at for entry in self.entries))

    def _breaks(self, invariant: Invariant, why: str) -> Violation:
        return Violation(invariant=invariant, about=self.payment.id, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far somebody has inspected, and what they know of that is not well."""

    event: int = 0
    newest: int | None = None
    """As far as whoever watches what happens has seen it, beside their walk; None for who only walks."""
    link: Link | None = None
    noted: Link | None = None
    """The end of the chain when it was last come by: it must hold that link still."""
    payment: PaymentId | None = None
    rounds: int = 0
    """How often all payments were come by."""
    overlaps: tuple[AppointmentId, ...] = ()
    money: tuple[Violation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """One look: how many things break each invariant (all are named), and those that can be named.

    `whole`: the walk has come to the end of everything.
    """

    at: datetime
    counts: Mapping[Invariant, int]
    violations: tuple[Violation, ...]
    progress: Progress
    whole: bool

    @property
    def well(self) -> bool:
        return not any(self.counts.values())

    @property
    def next(self) -> Progress:
        """Where a watch goes on: at the beginning again once it has come by everything. A break in the history stays in sight."""
        if not self.whole:
            return self.progress
        anew = replace(self.progress, event=0)
        if self.counts[Invariant.AUDIT_CHAIN]:
            return anew
        return replace(anew, link=None, noted=anew.link)


def _moved(payment: Payment | Observation) -> tuple[PaymentStatus, int, int]:
    """Status, captured, refunded; whatever nobody ever paid is the same, however it ended."""
    status = PaymentStatus.EXPIRED if payment.status in NEVER_PAID else payment.status
    return status, payment.captured, payment.refunded
