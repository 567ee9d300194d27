"""Where verbs are tried: a clinic over memory whose clock is turned by hand, and a desk at which people sign in."""

from collections.abc import AsyncIterator

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.doctor import Doctor
from scheduling_core.patient import Patient
from support.clinic import Clinic
from support.clock import ManualClock
from support.desk import Desk


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def clinic(clock: ManualClock) -> AsyncIterator[Clinic]:
    clinic = Clinic(MemoryStorage(clock), clock)
    yield clinic
    await clinic.close()


@pytest.fixture
async def doctor(clinic: Clinic) -> Doctor:
    return await clinic.doctor()


@pytest.fixture
async def patient(clinic: Clinic) -> Patient:
    return await clinic.patient()


@pytest.fixture
def desk() -> Desk:
    return Desk()
