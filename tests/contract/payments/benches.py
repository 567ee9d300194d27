"""Every payment provider that there is, each on a bench where a test can also play the payer.

A provider is put to the whole contract by a line in BENCHES, once for each server that stands for it. What a server of others
does not have is listed with it: those tests are judged by the bench that stands in for it alone.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import httpx
from prometheus_client import CollectorRegistry

from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls, Limits
from adapters.kit.faults import Faults
from adapters.kit.simulator_state import SimulatorState
from adapters.payments.simulator import SimulatedPayments
from adapters.payments.simulator_cards import CARDS, Card
from adapters.payments.simulator_sessions import Session
from adapters.payments.stripe import StripePayments
from adapters.payments.stripe_api import StripeApi
from contract.payments.cash_box import cash_box
from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.payment import Observation, Payment
from scheduling_core.ports.payments import Payments
from scheduling_core.ports.system import Clock
from servers.http import serving
from servers.run import shared_peer
from support.chance import SeededChance
from support.clock import ManualClock
from support.making import an_id, usd
from support.stripe_peers import Emulate, Localstripe
from support.stripe_wire import KEY, StripeWire

USUAL = Limits()
SECRETS = ("new-secret", "old-secret")
_BY_LAST_DIGITS = {card.number[-4:]: card for card in CARDS}


def card(last_digits: str) -> Card:
    return _BY_LAST_DIGITS[last_digits]


class Bench(Protocol):
    """A provider on which a test also plays the payer."""

    payments: Payments
    clock: ManualClock

    async def pay(self, opened: Observation) -> None:
        """With a card that pays. Raise ProviderRefused where the page is closed."""

    async def try_declined_card(self, opened: Observation) -> None:
        """With one that does not."""


def new_payment(clock: Clock, amount: int = 10_620) -> Payment:
    now = clock.now()
    return Payment(
        id=PaymentId(an_id()),
        appointment_id=AppointmentId(an_id()),
        amount=usd(amount),
        closes_at=now + timedelta(minutes=9),
        created_at=now,
    )


@dataclass
class SimulatedBench:
    payments: SimulatedPayments
    clock: ManualClock

    async def pay(self, opened: Observation) -> None:
        await self.payments.pay(opened.ref, card("4242"))

    async def try_declined_card(self, opened: Observation) -> None:
        await self.payments.pay(opened.ref, card("0002"))


@asynccontextmanager
async def simulator(folder: Path) -> AsyncIterator[SimulatedBench]:
    state, clock = SimulatorState(folder / "simulators.sqlite"), ManualClock()
    faults = Faults(state, hang_seconds=0)
    try:
        yield SimulatedBench(
            SimulatedPayments(state, faults, clock, public_url="http://127.0.0.1:1", webhook_secrets=SECRETS), clock
        )
    finally:
        await state.close()


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


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`adapter` is its name in bootstrap; `peer` the server that it is judged by; `lacks` why a test, or a file of them,
    cannot be put to that."""

    adapter: str
    peer: str
    bench: Callable[[Path], AbstractAsyncContextManager[Bench]]
    lacks: Mapping[str, str] = field(default_factory=dict)

    def takes(self, test: Callable[..., object]) -> bool:
        return self.lacks.keys().isdisjoint({test.__name__, test.__module__.rpartition(".")[2]})

    @property
    def id(self) -> str:
        return f"{self.adapter} at {self.peer}"


LOCALSTRIPE_LACKS = {
    "test_a_decline_leaves_the_page_open_and_says_why": "its declining card pays",
    "test_captures_a_part_and_lets_the_rest_go": "it takes all and calls the rest a refund",
    "test_released_money_is_gone_for_the_clinic": "it captures what was cancelled",
    "test_refuses_to_refund_more_than_was_taken": "it refunds more than was taken",
    "test_money_that_nobody_took_for_a_week_goes_back": "what is reserved there never runs out",
}
EMULATE_LACKS = {
    "test_a_decline_leaves_the_page_open_and_says_why": "its page approves every card",
    "test_money": "no money stands behind its pages",
}

BENCHES = (
    Entry(adapter="simulator", peer="itself", bench=simulator),
    Entry(adapter="cash box", peer="itself", bench=cash_box),
    Entry(adapter="stripe", peer="our own model", bench=stripe_at_our_own),
    Entry(adapter="stripe", peer="localstripe", bench=stripe_at_localstripe, lacks=LOCALSTRIPE_LACKS),
    Entry(adapter="stripe", peer="emulate", bench=stripe_at_emulate, lacks=EMULATE_LACKS),
)
