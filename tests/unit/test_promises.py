"""The judge of the waitlist finds what is broken: shown a clinic that keeps its promises, and the same one made to break them."""

from dataclasses import replace
from datetime import timedelta

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor
from scheduling_core.ids import AppointmentId
from support.clinic import Clinic
from support.making import a_wait, an_id
from support.promises import Books, books_of, broken_promises

SECOND = timedelta(seconds=1)


async def released_while_two_wait(clinic: Clinic) -> None:
    """A visit is called off; nothing that follows from it has been done yet."""
    doctor = await clinic.doctor()
    visit = await clinic.booked(await clinic.patient(), doctor, minutes=120)
    for patient in await clinic.patients(2):
        clinic.clock.advance(SECOND)
        async with clinic.storage.writing() as unit:
            await unit.waitlist.add(a_wait(patient, doctor, created_at=clinic.clock.now()))
    clinic.clock.advance(SECOND)
    await clinic.cancel(Actor.patient(visit.booked_by), None, appointment_id=visit.id)


def books(clinic: Clinic) -> Books:
    assert isinstance(clinic.storage, MemoryStorage)
    return books_of(clinic.storage, since={})


async def test_finds_nothing_where_everybody_was_asked_in_turn(clinic: Clinic) -> None:
    await released_while_two_wait(clinic)
    await clinic.settle()
    for _ in range(2):
        assert broken_promises(books(clinic), clinic.clock.now()) == []
        await clinic.wait(minutes=15)
    assert len(books(clinic).offers) == 2
    assert broken_promises(books(clinic), clinic.clock.now()) == []


async def test_finds_those_who_were_never_asked_once_it_was_time(clinic: Clinic) -> None:
    await released_while_two_wait(clinic)
    now = clinic.clock.now() + SECOND
    assert [each.partition(" ")[2][:15] for each in broken_promises(books(clinic), now)] == ["was never asked"] * 2
    assert broken_promises(books(clinic), now, within=2 * SECOND) == []


async def test_finds_who_was_asked_before_another_who_had_waited_longer(clinic: Clinic) -> None:
    await released_while_two_wait(clinic)
    await clinic.settle()
    kept = books(clinic)
    first, second = kept.entries
    exchanged = [replace(first, created_at=second.created_at), replace(second, created_at=first.created_at)]
    [found] = broken_promises(replace(kept, entries=exchanged), clinic.clock.now())
    assert "had waited longer" in found


async def test_finds_who_was_asked_twice(clinic: Clinic) -> None:
    await released_while_two_wait(clinic)
    await clinic.settle()
    kept = books(clinic)
    [offer] = kept.offers
    again = replace(offer, appointment_id=AppointmentId(an_id()))
    [found] = broken_promises(replace(kept, offers=[offer, again]), clinic.clock.now())
    assert "asked twice" in found
