"""The ledger read: where the money of an appointment is, and whether every cent of it is explained."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scheduling_core.ledger_entry import EntryKind, LedgerEntry
from scheduling_core.payment import Payment
from scheduling_core.payment_status import NEVER_PAID, PaymentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Minor units of one currency.

    authorized = reserved + released + captured, and captured = refunded + disputed + kept. `unexplained` says in which
    respects the ledger and what is believed of the payments differ: it is empty, or something is broken.
    """

    authorized: int
    captured: int
    released: int
    refunded: int
    disputed: int
    unexplained: tuple[str, ...] = ()

    @property
    def reserved(self) -> int:
        """Authorized, and neither taken nor let go yet."""
        return self.authorized - self.captured - self.released

    @property
    def kept(self) -> int:
        """What the clinic has of it."""
        return self.captured - self.refunded - self.disputed

    @property
    def balances(self) -> bool:
        return not self.unexplained


def explain(entries: Iterable[LedgerEntry], payments: Sequence[Payment]) -> Account:
    """What the ledger says of these payments, which are all of an appointment's or some, and how that compares with them."""
    lines = list(entries)
    total = _sum(lines)
    unexplained = [
        f"{payment.id}: {difference}"
        for payment in payments
        for difference in _differences(payment, _sum(line for line in lines if line.payment_id == payment.id))
    ]
    ours = {(payment.id, payment.amount.currency) for payment in payments}
    unexplained += [
        f"{line.payment_id}: {line.kind} of another payment or currency"
        for line in lines
        if (line.payment_id, line.amount.currency) not in ours
    ]
    return replace(total, unexplained=tuple(unexplained))


def _sum(entries: Iterable[LedgerEntry]) -> Account:
    sums = dict.fromkeys(EntryKind, 0)
    for entry in entries:
        sums[entry.kind] += entry.amount.amount
    return Account(
        authorized=sums[EntryKind.AUTHORIZED],
        captured=sums[EntryKind.CAPTURED],
        released=sums[EntryKind.RELEASED],
        refunded=sums[EntryKind.REFUNDED],
        disputed=sums[EntryKind.DISPUTED] - sums[EntryKind.DISPUTE_ENDED],
    )


def _differences(payment: Payment, account: Account) -> Iterator[str]:
    authorized = 0 if payment.status in NEVER_PAID else payment.amount.amount
    reserved = authorized if payment.status is PaymentStatus.AUTHORIZED else 0
    for name, said, believed in (
        ("authorized", account.authorized, authorized),
        ("reserved", account.reserved, reserved),
        ("captured", account.captured, payment.captured),
        ("refunded", account.refunded, payment.refunded),
        ("disputed", account.disputed, payment.disputed),
    ):
        if said != believed:
            yield f"{name} {said}, not {believed}"
    if account.kept < 0:
        yield f"kept {account.kept}"
