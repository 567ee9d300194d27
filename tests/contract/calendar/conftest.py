"""The calendars that keep the promises of ports/calendar.py: every contract test here runs over each of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.calendar.simulator import SimulatedCalendar
from adapters.kit.faults import Faults
from adapters.kit.simulator_state import SimulatorState
from scheduling_core.ports.calendar import Calendar

HOME = "http://127.0.0.1:1"


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[SimulatorState]:
    state = SimulatorState(tmp_path / "simulators.sqlite")
    yield state
    await state.close()


@pytest.fixture
def faults(state: SimulatorState) -> Faults:
    return Faults(state, hang_seconds=0)


@pytest.fixture
def simulated(state: SimulatorState, faults: Faults) -> SimulatedCalendar:
    return SimulatedCalendar(state, faults, public_url=HOME, secret="secret")


@pytest.fixture(params=["simulator"])
def calendar(request: pytest.FixtureRequest, simulated: SimulatedCalendar) -> Calendar:
    return simulated
