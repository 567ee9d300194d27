"""Between a payment and the last message: dies at every step, before and after it; within a minute all is as it should be."""

from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from adapters.persistence.memory import MemoryStorage
from adapters.persistence.sql import open_storage
from crashes.dying import Died, Dying, DyingStorage, Fate
from scheduling_core.access import Actor
from scheduling_core.appointment import Status, Verb
from scheduling_core.appointment_parts import MeetingStatus
from scheduling_core.ledger_entry import EntryKind
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.storage import Storage
from scheduling_core.tasks import MessageKind
from support.clinic import Clinic
from support.clock import ManualClock

NEVER = 10_000


def mortal(clinic: Clinic, fate: Fate) -> Clinic:
    """The same clinic as a process that will die: its storage, providers and clock are those of the living one."""
    doomed = Clinic(DyingStorage(clinic.storage, fate), clinic.clock, seed=99)
    doomed.adopt(
        payments=Dying(clinic.payments, fate), rooms=Dying(clinic.rooms, fate), letters=Dying(clinic.letters, fate)
    )
    return doomed


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def clinic(request: pytest.FixtureRequest) -> AsyncIterator[Clinic]:
    clock = ManualClock()
    storage: Storage
    if request.param == "memory":
        storage = MemoryStorage(clock)
    else:
        storage = open_storage(request.getfixturevalue(f"{request.param}_url"), clock=clock)
    made = Clinic(storage, clock)
    yield made
    await made.close()
    if request.param != "memory":
        await storage.close()  # type: ignore[attr-defined]  # only what has connections has a close


async def live_once(clinic: Clinic, fate: Fate) -> None:
    """One booking, from its payment on, by a process that may die; then by one that lives. Raise AssertionError unless it ends well."""
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.authorize(held.id)
    doomed = mortal(clinic, fate)
    with suppress(Died):
        await doomed.webhook(str((await clinic.payment(held.id)).ref))
        await doomed.settle()

    for _ in range(6):
        await clinic.wait(seconds=10)
    seen = await clinic.see(held.id)
    assert seen.appointment.status is Status.BOOKED
    assert seen.appointment.meeting.status is MeetingStatus.READY
    assert seen.payment is not None
    assert (seen.payment.status, seen.payment.captured) == (PaymentStatus.CAPTURED, 5900)
    for email in (patient.email, doctor.email):
        assert [letter.kind for letter in clinic.letters.to(email)] == [MessageKind.BOOKED]
    async with clinic.storage.reading() as unit:
        assert [event.verb for event in await unit.appointments.events(held.id)] == [Verb.HOLD, Verb.BOOK]
        kinds = [entry.kind for entry in await unit.payments.ledger(held.id)]
    assert kinds == [EntryKind.AUTHORIZED, EntryKind.CAPTURED]
    theirs = await clinic.payments.find(seen.payment)
    assert theirs is not None
    assert (theirs.captured, theirs.refunded) == (5900, 0)
    clinic.clock.advance(minutes=29)  # to the next slot


async def test_ends_well_wherever_the_process_dies(clinic: Clinic) -> None:
    whole_life = Fate(at=NEVER, after=False, seen=[])
    await live_once(clinic, whole_life)
    steps = whole_life.seen
    assert {"commit", "find", "capture", "put", "send"} <= set(steps)
    for number in range(1, len(steps) + 1):
        for after in (False, True):
            await live_once(clinic, Fate(at=number, after=after, seen=[]))
