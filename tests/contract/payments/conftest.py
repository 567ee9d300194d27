"""The payment providers that keep the promises of ports/payments.py: every contract test here runs over each of them."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from adapters.kit.faults import Faults
from adapters.kit.simulator_state import SimulatorState
from adapters.payments.simulator import SimulatedPayments
from contract.payments.bench import SECRETS, Bench
from contract.payments.benches import BENCHES, Entry
from support.clock import ManualClock


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Put every provider to a test of the contract, except where what stands for it lacks what the test needs."""
    if "entry" in metafunc.fixturenames:
        entries = [entry for entry in BENCHES if entry.peer.takes(metafunc.function)]
        metafunc.parametrize("entry", entries, ids=lambda entry: entry.id)


@pytest.fixture
async def bench(entry: Entry, tmp_path: Path, met: Callable[..., None]) -> AsyncIterator[Bench]:
    met("payments", entry.adapter, entry.peer.name)
    async with entry.peer.bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def simulated(state: SimulatorState, faults: Faults, clock: ManualClock) -> SimulatedPayments:
    return SimulatedPayments(state, faults, clock, public_url="http://127.0.0.1:1", webhook_secrets=SECRETS)
