"""Which webhooks are believed, at any provider that signs as Stripe does."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import stripe

from adapters.payments.signatures import sign
from adapters.payments.simulator import SimulatedPayments
from contract.payments.bench import SECRETS
from contract.payments.bench_stripe import stripe_at
from scheduling_core.errors import InvalidInput
from scheduling_core.ports.payments import PaymentHint, Payments
from support.clock import MONDAY, ManualClock

NEW, OLD = SECRETS


@pytest.fixture(params=["simulator", "stripe"])
async def believer(
    request: pytest.FixtureRequest, simulated: SimulatedPayments, clock: ManualClock
) -> AsyncIterator[Payments]:
    """Whoever is to tell authentic events from others. To believe one of a session, none needs to ask anybody."""
    if request.param == "simulator":
        yield simulated
        return
    async with stripe_at("http://127.0.0.1:1", clock) as payments:
        yield payments


def event(**changes: object) -> bytes:
    facts = {
        "id": "evt_1",
        "object": "event",
        "type": "checkout.session.completed",
        "livemode": False,
        "data": {"object": {"id": "cs_1", "object": "checkout.session"}},
    }
    return json.dumps({**facts, **changes}).encode()


async def test_believes_what_either_live_secret_signed(believer: Payments) -> None:
    body = event()
    for secrets in ([NEW], [OLD], [NEW, OLD], ["retired", OLD]):
        signature = sign(body, secrets, at=MONDAY)
        assert await believer.read_webhook(body, signature) == PaymentHint(event_id="evt_1", ref="cs_1")


def test_signs_as_stripe_documents_it() -> None:
    seconds = int(MONDAY.timestamp())
    expected = hmac.new(b"whsec", f"{seconds}.".encode() + b"{}", hashlib.sha256).hexdigest()
    assert sign(b"{}", ["whsec"], at=MONDAY) == f"t={seconds},v1={expected}"


def test_stripes_own_library_believes_what_is_signed_here() -> None:
    body = event()
    header = sign(body, [NEW, OLD], at=datetime.now(UTC))
    for secret in (NEW, OLD):
        assert stripe.Webhook.construct_event(body, header, secret).id == "evt_1"
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body + b" ", header, NEW)


async def test_takes_an_event_of_five_minutes_ago_and_no_older(believer: Payments, clock: ManualClock) -> None:
    body = event()
    signature = sign(body, [NEW], at=MONDAY)
    clock.set(MONDAY + timedelta(seconds=300))
    assert await believer.read_webhook(body, signature) is not None
    clock.set(MONDAY + timedelta(seconds=301))
    with pytest.raises(InvalidInput):
        await believer.read_webhook(body, signature)


GOOD = sign(event(), [NEW], at=MONDAY)
TIME, V1 = GOOD.split(",")


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "nonsense",
        TIME,
        V1,
        f"{TIME},v1=",
        f"{TIME},v0={V1[3:]}",
        f"{TIME},{V1[:-1]}",
        f"{TIME},{V1.upper()}",
        f"{TIME},v1=ünïcode",
        f"t={int(TIME[2:]) + 1},{V1}",
        f"t={TIME[2:]},t={TIME[2:]},{V1}",
        f"t=-1,{V1}",
        f"t=٣,{V1}",
        f"t={'9' * 400},{V1}",
        f"{TIME}," + ",".join(["v1=00"] * 5000),
        sign(event(), ["guessed"], at=MONDAY),
        sign(event(id="evt_2"), [NEW], at=MONDAY),
        sign(event(), [NEW], at=MONDAY - timedelta(days=1)),
    ],
)
async def test_refuses_every_other_signature(believer: Payments, signature: str | None) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await believer.read_webhook(event(), signature)
    assert refusal.value.field == "signature"


async def test_refuses_a_body_that_was_altered_by_one_byte(believer: Payments) -> None:
    with pytest.raises(InvalidInput):
        await believer.read_webhook(event() + b" ", GOOD)


async def test_an_event_of_another_kind_means_nothing(believer: Payments) -> None:
    body = event(type="customer.created")
    assert await believer.read_webhook(body, sign(body, [NEW], at=MONDAY)) is None


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff\xfe", event(livemode=True), event(data={"object": {}})])
async def test_refuses_signed_nonsense_and_events_about_real_money(believer: Payments, body: bytes) -> None:
    with pytest.raises(InvalidInput):
        await believer.read_webhook(body, sign(body, [NEW], at=MONDAY))
