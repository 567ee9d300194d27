"""What several ports' adapters are tried with: a clock that is turned by hand, and the state and faults of simulators."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.kit.faults import Faults
from adapters.kit.simulator_state import SimulatorState
from support.clock import ManualClock


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
