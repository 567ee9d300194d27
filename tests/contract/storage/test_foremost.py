"""The word by which a kept first page of who is free first is known to be true still: never said of two different pages."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import pytest

from contract.storage.making import DAY, NINE, stored_doctor, stored_feedback, stored_patient, stored_visit
from contract.storage.town import SHORT, Town
from scheduling_core.access import Actor
from scheduling_core.appointment import Verb
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.ids import DoctorId
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.use_cases.directory import FindDoctors
from scheduling_core.use_cases.soonest import KeepOutlooks, Soonest
from support.clinic import TERMS
from support.clock import MONDAY, ManualClock
from support.making import a_hold, a_time_off, usd

Page = list[tuple[DoctorId, datetime | None]]


async def _page(storage: Storage, now: datetime, size: int) -> tuple[Page, datetime | None]:
    """As if the doctors were many, so that no more of them is looked at than the mark is about."""
    async with storage.reading() as unit:
        everybody = (await unit.directory.roll()).everybody
        soonest = Soonest(unit=unit, terms=TERMS, now=now, few=0, spare=0)
        found = await soonest.page(everybody, None, behind=None, size=size)
    return [(place.id, free_at) for place, free_at in found], soonest.until if soonest.steps < 2 else None


@pytest.mark.parametrize("seed", range(3))
async def test_a_page_is_what_it_was_while_its_mark_stays(storage: Storage, clock: ManualClock, seed: int) -> None:
    town = Town(storage, clock, seed)
    await town.begin()
    kept: dict[tuple[str, int], tuple[Page, datetime, datetime]] = {}
    used = made = 0
    for step in range(90):
        if step % 3 == 0:
            await town.step()
        elif step % 3 == 1:
            await KeepOutlooks(storage, clock, TERMS)()
        else:
            clock.advance(minutes=2)
        now = clock.now()
        for size in (1, 2):
            mark = await storage.foremost(None, limit=size)
            page, until = await _page(storage, now, size)
            known, since, steady = kept.get((mark, size), ([], now, now))
            if since <= now < steady:
                assert page == known
                used += 1
            elif until is not None:
                kept[mark, size] = page, now, until
                made += 1
    assert used > 5
    assert made > 5


async def _suspended(unit: Unit, doctor: Doctor) -> None:
    await unit.doctors.save((await unit.doctors.get(doctor.id)).become(DoctorStatus.SUSPENDED))


async def _renamed(unit: Unit, doctor: Doctor) -> None:
    await unit.doctors.save(replace(await unit.doctors.get(doctor.id), name="Ada Nwosu"))


async def _dearer(unit: Unit, doctor: Doctor) -> None:
    await unit.doctors.save(replace(await unit.doctors.get(doctor.id), fee=usd(9900)))


async def _pictured(unit: Unit, doctor: Doctor) -> None:
    await unit.doctors.save(replace(await unit.doctors.get(doctor.id), photo_url="https://photos.example.com/1.jpg"))


async def _away(unit: Unit, doctor: Doctor) -> None:
    await unit.schedules.add_time_off(doctor.id, a_time_off(NINE, DAY))


async def _other_hours(unit: Unit, doctor: Doctor) -> None:
    await unit.schedules.set_hours(doctor.id, SHORT)


@pytest.mark.parametrize("change", [_suspended, _renamed, _dearer, _pictured, _away, _other_hours])
async def test_every_change_of_what_is_shown_makes_another_mark(
    storage: Storage, clock: ManualClock, change: Callable[[Unit, Doctor], Awaitable[None]]
) -> None:
    doctor = await stored_doctor(storage)
    await stored_doctor(storage)
    await KeepOutlooks(storage, clock, TERMS)()
    find = FindDoctors(storage, clock, TERMS)
    before, limit = (await find.mark(None, limit=20), await find.mark(doctor.specialization, limit=20)), 20
    assert (await find.mark(None, limit=20), await find.mark(doctor.specialization, limit=20)) == before
    async with storage.writing() as unit:
        await change(unit, doctor)
    after = (await find.mark(None, limit=limit), await find.mark(doctor.specialization, limit=limit))
    assert not {*before} & {*after}


async def test_claims_and_ratings_make_another_mark(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    marks = [await storage.foremost(None, limit=1)]
    visit = await stored_visit(storage, doctor, patient, NINE)
    for move in (
        a_hold(doctor, patient, NINE + DAY),
        visit.move(Verb.STRIKE, Actor.doctor(doctor.id), MONDAY),
    ):
        async with storage.writing() as unit:
            await unit.schedules.lock(doctor.id)
            if move.before is None:
                await unit.appointments.add(move)
            else:
                await unit.appointments.store(move)
        marks.append(await storage.foremost(None, limit=1))
    await stored_feedback(storage, visit)
    marks.append(await storage.foremost(None, limit=1))
    assert len({*marks}) == len(marks) == 4


async def test_whoever_gets_time_back_far_behind_the_page_changes_its_mark(
    storage: Storage, clock: ManualClock
) -> None:
    await stored_doctor(storage)
    behind, off = await stored_doctor(storage), a_time_off(MONDAY, 5 * DAY)
    async with storage.writing() as unit:
        await unit.schedules.add_time_off(behind.id, off)
    await KeepOutlooks(storage, clock, TERMS)()
    before = await storage.foremost(None, limit=1)
    async with storage.writing() as unit:
        await unit.schedules.remove_time_off(behind.id, off.id)
    assert await storage.foremost(None, limit=1) != before


async def test_nobody_listed_has_a_mark_too(storage: Storage) -> None:
    nobody = await storage.foremost("Neurology", limit=40)
    assert await storage.foremost("Neurology", limit=40) == nobody
    await stored_doctor(storage, specialization="Neurology")
    assert await storage.foremost("Neurology", limit=40) != nobody
