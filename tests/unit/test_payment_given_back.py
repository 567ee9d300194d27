"""Payments that were set apart, and went back because an administrator decided so."""

import pytest

from scheduling_core.payment import Observation, Payment, Resolution, Trouble
from support.clock import MONDAY
from support.payments import TOTAL, S, a_payment, believed, said


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
