"""What we believe of a payment, what is asked for next, and under which key."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.ledger_entry import EntryKind
from scheduling_core.payment import KEY_LIFE, Observation, Payment, Step, Trouble, next_step
from scheduling_core.payment_status import LIVE, PaymentStatus
from support.clock import MONDAY
from support.making import an_id, usd
from support.payments import TERMINAL, TOTAL, S, a_payment, after, believed, booked, said

MICROSECOND = timedelta(microseconds=1)


def test_begins_open_and_empty():
    ids = {"id": PaymentId(an_id()), "appointment_id": AppointmentId(an_id())}
    payment = Payment(**ids, amount=usd(TOTAL), closes_at=MONDAY, created_at=MONDAY)

    assert believed(payment) == (S.OPEN, 0, 0)
    assert (payment.ref, payment.url, payment.last_decline, payment.quarantined) == (None, None, None, None)
    assert (payment.refund_failed, payment.attempt, payment.attempts, payment.version) == (False, None, 0, 1)
    silent = Observation(ref="cs_1", status=S.OPEN, amount=TOTAL, currency="USD")
    assert (silent.captured, silent.refunded, silent.last_decline, silent.url) == (0, 0, None, None)


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
