"""The payment providers that keep the promises of ports/payments.py: every contract test here runs over each of them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest

from adapters.kit.faults import Faults
from adapters.kit.simulator_state import SimulatorState
from adapters.payments.simulator import SimulatedPayments
from adapters.payments.simulator_cards import CARDS, Card
from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.payment import Observation, Payment
from scheduling_core.ports.payments import Payments
from support.clock import ManualClock
from support.making import an_id, usd

SECRETS = ("new-secret", "old-secret")
_BY_LAST_DIGITS = {card.number[-4:]: card for card in CARDS}


def card(last_digits: str) -> Card:
    return _BY_LAST_DIGITS[last_digits]


class Bench(Protocol):
    """A provider on which a test also plays the payer."""

    payments: Payments
    clock: ManualClock

    async def pay(self, opened: Observation) -> None:
        """With a card that pays."""

    async def try_declined_card(self, opened: Observation) -> None:
        """With one that does not."""

    def new_payment(self, amount: int = 10_620) -> Payment: ...


@dataclass
class SimulatedBench:
    payments: SimulatedPayments
    clock: ManualClock

    async def pay(self, opened: Observation) -> None:
        await self.payments.pay(opened.ref, card("4242"))

    async def try_declined_card(self, opened: Observation) -> None:
        await self.payments.pay(opened.ref, card("0002"))

    def new_payment(self, amount: int = 10_620) -> Payment:
        now = self.clock.now()
        return Payment(
            id=PaymentId(an_id()),
            appointment_id=AppointmentId(an_id()),
            amount=usd(amount),
            closes_at=now + timedelta(minutes=9),
            created_at=now,
        )


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[SimulatorState]:
    state = SimulatorState(tmp_path / "simulators.sqlite")
    yield state
    await state.close()


@pytest.fixture
def faults(state: SimulatorState) -> Faults:
    return Faults(state, hang_seconds=0)


@pytest.fixture
def simulated(state: SimulatorState, faults: Faults, clock: ManualClock) -> SimulatedPayments:
    return SimulatedPayments(state, faults, clock, public_url="http://127.0.0.1:1", webhook_secrets=SECRETS)


@pytest.fixture(params=["simulator"])
def bench(request: pytest.FixtureRequest, simulated: SimulatedPayments, clock: ManualClock) -> Bench:
    return SimulatedBench(simulated, clock)
