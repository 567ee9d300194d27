"""Payments read together with what they were for."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice, pairwise

from adapters.persistence.memory.details import details_of
from adapters.persistence.memory.transaction import View
from scheduling_core.appointment import Appointment
from scheduling_core.ledger_entry import EntryKind, LedgerEntry
from scheduling_core.payment import Payment
from scheduling_core.ports.money_records import Seen
from scheduling_core.ports.views import Earned, PaymentDetails

MOVED = frozenset(EntryKind) - {EntryKind.AUTHORIZED, EntryKind.RELEASED}


def entries_of(view: View, payment: Payment) -> tuple[LedgerEntry, ...]:
    """Its lines of the ledger, oldest first."""
    written = view.ledger.get(payment.appointment_id) or ()
    return tuple(entry for entry in written if entry.payment_id == payment.id)


def visit_of(view: View, payment: Payment) -> Appointment:
    """What it was for."""
    return view.appointments[payment.appointment_id]


def page(view: View, found: Iterable[Payment], *, after: Seen, limit: int) -> list[PaymentDetails]:
    """The newest of them, by (created_at, id), after the last one seen."""
    newest_first = sorted(found, key=_place, reverse=True)
    rest = (payment for payment in newest_first if after is None or _place(payment) < after)
    return [
        PaymentDetails(
            payment=payment, visit=details_of(view, visit_of(view, payment)), entries=entries_of(view, payment)
        )
        for payment in islice(rest, limit)
    ]


def earned(entries: Sequence[LedgerEntry], bounds: Sequence[datetime]) -> list[Earned]:
    """The sums of each time from one bound to the next."""
    return [_sum([entry for entry in entries if start <= entry.at < end]) for start, end in pairwise(bounds)]


def _sum(entries: Sequence[LedgerEntry]) -> Earned:
    def of(kind: EntryKind) -> list[int]:
        return [entry.amount.amount for entry in entries if entry.kind is kind]

    return Earned(
        payments=len(of(EntryKind.CAPTURED)),
        received=sum(of(EntryKind.CAPTURED)),
        refunded=sum(of(EntryKind.REFUNDED)),
        disputed=sum(of(EntryKind.DISPUTED)) - sum(of(EntryKind.DISPUTE_ENDED)),
    )


def _place(payment: Payment) -> tuple[datetime, object]:
    return payment.created_at, payment.id
