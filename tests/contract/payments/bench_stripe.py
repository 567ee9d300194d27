"""Stripe's adapter over HTTP: before our own model of Stripe, and before servers of others behind it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from prometheus_client import CollectorRegistry

from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls, Limits
from adapters.payments.simulator_sessions import Session
from adapters.payments.stripe import StripePayments
from adapters.payments.stripe_api import StripeApi
from contract.payments.bench import SECRETS, Peer
from scheduling_core.payment import Observation
from scheduling_core.ports.system import Clock
from servers.http import serving
from servers.run import shared_peer
from support.chance import SeededChance
from support.clock import ManualClock
from support.stripe_peers import Behind, Emulate, Localstripe
from support.stripe_wire import KEY, StripeWire

USUAL = Limits()


@dataclass
class WireBench:
    """Stripe as our own model of it serves it over HTTP."""

    payments: StripePayments
    clock: ManualClock
    wire: StripeWire

    async def pay(self, opened: Observation) -> None:
        now = self.clock.now()
        self.wire.change(opened.ref, lambda session: session.authorize(now))

    async def try_declined_card(self, opened: Observation) -> None:
        def declined(session: Session) -> Session:
            return session.decline("card_declined")

        self.wire.change(opened.ref, declined)


@asynccontextmanager
async def stripe_at(url: str, clock: Clock, *, key: str = KEY, limits: Limits = USUAL) -> AsyncIterator[StripePayments]:
    """The adapter, asking at this address."""
    payments = StripePayments(
        StripeApi(clock, base=url, secret_key=key, account=None, seconds=limits.seconds),
        Calls("stripe", CallFigures(CollectorRegistry()), SeededChance(), limits=limits),
        clock,
        public_url="https://clinic.example",
        webhook_secrets=SECRETS,
        live=False,
        account=None,
        minimum=50,
    )
    try:
        yield payments
    finally:
        await payments.close()


@asynccontextmanager
async def stripe_at_our_own(folder: Path) -> AsyncIterator[WireBench]:
    clock = ManualClock()
    wire = StripeWire(clock)
    async with serving(wire.answer) as url, stripe_at(url, clock) as payments:
        yield WireBench(payments, clock, wire)


@dataclass
class LocalstripeBench(WireBench):
    wire: Localstripe

    async def pay(self, opened: Observation) -> None:
        await self.wire.pay(opened.ref)


@asynccontextmanager
async def stripe_at_localstripe(folder: Path) -> AsyncIterator[LocalstripeBench]:
    clock = ManualClock()
    async with asking("localstripe") as peer:
        wire = Localstripe(clock, peer)
        async with serving(wire.answer) as url, stripe_at(url, clock) as payments:
            yield LocalstripeBench(payments, clock, wire)
    _must_have_been_asked(wire)


@dataclass
class EmulateBench(WireBench):
    wire: Emulate

    async def pay(self, opened: Observation) -> None:
        await self.wire.pay(opened.ref)


@asynccontextmanager
async def stripe_at_emulate(folder: Path) -> AsyncIterator[EmulateBench]:
    clock = ManualClock()
    async with asking("emulate") as peer:
        wire = Emulate(clock, peer)
        async with serving(wire.answer) as url, stripe_at(url, clock) as payments:
            yield EmulateBench(payments, clock, wire)
    _must_have_been_asked(wire)


def _must_have_been_asked(peer: Behind) -> None:
    assert peer.peer_asked, "our own model has answered all of it: say in its `lacks` that this peer has none of this"


@asynccontextmanager
async def asking(peer: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the run's server of that name."""
    headers = {"Authorization": f"Bearer {KEY}"}
    async with httpx.AsyncClient(
        base_url=shared_peer(peer),
        headers=headers,
        trust_env=False,
        verify=False,  # noqa: S501  # plain HTTP on the loopback
    ) as client:
        yield client


_OF_PAGES_ALONE = (
    "test_opens_a_page_for_exactly_the_amount_asked",
    "test_opening_again_under_the_same_key_is_the_same_page",
    "test_two_payments_are_two_pages",
    "test_refuses_the_same_key_for_another_amount",
    "test_charges_nothing_below_its_minimum",
    "test_finds_a_checkout_whose_reply_was_lost",
    "test_a_closed_page_takes_no_money",
    "test_closing_twice_is_closing_once",
)
_ASKED_OF_OUR_MODEL_ALONE = {
    "test_knows_nothing_of_a_checkout_that_never_arrived": "it is not asked about what our model has never heard of",
    "test_refuses_to_close_what_was_never_opened": "it is not asked about what our model has never heard of",
}
LOCALSTRIPE_LACKS = {
    **dict.fromkeys(_OF_PAGES_ALONE, "it has no pages"),
    **_ASKED_OF_OUR_MODEL_ALONE,
    "test_refuses_to_capture_before_anybody_paid": "it has no pages",
    "test_a_decline_leaves_the_page_open_and_says_why": "its declining card pays",
    "test_captures_a_part_and_lets_the_rest_go": "it takes all and calls the rest a refund",
    "test_released_money_is_gone_for_the_clinic": "it captures what was cancelled",
    "test_refuses_to_refund_more_than_was_taken": "it refunds more than was taken",
    "test_money_that_nobody_took_for_a_week_goes_back": "what is reserved there never runs out",
}
EMULATE_LACKS = {
    **_ASKED_OF_OUR_MODEL_ALONE,
    "test_a_decline_leaves_the_page_open_and_says_why": "its page approves every card",
    "test_money": "no money stands behind its pages",
}

PEERS = (
    Peer("our own model", stripe_at_our_own),
    Peer("localstripe behind our own model", stripe_at_localstripe, LOCALSTRIPE_LACKS),
    Peer("emulate behind our own model", stripe_at_emulate, EMULATE_LACKS),
)
