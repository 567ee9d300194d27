"""How many statements each main operation takes: a slowdown is noticed here without a clock.

MOST is the one place to change, knowingly, when an operation needs more; one that needs fewer is written down too, so that
it stays so.
"""

from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Database
from contract.sql.counting import CountingDatabase
from contract.storage.making import stored_visit
from scheduling_core.access import Actor
from scheduling_core.errors import SlotTaken
from scheduling_core.patient import Patient
from scheduling_core.ports.directory import DoctorFilter
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.views import When
from scheduling_core.use_cases.audit import ChainHistory
from scheduling_core.use_cases.directory import FindDoctors, ReadDoctor
from scheduling_core.use_cases.slots import FindSlots
from scheduling_core.use_cases.soonest import KeepOutlooks
from scheduling_core.use_cases.visits import ListAppointments
from support.clinic import TERMS, Clinic
from support.clock import ManualClock
from support.making import an_id

MOST = {
    # operation: (SQLite, PostgreSQL), each with its beginnings and ends of transactions
    "hold": (16, 5),
    "hold again": (15, 6),
    "hold what is taken": (13, 4),
    "checkout": (12, 12),
    "settle": (41, 35),
    "cancel": (19, 16),
    "day": (6, 1),
    "week": (6, 1),
    "month": (6, 1),
    "appointments": (3, 3),
    "search": (9, 9),
    "week again": (4, 1),
    "search again": (3, 1),
    "search for soon": (10, 10),
    "read a doctor": (8, 8),
    "search later": (5, 5),
    "chain what happened": (9, 9),
}
FULL = {"search": (5, 5), "search for soon": (7, 7), "read a doctor": (4, 4)}
"""What differs where there are many of everything: when they are free is known already, as it is a moment after each change."""


@dataclass
class Counted:
    """A clinic whose statements are counted from one operation to the next."""

    clinic: Clinic
    database: CountingDatabase
    found: dict[str, int] = field(default_factory=dict)

    async def count(self, name: str, operation: Awaitable[object]) -> object:
        before = self.database.statements
        try:
            return await operation
        finally:
            self.found[name] = self.database.statements - before


@pytest.fixture
async def counted(database: Database, clock: ManualClock) -> AsyncIterator[Counted]:
    counting = CountingDatabase(database)
    clinic = Clinic(SqlStorage(counting, clock), clock)
    yield Counted(clinic, counting)
    await clinic.close()


def _a_request(patient: Patient) -> RequestKey:
    return RequestKey(Actor.patient(patient.id), "hold", str(an_id()), "body")


async def _crowd(clinic: Clinic, patient: Patient) -> None:
    """More doctors than are looked at one by one, and visits enough for several pages' worth of statements."""
    doctors = [await clinic.doctor() for _ in range(60)]
    for number, doctor in enumerate(doctors[:20]):
        await stored_visit(clinic.storage, doctor, patient, clinic.clock.now() + timedelta(days=2, hours=number))
    await KeepOutlooks(clinic.storage, clinic.clock, TERMS)()


async def _measure(counted: Counted, *, crowded: bool = False) -> dict[str, int]:
    clinic, count, now = counted.clinic, counted.count, counted.clinic.clock.now()
    doctor, patient, other = await clinic.doctor(), await clinic.patient(), await clinic.patient()
    if crowded:
        await _crowd(clinic, patient)
    actor, starts_at = Actor.patient(patient.id), now + timedelta(hours=30)
    slots = FindSlots(clinic.storage, clinic.clock, TERMS)
    find, visits = FindDoctors(clinic.storage, clinic.clock, TERMS), ListAppointments(clinic.storage, clinic.clock)

    def hold(who: Patient) -> Awaitable[object]:
        return clinic.hold_slot(Actor.patient(who.id), _a_request(who), doctor_id=doctor.id, starts_at=starts_at)

    await count("hold", hold(patient))
    await count("hold again", hold(patient))
    with pytest.raises(SlotTaken):
        await count("hold what is taken", hold(other))
    held = next(each for each in await visits(actor, when=When.UPCOMING) if each.appointment.doctor_id == doctor.id)
    visit_id = held.appointment.id
    await count("checkout", clinic.open_checkout(actor, visit_id))
    await clinic.authorize(visit_id)
    await count("settle", clinic.settle_money((await clinic.payment(visit_id)).id))
    today = now.date()
    for name, days in (("day", 1), ("week", 7), ("month", 30)):
        await count(name, slots(doctor.id, first=today, last=today + timedelta(days=days)))
    await count("appointments", visits(actor, when=When.UPCOMING))
    await count("week again", slots.version(doctor.id))
    if crowded:
        await KeepOutlooks(clinic.storage, clinic.clock, TERMS)()
    # A first search reads what the process keeps from then on.
    await find(DoctorFilter())
    await count("search", find(DoctorFilter()))
    await count("search again", find.mark(None, limit=20))
    dear = DoctorFilter(max_fee=10_000_000)
    await count("search for soon", find(dear, available_before=now + timedelta(days=3)))
    await count("read a doctor", ReadDoctor(clinic.storage, clinic.clock, TERMS)(doctor.id))
    await count("cancel", clinic.cancel(actor, _a_request(patient), appointment_id=visit_id))
    # The first time of everybody who is open has passed: they stand where they stand now.
    clinic.clock.advance(minutes=31)
    await KeepOutlooks(clinic.storage, clinic.clock, TERMS)()
    await count("search later", find(DoctorFilter()))
    await count("chain what happened", ChainHistory(clinic.storage)())
    return counted.found


async def test_no_operation_takes_more_statements_than_it_is_known_for(counted: Counted) -> None:
    found = await _measure(counted)
    assert found == {name: most[counted.database.on_postgresql] for name, most in MOST.items()}


async def test_they_are_no_more_where_there_are_many_doctors_and_many_visits(counted: Counted) -> None:
    found = await _measure(counted, crowded=True)
    assert found == {name: most[counted.database.on_postgresql] for name, most in {**MOST, **FULL}.items()}
