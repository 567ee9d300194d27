"""Every cent is explained: by the ledger alone, for any life of a payment, and whatever is missing from it is noticed."""

import os
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling_core.ledger import Account, explain
from scheduling_core.ledger_entry import EntryKind, LedgerEntry
from scheduling_core.payment import Payment
from scheduling_core.payment_status import PaymentStatus
from support.clock import MONDAY
from support.making import usd
from support.provider import Fate, Provider, Settling, fresh

PAYMENTS = int(os.environ.get("OPENHOURS_RANDOM_PAYMENTS", "3000"))
"""How many random payments live through everything here. A hundred thousand of them take less than a minute."""


def line(payment: Payment, kind: EntryKind, amount: int) -> LedgerEntry:
    return LedgerEntry(payment_id=payment.id, kind=kind, amount=usd(amount), at=MONDAY)


def live(chance: Random) -> Settling:
    """A payment's whole life: paid or not, captured, refunded in parts, disputed and decided, while replies are lost and
    the clinic changes its mind about what to keep."""
    total = chance.choice((1, 2, 50, 59_000, 50_000_000))
    provider = Provider(PaymentStatus.OPEN, total=total)
    settling = Settling(provider, chance.choices(list(Fate), k=chance.randrange(6)))
    keep = total
    if chance.random() < 0.9:
        provider.pay()
    for _ in range(chance.randrange(1, 8)):
        match chance.randrange(6):
            case 0:
                keep = chance.randrange(keep + 1)
            case 1:
                provider.dispute()
            case 2:
                provider.decide_dispute(won=chance.random() < 0.5)
            case _:
                settling.run(keep)
    if chance.random() < 0.7:
        provider.decide_dispute(won=chance.random() < 0.5)
    settling.settle(keep)
    return settling


def test_no_cent_of_thousands_of_random_payments_is_unexplained():
    chance = Random("money")
    ends = set()
    for _ in range(PAYMENTS):
        settling = live(chance)
        settling.assert_explained()
        ends.add(settling.payment.status)
        kept = explain(settling.ledger, [settling.payment]).kept
        assert 0 <= kept <= settling.provider.captured <= settling.provider.total
    assert ends == set(PaymentStatus) - {PaymentStatus.OPEN, PaymentStatus.AUTHORIZED}


@given(st.integers(0, 2**32), st.data())
def test_a_line_that_is_missing_changed_or_doubled_is_noticed(seed: int, data: st.DataObject):
    settling = live(Random(seed))
    lines, payments = settling.ledger, [settling.payment]
    if not lines:
        return
    place = data.draw(st.integers(0, len(lines) - 1))
    changed = replace(lines[place], amount=usd(lines[place].amount.amount + 1))

    for wrong in (
        [*lines[:place], *lines[place + 1 :]],
        [*lines, lines[place]],
        [*lines[:place], changed, *lines[place + 1 :]],
    ):
        assert not explain(wrong, payments).balances
    assert explain(lines, payments).balances


def test_says_where_the_money_is():
    payment = replace(fresh(100), status=PaymentStatus.DISPUTED, captured=80, refunded=30)
    lines = [
        line(payment, EntryKind.AUTHORIZED, 100),
        line(payment, EntryKind.CAPTURED, 80),
        line(payment, EntryKind.RELEASED, 20),
        line(payment, EntryKind.DISPUTED, 80),
        line(payment, EntryKind.DISPUTE_ENDED, 80),
        line(payment, EntryKind.REFUNDED, 30),
        line(payment, EntryKind.DISPUTED, 50),
    ]
    account = explain(lines, [payment])

    assert account == Account(authorized=100, captured=80, released=20, refunded=30, disputed=50)
    assert (account.reserved, account.kept, account.balances) == (0, 0, True)


def test_adds_up_all_payments_of_an_appointment():
    first = replace(fresh(100), status=PaymentStatus.RELEASED)
    second = replace(fresh(100), status=PaymentStatus.AUTHORIZED)
    lines = [
        line(first, EntryKind.AUTHORIZED, 100),
        line(first, EntryKind.RELEASED, 100),
        line(second, EntryKind.AUTHORIZED, 100),
    ]

    account = explain(lines, [first, second])
    assert (account.authorized, account.released, account.reserved, account.balances) == (200, 100, 100, True)
    assert not explain(lines, [first]).balances


@pytest.mark.parametrize("status", [PaymentStatus.OPEN, PaymentStatus.EXPIRED])
def test_nothing_is_explained_by_nothing(status: PaymentStatus):
    assert explain([], [replace(fresh(100), status=status)]).balances
    assert explain([], []) == Account(authorized=0, captured=0, released=0, refunded=0, disputed=0)
    assert not explain([], [replace(fresh(100), status=PaymentStatus.AUTHORIZED)]).balances
