"""The simulated provider, and a payer who knows its cards."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from adapters.kit.faults import Faults
from adapters.kit.simulator_state import SimulatorState
from adapters.payments.simulator import SimulatedPayments
from adapters.payments.simulator_cards import CARDS, Card
from contract.payments.bench import SECRETS, Peer
from scheduling_core.payment import Observation
from support.clock import ManualClock

_BY_LAST_DIGITS = {card.number[-4:]: card for card in CARDS}


def card(last_digits: str) -> Card:
    return _BY_LAST_DIGITS[last_digits]


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


PEERS = (Peer("itself", simulator),)
