"""The identity providers that keep the promises of ports/identity.py: every contract test here runs over each of them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from adapters.identity.simulator import SimulatedIdentity
from adapters.kit.faults import Faults
from adapters.kit.simulator_state import SimulatorState
from scheduling_core.ports.identity import IdentityProvider, SignInTicket
from support.clock import ManualClock

HOME = "http://127.0.0.1:1"


def a_ticket(name: str = "a") -> SignInTicket:
    return SignInTicket(state=f"state-{name}" * 4, nonce=f"nonce-{name}" * 4, verifier=f"verifier-{name}" * 4)


class Bench(Protocol):
    """A provider at which a test also plays the person who signs in."""

    provider: IdentityProvider
    clock: ManualClock

    async def sign_in(self, url: str, email: str, name: str) -> dict[str, str]:
        """What the browser brings back to the callback."""


@dataclass
class SimulatedBench:
    provider: SimulatedIdentity
    clock: ManualClock

    async def sign_in(self, url: str, email: str, name: str) -> dict[str, str]:
        query = dict(parse_qsl(urlsplit(url).query))
        back = await self.provider.grant(query, email=email, name=name)
        return {key: values[0] for key, values in parse_qs(urlsplit(back).query).items()}


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
def simulated(state: SimulatorState, faults: Faults, clock: ManualClock) -> SimulatedIdentity:
    return SimulatedIdentity(state, faults, clock, public_url=HOME)


@pytest.fixture(params=["simulator"])
def bench(request: pytest.FixtureRequest, simulated: SimulatedIdentity, clock: ManualClock) -> Bench:
    return SimulatedBench(simulated, clock)
