"""What we believe of a payment: news in any order ends in one truth, and every cent is explained."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.ledger_entry import EntryKind, LedgerEntry
from scheduling_core.payment import KEY_LIFE, Observation, Payment, Resolution, Step, Trouble, next_step
from scheduling_core.payment_status import LIVE, REACHABLE, PaymentStatus
from support.clock import MONDAY
from support.making import an_id, minutes, usd

TOTAL = 59_000
MICROSECOND = timedelta(microseconds=1)
TERMINAL = {PaymentStatus.REFUNDED, PaymentStatus.RELEASED, PaymentStatus.EXPIRED}
S = PaymentStatus


def a_payment(**changes: Any) -> Payment:
    facts: dict[str, Any] = {"closes_at": MONDAY + minutes(9), "created_at": MONDAY, "ref": "cs_1"}
    ids = {"id": PaymentId(an_id()), "appointment_id": AppointmentId(an_id())}
    return Payment(**{**ids, "amount": usd(TOTAL), **facts, **changes})


def said(status: PaymentStatus, *, captured: int = 0, refunded: int = 0, **changes: Any) -> Observation:
    facts: dict[str, Any] = {"ref": "cs_1", "amount": TOTAL, "currency": "USD"}
    return Observation(status=status, captured=captured, refunded=refunded, **{**facts, **changes})


def after(payment: Payment, news: list[Observation]) -> tuple[Payment, list[LedgerEntry]]:
    lines: list[LedgerEntry] = []
    for seen in news:
        payment, more = payment.observe(seen, at=MONDAY)
        lines += more
    return payment, lines


def booked(lines: list[LedgerEntry], kind: EntryKind) -> int:
    return sum(line.amount.amount for line in lines if line.kind is kind)


def believed(payment: Payment) -> tuple[PaymentStatus, int, int]:
    return payment.status, payment.captured, payment.refunded


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


def test_begins_open_and_empty():
    ids = {"id": PaymentId(an_id()), "appointment_id": AppointmentId(an_id())}
    payment = Payment(**ids, amount=usd(TOTAL), closes_at=MONDAY, created_at=MONDAY)

    assert believed(payment) == (S.OPEN, 0, 0)
    assert (payment.ref, payment.url, payment.last_decline, payment.quarantined) == (None, None, None, None)
    assert (payment.refund_failed, payment.attempt, payment.attempts, payment.version) == (False, None, 0, 1)
    silent = Observation(ref="cs_1", status=S.OPEN, amount=TOTAL, currency="USD")
    assert (silent.captured, silent.refunded, silent.last_decline, silent.url) == (0, 0, None, None)


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


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": TOTAL - 1},
        {"amount": TOTAL + 1},
        {"currency": "EUR"},
        {"captured": TOTAL + 1},
        {"captured": 100, "refunded": 101},
    ],
    ids=str,
)
def test_sets_apart_for_a_person_what_is_not_the_money_we_asked_for(wrong: dict[str, Any]):
    payment, lines = a_payment().observe(said(S.CAPTURED, **wrong), at=MONDAY)

    assert payment.quarantined == ("totals" if "captured" in wrong else "amount")
    assert (believed(payment), lines) == ((S.OPEN, 0, 0), ())
    assert next_step(payment, keep=0, wanted=False) is None

    later, _ = payment.observe(said(S.AUTHORIZED), at=MONDAY)
    assert later.quarantined is not None


def test_learns_the_providers_name_page_and_last_decline_and_forgets_none():
    unknown = a_payment(ref=None)
    opened, _ = unknown.observe(said(S.OPEN, ref="cs_9", url="https://pay.example/9"), at=MONDAY)
    declined, _ = opened.observe(said(S.OPEN, ref="cs_9", last_decline="card_declined"), at=MONDAY)
    quiet, lines = declined.observe(said(S.OPEN, ref="cs_9"), at=MONDAY)

    assert (opened.ref, opened.url, opened.last_decline) == ("cs_9", "https://pay.example/9", None)
    assert (quiet.ref, quiet.url, quiet.last_decline) == ("cs_9", "https://pay.example/9", "card_declined")
    assert (quiet.status, lines) == (S.OPEN, ())


def test_a_dispute_freezes_the_money_until_it_is_decided():
    disputed, lines = after(a_payment(), [said(S.CAPTURED, captured=TOTAL), said(S.DISPUTED, captured=TOTAL)])
    won, _ = disputed.observe(said(S.CAPTURED, captured=TOTAL), at=MONDAY)
    lost, more = disputed.observe(said(S.REFUNDED, captured=TOTAL, refunded=TOTAL), at=MONDAY)

    assert disputed.live
    assert next_step(disputed, keep=0, wanted=False) is None
    assert next_step(won, keep=0, wanted=False) == (Step.REFUND, TOTAL)
    assert next_step(lost, keep=0, wanted=False) is None
    assert booked([*lines, *more], EntryKind.REFUNDED) == TOTAL
    assert (booked(lines, EntryKind.DISPUTED), booked(more, EntryKind.DISPUTE_ENDED)) == (TOTAL, TOTAL)
    assert (disputed.disputed, won.disputed, lost.disputed) == (TOTAL, 0, 0)


def test_a_dispute_holds_back_only_what_was_not_given_back_before():
    partly = said(S.PARTIALLY_REFUNDED, captured=TOTAL, refunded=9_000)
    disputed, lines = after(a_payment(), [partly, said(S.DISPUTED, captured=TOTAL, refunded=9_000)])
    back, more = disputed.observe(partly, at=MONDAY)

    assert disputed.disputed == booked(lines, EntryKind.DISPUTED) == TOTAL - 9_000
    assert booked(list(more), EntryKind.DISPUTE_ENDED) == TOTAL - 9_000
    assert next_step(back, keep=0, wanted=False) == (Step.REFUND, TOTAL - 9_000)


def test_money_that_cannot_be_taken_is_released_not_asked_for_again():
    refused = a_payment(status=S.AUTHORIZED, capture_refused=True)

    assert next_step(refused, keep=TOTAL, wanted=False) == (Step.RELEASE, 0)


def test_an_attempt_is_over_once_anything_came_of_it():
    attempting = a_payment(status=S.CAPTURED, captured=TOTAL, refund_failed=True).begin(Step.REFUND, 9_000, at=MONDAY)
    same, _ = attempting.observe(said(S.CAPTURED, captured=TOTAL), at=MONDAY)
    refunded, _ = attempting.observe(said(S.PARTIALLY_REFUNDED, captured=TOTAL, refunded=9_000), at=MONDAY)

    assert (same.attempt, same.refund_failed) == (attempting.attempt, True)
    assert (refunded.attempt, refunded.refund_failed) == (None, False)


def test_keeps_the_key_of_a_call_while_its_outcome_is_unknown():
    first = a_payment(status=S.CAPTURED, captured=TOTAL).begin(Step.REFUND, 9_000, at=MONDAY)
    again = first.begin(Step.REFUND, 9_000, at=MONDAY + KEY_LIFE - MICROSECOND)

    assert again == first
    assert first.attempt is not None
    assert (first.attempt.step, first.attempt.amount, first.attempt.started_at) == (Step.REFUND, 9_000, MONDAY)


def test_goes_by_a_key_for_an_hour_less_than_providers_remember_it():
    assert timedelta(hours=23) == KEY_LIFE


def test_never_uses_a_key_for_two_different_calls():
    first = a_payment(status=S.CAPTURED, captured=TOTAL).begin(Step.REFUND, 9_000, at=MONDAY)
    others = [
        first.begin(Step.REFUND, 9_000, at=MONDAY + KEY_LIFE),
        first.begin(Step.REFUND, 9_001, at=MONDAY),
        first.begin(Step.CAPTURE, 9_000, at=MONDAY),
        first.give_up_attempt().begin(Step.REFUND, 9_000, at=MONDAY),
        a_payment(status=S.CAPTURED, captured=TOTAL).begin(Step.REFUND, 9_000, at=MONDAY),
    ]
    keys = [payment.attempt.key for payment in (first, *others) if payment.attempt]

    assert len(keys) == 6
    assert keys[0] not in keys[1:]
    assert all(key not in (payment.key for payment in (first, *others)) for key in keys)


def test_opens_under_one_key_until_the_provider_failed_for_good():
    unknown = a_payment(ref=None)

    assert unknown.give_up_attempt().key != unknown.key
    assert unknown.give_up_attempt().give_up_attempt().key != unknown.give_up_attempt().key
    assert replace(unknown, version=9).key == unknown.key
    known = a_payment().begin(Step.CLOSE, 0, at=MONDAY)
    assert known.give_up_attempt() == replace(known, attempt=None)


def test_lives_until_the_money_went_back_or_never_came():
    assert {status for status in PaymentStatus if not a_payment(status=status).live} == TERMINAL
    assert set(PaymentStatus) - TERMINAL == LIVE


@pytest.mark.parametrize(
    ("status", "captured", "refunded", "keep", "wanted", "step"),
    [
        (S.OPEN, 0, 0, 0, True, None),
        (S.OPEN, 0, 0, 0, False, (Step.CLOSE, 0)),
        (S.AUTHORIZED, 0, 0, TOTAL, False, (Step.CAPTURE, TOTAL)),
        (S.AUTHORIZED, 0, 0, 29_500, False, (Step.CAPTURE, 29_500)),
        (S.AUTHORIZED, 0, 0, 0, False, (Step.RELEASE, 0)),
        (S.CAPTURED, TOTAL, 0, TOTAL, False, None),
        (S.CAPTURED, TOTAL, 0, 29_500, False, (Step.REFUND, 29_500)),
        (S.CAPTURED, TOTAL, 0, 0, False, (Step.REFUND, TOTAL)),
        (S.CAPTURED, 29_500, 0, TOTAL, False, None),
        (S.PARTIALLY_REFUNDED, TOTAL, 29_500, 29_500, False, None),
        (S.PARTIALLY_REFUNDED, TOTAL, 29_500, 29_499, False, (Step.REFUND, 1)),
        (S.PARTIALLY_REFUNDED, TOTAL, 29_500, 0, False, (Step.REFUND, 29_500)),
        (S.DISPUTED, TOTAL, 0, 0, False, None),
        (S.REFUNDED, TOTAL, TOTAL, 0, False, None),
        (S.RELEASED, 0, 0, 0, False, None),
        (S.EXPIRED, 0, 0, 0, False, None),
    ],
)  # fmt: skip
def test_asks_for_what_is_missing_and_no_more(
    status: PaymentStatus, captured: int, refunded: int, keep: int, wanted: bool, step: tuple[Step, int] | None
):
    payment = a_payment(status=status, captured=captured, refunded=refunded)

    assert next_step(payment, keep=keep, wanted=wanted) == step


def test_a_refund_that_came_back_waits_for_a_person_and_changes_no_books():
    refunded = a_payment(status=S.REFUNDED, captured=TOTAL, refunded=TOTAL)
    came_back, entries = refunded.observe(said(S.CAPTURED, captured=TOTAL, refund_failed=True), at=MONDAY)
    assert came_back.trouble is Trouble.REFUND_FAILED
    assert (believed(came_back), entries) == (believed(refunded), ())
    paid_back = said(S.REFUNDED, captured=TOTAL, refunded=TOTAL, refund_failed=True)
    assert came_back.observe(paid_back, at=MONDAY)[0].trouble is None


def gone_back(seen: Observation) -> Payment:
    """Set apart for what the provider said of it, and given back by an administrator's decision."""
    quarantined, _ = a_payment().observe(seen, at=MONDAY)
    back, _ = quarantined.resolve(Resolution.GIVE_BACK, "Not ours.").given_back(at=MONDAY)
    return back


@pytest.mark.parametrize(
    "later",
    [
        said(S.EXPIRED, amount=1),
        said(S.RELEASED, amount=1),
        said(S.REFUNDED, amount=TOTAL + 1, captured=TOTAL + 1, refunded=TOTAL + 1),
        said(S.REFUNDED, currency="EUR", captured=5, refunded=5),
    ],
    ids=lambda seen: f"{seen.status}-{seen.amount}-{seen.currency}",
)
def test_what_went_back_by_decision_is_over_whatever_the_provider_calls_it(later: Observation):
    back = gone_back(said(S.AUTHORIZED, amount=1))
    heard, lines = back.observe(later, at=MONDAY)

    assert (back.status, back.trouble, back.going_back) == (S.EXPIRED, None, False)
    assert (heard.trouble, believed(heard), lines) == (None, believed(back), ())


@pytest.mark.parametrize(
    "later",
    [
        said(S.OPEN, amount=1),
        said(S.AUTHORIZED, amount=1),
        said(S.CAPTURED, amount=1, captured=1),
        said(S.DISPUTED, amount=1, captured=1),
        said(S.DISPUTED, captured=TOTAL + 1),
    ],
    ids=lambda seen: f"{seen.status}-{seen.amount}",
)
def test_what_the_provider_holds_after_it_went_back_waits_for_another_decision(later: Observation):
    heard, _ = gone_back(said(S.AUTHORIZED, amount=1)).observe(later, at=MONDAY)

    assert (heard.trouble, heard.going_back) == (Trouble.QUARANTINED, False)
    assert heard.resolve(Resolution.GIVE_BACK, "Again.").going_back


def test_what_is_said_meanwhile_changes_no_decision():
    deciding = a_payment(quarantined="amount").resolve(Resolution.GIVE_BACK, "Not ours.")
    for meanwhile in (said(S.AUTHORIZED, amount=1), said(S.CAPTURED, captured=TOTAL + 1), said(S.EXPIRED, amount=1)):
        heard, _ = deciding.observe(meanwhile, at=MONDAY)
        assert (heard.trouble, heard.going_back) == (Trouble.QUARANTINED, True)


def test_the_figures_of_what_ended_without_a_decision_are_not_believed():
    ended = a_payment(status=S.EXPIRED)
    heard, _ = ended.observe(said(S.RELEASED, amount=1), at=MONDAY)

    assert heard.trouble is Trouble.QUARANTINED


def test_a_refund_that_came_back_after_the_decision_is_settled_once_the_provider_holds_nothing():
    given_back, _ = (
        a_payment(status=S.CAPTURED, captured=TOTAL, quarantined="amount")
        .resolve(Resolution.GIVE_BACK, "Not ours.")
        .given_back(at=MONDAY)
    )
    bounced, _ = given_back.observe(said(S.CAPTURED, captured=TOTAL, refund_failed=True), at=MONDAY)
    assert bounced.trouble is Trouble.REFUND_FAILED
    paid_back = said(S.REFUNDED, captured=TOTAL, refunded=TOTAL, refund_failed=True)
    assert bounced.observe(paid_back, at=MONDAY)[0].trouble is None
