"""What a provider says of a payment: in any order and number it ends in one truth, and every cent is explained."""

from dataclasses import replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from scheduling_core.ledger_entry import EntryKind
from scheduling_core.payment import Observation
from scheduling_core.payment_status import REACHABLE, PaymentStatus
from support.clock import MONDAY
from support.making import usd
from support.payments import TERMINAL, TOTAL, S, a_payment, after, believed, booked, said


@st.composite
def lives(draw: st.DrawFn) -> list[Observation]:
    """What a provider says of one payment from its opening on, each time something happened."""
    ending = draw(st.sampled_from(["expired", "released", "captured"]))
    if ending == "expired":
        return [said(S.OPEN), said(S.EXPIRED)]
    life = [said(S.OPEN), said(S.AUTHORIZED)]
    if ending == "released":
        return [*life, said(S.RELEASED)]
    captured = draw(st.integers(1, TOTAL))
    life.append(said(S.CAPTURED, captured=captured))
    for refunded in sorted(draw(st.sets(st.integers(1, captured), max_size=3))):
        status = S.REFUNDED if refunded == captured else S.PARTIALLY_REFUNDED
        life.append(said(status, captured=captured, refunded=refunded))
    return life


@st.composite
def news_of_a_life(draw: st.DrawFn) -> list[Observation]:
    """Some of what was said, doubled and out of order, the newest among it."""
    life = draw(lives())
    heard = draw(st.lists(st.sampled_from(life), max_size=8))
    return draw(st.permutations([*heard, life[-1]]))


observations = st.builds(
    lambda status, totals: said(status, captured=max(totals), refunded=min(totals)),
    st.sampled_from(PaymentStatus),
    st.tuples(st.integers(0, 4), st.integers(0, 4)),
)


@given(news_of_a_life())
def test_news_in_any_order_and_number_ends_in_what_is_newest(news: list[Observation]):
    newest = max(news, key=lambda seen: (seen.refunded, seen.captured, len(REACHABLE) - len(REACHABLE[seen.status])))
    payment, _ = after(a_payment(), news)

    assert believed(payment) == (newest.status, newest.captured, newest.refunded)


@given(news_of_a_life())
def test_the_ledger_explains_every_cent_in_any_order(news: list[Observation]):
    payment, lines = after(a_payment(), news)

    assert booked(lines, EntryKind.CAPTURED) == payment.captured
    assert booked(lines, EntryKind.REFUNDED) == payment.refunded
    authorized, released = booked(lines, EntryKind.AUTHORIZED), booked(lines, EntryKind.RELEASED)
    assert authorized == (0 if payment.status in (S.OPEN, S.EXPIRED) else TOTAL)
    at_rest = payment.status in (S.OPEN, S.EXPIRED, S.AUTHORIZED)
    assert released == (0 if at_rest else TOTAL - payment.captured)
    assert {line.payment_id for line in lines} <= {payment.id}
    assert all(line.amount.amount > 0 for line in lines)
    assert {line.at for line in lines} <= {MONDAY}


def test_all_orders_of_six_events_end_alike():
    life = [
        said(S.OPEN),
        said(S.AUTHORIZED),
        said(S.CAPTURED, captured=TOTAL),
        said(S.PARTIALLY_REFUNDED, captured=TOTAL, refunded=10_000),
        said(S.PARTIALLY_REFUNDED, captured=TOTAL, refunded=29_500),
        said(S.REFUNDED, captured=TOTAL, refunded=TOTAL),
    ]
    ends = set()
    for order in permutations(life):
        payment, lines = after(a_payment(), [*order, *order])
        assert all(line.amount.amount > 0 for line in lines)
        ends.add((believed(payment), *((kind, booked(lines, kind)) for kind in EntryKind)))

    assert ends == {
        (
            (S.REFUNDED, TOTAL, TOTAL),
            (EntryKind.AUTHORIZED, TOTAL),
            (EntryKind.CAPTURED, TOTAL),
            (EntryKind.RELEASED, 0),
            (EntryKind.REFUNDED, TOTAL),
            (EntryKind.DISPUTED, 0),
            (EntryKind.DISPUTE_ENDED, 0),
        )
    }


@given(st.lists(observations, max_size=12))
def test_totals_never_shrink_and_what_ended_stays_ended_whatever_is_said(news: list[Observation]):
    payment = a_payment(amount=usd(4))
    for seen in news:
        before = payment
        payment, _ = payment.observe(replace(seen, amount=4), at=MONDAY)
        assert payment.captured >= before.captured
        assert payment.refunded >= before.refunded
        assert before.status not in TERMINAL or payment.status is before.status
        assert payment.quarantined is None
