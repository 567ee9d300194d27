"""The notifiers that keep the promises of ports/notify.py: every contract test here runs over each of them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from adapters.kit.faults import Faults
from adapters.kit.simulator_state import SimulatorState
from adapters.notify.rendering import Letters
from adapters.notify.simulator import SimulatedMailbox
from scheduling_core.ports.notify import Notifier
from support.clock import ManualClock

HOME = "http://127.0.0.1:1"


@dataclass(frozen=True)
class Arrived:
    to: str
    subject: str
    text: str
    html: str


class Bench(Protocol):
    """A notifier, and the mailboxes at the other end."""

    notifier: Notifier

    async def arrived(self) -> list[Arrived]:
        """What people find in their mailboxes, in the order in which it came."""


@dataclass
class SimulatedBench:
    notifier: SimulatedMailbox

    async def arrived(self) -> list[Arrived]:
        mails = reversed(await self.notifier.mails())
        return [Arrived(mail.to, mail.subject, mail.text, mail.html) for mail in mails]


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


@pytest.fixture(scope="session")
def letters() -> Letters:
    return Letters(public_url=HOME, organizer_email="clinic@example.com")


@pytest.fixture
def simulated(state: SimulatorState, faults: Faults, clock: ManualClock, letters: Letters) -> SimulatedMailbox:
    return SimulatedMailbox(state, faults, clock, letters)


@pytest.fixture(params=["simulator"])
def bench(request: pytest.FixtureRequest, simulated: SimulatedMailbox) -> Bench:
    return SimulatedBench(simulated)
