"""What Stripe is asked for, and what it learns of a visit."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import stripe
from stripe.params.checkout import _session_create_params as forms
from structlog.testing import capture_logs

from adapters.kit.transactions import CalledInsideTransaction, transaction_open
from adapters.payments.stripe_api import VERSION
from contract.payments.bench import new_payment
from contract.payments.bench_stripe import WireBench, stripe_at, stripe_at_our_own
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.instants import seconds_of
from scheduling_core.payment import Trouble, next_step
from scheduling_core.payment_status import PaymentStatus
from servers.http import Reply, Request, serving


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[WireBench]:
    async with stripe_at_our_own(tmp_path) as bench:
        yield bench


async def test_stripe_learns_the_price_and_opaque_ids_and_nothing_else(bench: WireBench) -> None:
    payment = new_payment(bench.clock, 10_620)
    opened = await bench.payments.open_checkout(payment)
    ids = {"payment_id": str(payment.id), "appointment_id": str(payment.appointment_id)}
    page = f"https://clinic.example/appointments/{payment.appointment_id}"
    assert bench.wire.asked[opened.ref] == {
        "mode": "payment",
        "client_reference_id": str(payment.id),
        **{f"metadata[{name}]": text for name, text in ids.items()},
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "usd",
        "line_items[0][price_data][unit_amount]": "10620",
        "line_items[0][price_data][product_data][name]": "Appointment",
        "allowed_payment_method_types[0]": "card",
        "payment_intent_data[capture_method]": "manual",
        **{f"payment_intent_data[metadata][{name}]": text for name, text in ids.items()},
        "billing_address_collection": "required",
        "adaptive_pricing[enabled]": "false",
        "success_url": f"{page}?payment=returned",
        "cancel_url": f"{page}?payment=back",
        "expires_at": str(seconds_of(payment.closes_at + timedelta(minutes=31))),
        "expand[0]": "payment_intent.latest_charge.refunds",
    }


async def test_stripes_own_library_knows_every_parameter(bench: WireBench) -> None:
    opened = await bench.payments.open_checkout(new_payment(bench.clock))
    assert stripe.api_version == VERSION
    for name in bench.wire.asked[opened.ref]:
        form = "SessionCreateParams"
        for part in name.replace("]", "").split("["):
            if part.isdigit() or form.endswith("Metadata"):
                continue
            if form == "SessionCreateParams" or hasattr(forms, form):
                assert part in getattr(forms, form).__annotations__, name
            singular = part.removesuffix("s") if part == "line_items" else part
            form += "".join(word.capitalize() for word in singular.split("_"))


@pytest.mark.parametrize(("closes_in", "lives"), [(2, 33), (60, 91), (24 * 60, 23 * 60 + 55)])
async def test_stripe_closes_a_forgotten_page_in_the_time_that_it_allows(
    bench: WireBench, closes_in: int, lives: int
) -> None:
    now = bench.clock.now()
    payment = replace(new_payment(bench.clock), closes_at=now + timedelta(minutes=closes_in))
    await bench.payments.open_checkout(payment)
    bench.clock.advance(minutes=lives, seconds=-1)
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert seen.status is PaymentStatus.OPEN
    bench.clock.advance(seconds=1)
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert seen.status is PaymentStatus.EXPIRED


async def test_a_page_opened_in_the_last_minute_of_a_hold_is_still_one_that_stripe_takes(bench: WireBench) -> None:
    payment = new_payment(bench.clock)
    bench.clock.set(payment.closes_at - timedelta(seconds=1))
    assert (await bench.payments.open_checkout(payment)).status is PaymentStatus.OPEN


async def test_finds_a_lost_payment_behind_hundreds_of_later_ones(bench: WireBench) -> None:
    payment = new_payment(bench.clock)
    opened = await bench.payments.open_checkout(payment)
    for _ in range(205):
        other = new_payment(bench.clock)
        bench.wire.asked[f"cs_{other.id}"] = {}
        session = replace(bench.wire.sessions[opened.ref], id=f"cs_{other.id}", payment_id=str(other.id))
        bench.wire.sessions[session.id] = session
    assert await bench.payments.find(payment) == opened


async def test_what_others_do_in_the_same_account_is_passed_over(bench: WireBench) -> None:
    payment = new_payment(bench.clock)
    opened = await bench.payments.open_checkout(payment)
    bench.wire.of_others = [{"id": "cs_of_a_shop", "mode": "setup", "amount_total": None, "currency": None}]
    assert await bench.payments.find(payment) == opened
    assert await bench.payments.find(new_payment(bench.clock)) is None


async def test_a_payment_that_the_account_does_not_know_is_a_matter_for_a_person(bench: WireBench) -> None:
    payment = replace(new_payment(bench.clock), ref="cs_test_of_another_account")
    with pytest.raises(ProviderRefused, match="was the key changed") as refusal:
        await bench.payments.find(payment)
    assert refusal.value.code == "not_there"


async def test_a_disputed_charge_is_frozen_and_a_lost_one_counts_as_refunded(bench: WireBench) -> None:
    payment = new_payment(bench.clock, 1_000)
    opened = await bench.payments.open_checkout(payment)
    await bench.pay(opened)
    await bench.payments.capture(payment, amount=1_000, key="c")
    await bench.payments.refund(payment, amount=300, key="r")
    bench.wire.dispute(opened.ref)
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert (seen.status, seen.captured, seen.refunded) == (PaymentStatus.DISPUTED, 1_000, 300)
    with pytest.raises(ProviderRefused):
        await bench.payments.refund(payment, amount=100, key="while disputed")
    bench.wire.decide_dispute(opened.ref, won=False)
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert (seen.status, seen.captured, seen.refunded) == (PaymentStatus.REFUNDED, 1_000, 1_000)


async def test_a_won_dispute_leaves_everything_as_it_was(bench: WireBench) -> None:
    payment = new_payment(bench.clock, 1_000)
    opened = await bench.payments.open_checkout(payment)
    await bench.pay(opened)
    await bench.payments.capture(payment, amount=1_000, key="c")
    bench.wire.dispute(opened.ref)
    bench.wire.decide_dispute(opened.ref, won=True)
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert (seen.status, seen.captured, seen.refunded) == (PaymentStatus.CAPTURED, 1_000, 0)


@pytest.mark.parametrize(
    ("code", "bank", "reason"),
    [
        ("card_declined", "insufficient_funds", "insufficient_funds"),
        ("card_declined", "generic_decline", "card_declined"),
        ("card_declined", None, "card_declined"),
        ("expired_card", None, "expired_card"),
        (None, "Lena Koch, 4242 4242 4242 4242", "refused"),
    ],
)
async def test_the_payer_reads_the_banks_own_reason_and_never_its_words(
    bench: WireBench, code: str | None, bank: str | None, reason: str
) -> None:
    payment = new_payment(bench.clock)
    opened = await bench.payments.open_checkout(payment)
    bench.wire.change(opened.ref, lambda session: session.decline("x"))
    bench.wire.errors[opened.ref] = {"code": code, "decline_code": bank}
    seen = await bench.payments.find(payment)
    assert seen is not None
    assert seen.last_decline == reason


async def test_a_wrong_key_is_no_refusal_but_waits_for_a_person(bench: WireBench) -> None:
    async with serving(bench.wire.answer) as url, stripe_at(url, bench.clock, key="sk_test_revoked") as payments:
        with pytest.raises(ProviderUnavailable, match="does not accept our credentials") as trouble:
            await payments.open_checkout(new_payment(bench.clock))
        assert "sk_test" not in str(trouble.value)
    assert bench.wire.sessions == {}


async def test_an_answer_of_the_other_mode_is_not_believed(bench: WireBench) -> None:
    bench.wire.livemode = True
    with pytest.raises(ProviderRefused) as refusal:
        await bench.payments.open_checkout(new_payment(bench.clock))
    assert refusal.value.code == "mode"


async def test_a_refund_that_the_bank_sends_back_days_later_is_a_payment_that_needs_a_person(bench: WireBench) -> None:
    payment = new_payment(bench.clock, 1_000)
    opened = await bench.payments.open_checkout(payment)
    await bench.pay(opened)
    await bench.payments.capture(payment, amount=1_000, key="c")
    refunded, _ = payment.observe(await bench.payments.refund(payment, amount=1_000, key="r"), at=bench.clock.now())
    assert refunded.trouble is None
    bench.wire.bounced[opened.ref] = 1_000
    seen = await bench.payments.find(payment)
    assert seen is not None
    after, entries = refunded.observe(seen, at=bench.clock.now())
    assert (after.trouble, after.status, entries) == (Trouble.REFUND_FAILED, PaymentStatus.REFUNDED, ())
    assert next_step(after, keep=0, wanted=False) is None
    # Somebody has paid it back by hand, at Stripe.
    mended, _ = after.observe(replace(seen, refunded=1_000, status=PaymentStatus.REFUNDED), at=bench.clock.now())
    assert mended.trouble is None


@pytest.mark.parametrize("verb", ["open_checkout", "find", "close_checkout", "capture", "release", "refund"])
async def test_stripe_is_never_asked_inside_a_transaction(bench: WireBench, verb: str) -> None:
    given = {"close_checkout": {"key": "k"}, "release": {"key": "k"}}.get(verb, {"amount": 50, "key": "k"})
    call = getattr(bench.payments, verb)
    with transaction_open(), pytest.raises(CalledInsideTransaction):
        await call(new_payment(bench.clock), **({} if verb in ("open_checkout", "find") else given))
    assert bench.wire.sessions == {}


async def test_what_stripe_says_in_words_goes_into_no_log_and_no_error(bench: WireBench) -> None:
    canary = "Lena Koch, 4242424242424242, sk_test_canary"
    error = {"type": "invalid_request_error", "code": canary, "param": canary, "message": canary}

    async def tell_all(request: Request) -> Reply:
        return Reply(status=400, body=json.dumps({"error": error}).encode(), headers={"Request-Id": canary})

    async with serving(tell_all) as url, stripe_at(url, bench.clock) as payments:
        with capture_logs() as lines, pytest.raises(ProviderRefused) as refusal:
            await payments.open_checkout(new_payment(bench.clock))
    assert len(lines) == 1
    assert refusal.value.code == "refused"
    for word in canary.split(", "):
        assert word not in f"{lines} {refusal.value}"
