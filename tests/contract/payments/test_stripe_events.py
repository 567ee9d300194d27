"""Whose payment an event of Stripe tells of, whatever it is about, and which ones are none of ours."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.payments.stripe_webhooks import EVENTS
from contract.payments.bench import SECRETS, new_payment
from contract.payments.bench_stripe import WireBench, stripe_at_our_own
from scheduling_core.errors import InvalidInput
from scheduling_core.payment import Observation


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[WireBench]:
    async with stripe_at_our_own(tmp_path) as bench:
        yield bench


@pytest.fixture
async def paid(bench: WireBench) -> Observation:
    opened = await bench.payments.open_checkout(new_payment(bench.clock))
    await bench.pay(opened)
    return opened


@pytest.mark.parametrize("kind", EVENTS)
async def test_every_kind_of_event_leads_to_its_checkout(bench: WireBench, paid: Observation, kind: str) -> None:
    body = bench.wire.event(kind, paid.ref)
    hint = await bench.payments.read_webhook(body, bench.wire.signature(body, SECRETS[1]))
    assert hint is not None
    assert hint.ref == paid.ref


async def test_a_payment_of_somebody_elses_in_the_same_account_means_nothing(
    bench: WireBench, paid: Observation
) -> None:
    body = bench.wire.event("charge.refunded", paid.ref).replace(b"pi_test", b"pi_of_a_shop")
    assert await bench.payments.read_webhook(body, bench.wire.signature(body, SECRETS[0])) is None


@pytest.mark.parametrize(("field", "value"), [("livemode", True), ("account", "acct_of_somebody")])
async def test_an_event_of_the_other_mode_or_of_another_account_is_refused(
    bench: WireBench, paid: Observation, field: str, value: object
) -> None:
    body = bench.wire.event("checkout.session.completed", paid.ref, **{field: value})
    with pytest.raises(InvalidInput) as refusal:
        await bench.payments.read_webhook(body, bench.wire.signature(body, SECRETS[0]))
    assert refusal.value.field == field
