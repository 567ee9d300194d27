"""What comes back of the money when a visit is cancelled."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling_core.cancellation import MOST_HOURS, CancellationPolicy, RefundStep
from scheduling_core.money import Money

START = datetime(2027, 3, 29, 7, 30, tzinfo=UTC)
STANDARD = CancellationPolicy.parse("24h:100,4h:50")
INSTANT = timedelta(microseconds=1)


@st.composite
def policies(draw: st.DrawFn) -> CancellationPolicy:
    hours = sorted(draw(st.sets(st.integers(0, 400), max_size=4)), reverse=True)
    percents = sorted(draw(st.sets(st.integers(1, 100), min_size=len(hours), max_size=len(hours))), reverse=True)
    return CancellationPolicy(tuple(RefundStep(hour, percent) for hour, percent in zip(hours, percents, strict=True)))


moments = st.integers(-500 * 3600, 10 * 3600).map(lambda seconds: START + timedelta(seconds=seconds))
totals = st.integers(0, 100_000).map(lambda amount: Money(amount, "USD"))


def refund(total: int, before: timedelta, policy: CancellationPolicy = STANDARD) -> int:
    return policy.refund(Money(total, "USD"), starts_at=START, now=START - before).amount


@pytest.mark.parametrize(
    ("before", "back"),
    [
        (timedelta(days=30), 59_000),
        (timedelta(hours=24), 59_000),
        (timedelta(hours=24) - INSTANT, 29_500),
        (timedelta(hours=4), 29_500),
        (timedelta(hours=4) - INSTANT, 0),
        (timedelta(0), 0),
        (-timedelta(hours=1), 0),
    ],
)
def test_refunds_by_how_early_one_cancels(before: timedelta, back: int):
    assert refund(59_000, before) == back


def test_rounds_half_a_cent_in_the_patients_favour():
    assert refund(1, timedelta(hours=5)) == 1
    assert refund(59_001, timedelta(hours=5)) == 29_501
    assert refund(100, timedelta(hours=5), CancellationPolicy.parse("4h:33")) == 33
    assert refund(1, timedelta(hours=5), CancellationPolicy.parse("4h:49")) == 0


def test_refunds_nothing_once_the_visit_began_even_where_cancelling_is_free_until_the_start():
    until_start = CancellationPolicy.parse("0h:100")

    assert refund(59_000, INSTANT, until_start) == 59_000
    assert refund(59_000, timedelta(0), until_start) == 0
    assert until_start.refundable_until(starts_at=START, now=START) is None


def test_a_policy_without_steps_never_refunds():
    never = CancellationPolicy.parse("")

    assert refund(59_000, timedelta(days=365), never) == 0
    assert never.refundable_until(starts_at=START, now=START - timedelta(days=365)) is None


@given(policies(), totals, moments)
def test_never_refunds_more_than_was_paid(policy: CancellationPolicy, total: Money, now: datetime):
    back = policy.refund(total, starts_at=START, now=now)

    assert 0 <= back.amount <= total.amount
    assert back.currency == total.currency


@given(policies(), totals, moments, moments)
def test_never_refunds_more_for_cancelling_later(
    policy: CancellationPolicy, total: Money, one: datetime, other: datetime
) -> None:
    early, late = sorted([one, other])

    early_back = policy.refund(total, starts_at=START, now=early)
    assert policy.refund(total, starts_at=START, now=late).amount <= early_back.amount


@given(policies(), moments)
def test_says_until_when_the_refund_stays_as_it_is(policy: CancellationPolicy, now: datetime):
    total = Money(100_000, "USD")
    back = policy.refund(total, starts_at=START, now=now)
    until = policy.refundable_until(starts_at=START, now=now)

    if until is None:
        assert back.amount == 0
    else:
        assert now <= until
        assert policy.refund(total, starts_at=START, now=max(now, until - INSTANT)) == back
        assert policy.refund(total, starts_at=START, now=until + INSTANT).amount < back.amount


@pytest.mark.parametrize(
    ("before", "until"), [(timedelta(days=9), 24), (timedelta(hours=24), 24), (timedelta(hours=24) - INSTANT, 4)]
)
def test_names_the_next_deadline_its_own_instant_included(before: timedelta, until: int):
    assert STANDARD.refundable_until(starts_at=START, now=START - before) == START - timedelta(hours=until)


def test_reaches_as_far_back_as_a_visit_can_be_booked_ahead():
    assert timedelta(days=730) == timedelta(hours=MOST_HOURS)


@given(policies())
def test_reads_back_what_it_writes(policy: CancellationPolicy):
    assert CancellationPolicy.parse(str(policy)) == policy


def test_reads_the_settings_way_of_writing_it():
    assert CancellationPolicy.parse(" 24h:100, 4h:50 ,").steps == (RefundStep(24, 100), RefundStep(4, 50))
    assert str(STANDARD) == "24h:100,4h:50"
    assert CancellationPolicy.parse(f"{MOST_HOURS}h:1").steps == (RefundStep(MOST_HOURS, 1),)


@pytest.mark.parametrize(
    ("complaint", "text"),
    [
        *[("is not like", text) for text in ("24:100", "24h", "24h:", "h:100", "-1h:50", "24h:50%", "a day:all", "24h:1.5")],
        *[("1 to 100 percent", text) for text in ("24h:0", "24h:101", f"{MOST_HOURS + 1}h:50")],
        *[("early to late", text) for text in ("4h:100,24h:50", "24h:100,24h:50", "24h:50,4h:50", "24h:50,4h:100")],
    ],
)  # fmt: skip  # one line for each rule that they break
def test_refuses_a_policy_that_makes_no_sense(complaint: str, text: str):
    with pytest.raises(ValueError, match=complaint):
        CancellationPolicy.parse(text)
