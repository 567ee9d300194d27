"""What is kept of when doctors are free: relied upon by searches, so never wrong, whatever is written and whenever it is asked."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from contract.storage.making import DAY, HOUR, NINE, stored_doctor, stored_patient, stored_visit
from contract.storage.town import LONG, SHORT, Town, free_at_by_slots
from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Verb
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.instants import Interval
from scheduling_core.outlook import Prospect
from scheduling_core.ports.directory import DoctorFilter
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.rescheduling import move_to
from scheduling_core.use_cases.directory import FindDoctors
from scheduling_core.use_cases.offers import outlooks
from scheduling_core.use_cases.soonest import KeepOutlooks, Soonest
from support.clinic import TERMS
from support.clock import MONDAY, ManualClock
from support.making import a_hold, a_time_off, minutes

WHOLE = DoctorFilter()


async def _prospect(storage: Storage, doctor: Doctor, now: datetime = MONDAY) -> Prospect:
    async with storage.reading() as unit:
        [found] = await unit.directory.prospects(now=now, among=[doctor.id])
    return found


@pytest.mark.parametrize("seed", range(3))
async def test_a_search_finds_what_the_slots_say_whatever_happens(
    storage: Storage, clock: ManualClock, seed: int
) -> None:
    town, find = Town(storage, clock, seed), FindDoctors(storage, clock, TERMS)
    await town.begin()
    for _ in range(60):
        await town.step()
        now = clock.now()
        true = {each.id: await free_at_by_slots(storage, each, now) for each in town.doctors}
        found = await find(WHOLE, limit=2)
        rest = await find(WHOLE, after=found.next_cursor, limit=2)
        shown = [(each.listed.doctor.id, each.next_free_at) for each in (*found.items, *rest.items)]
        assert dict(shown) == true
        assert shown == sorted(shown, key=lambda each: (each[1] is None, each[1], each[0]))
        limit = now + timedelta(hours=town.random.choice([1, 20, 60]))
        async with storage.reading() as unit:
            everybody = (await unit.directory.roll()).everybody
            # As if they were many.
            soonest = Soonest(unit=unit, terms=TERMS, now=now, few=0, spare=0)
            one = await soonest.page(everybody, None, behind=None, size=1)
            assert [(place.id, free_at) for place, free_at in one] == shown[:1]
            others = await soonest.page(everybody, None, behind=one[0][0], size=2)
            assert [(place.id, free_at) for place, free_at in others] == shown[1:3]
            early = await soonest.before(everybody, None, limit)
            assert {*early.by_id} == {id for id, at in true.items() if at and at < limit}
        soon = await find(WHOLE, available_before=limit)
        assert {each.listed.doctor.id for each in soon.items} == {id for id, at in true.items() if at and at < limit}


async def test_what_was_reckoned_is_relied_upon_until_somebody_writes(storage: Storage, clock: ManualClock) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    assert (await _prospect(storage, doctor)).outlook is None
    await KeepOutlooks(storage, clock, TERMS)()
    kept = (await _prospect(storage, doctor)).outlook
    assert kept is not None
    assert kept.free_at(MONDAY) == NINE
    assert kept.free_at(NINE) == NINE + minutes(30)
    async with storage.writing() as unit:
        await unit.schedules.lock(doctor.id)
        await unit.appointments.add(a_hold(doctor, patient, NINE))
    assert (await _prospect(storage, doctor)).outlook is None


async def test_whose_first_time_has_passed_is_put_where_they_stand_now(storage: Storage, clock: ManualClock) -> None:
    passed = await stored_doctor(storage, SHORT)
    never = await stored_doctor(storage, replace(SHORT, weekly=((),) * 7, horizon_days=1))
    keep = KeepOutlooks(storage, clock, TERMS)
    await keep()
    clock.set(NINE + minutes(1))
    assert (await _prospect(storage, passed, clock.now())).not_before == NINE
    async with storage.reading() as unit:
        assert [each.doctor_id for each in await unit.directory.lagging(now=clock.now(), limit=9)] == [passed.id]
    await keep()
    found = await _prospect(storage, passed, clock.now())
    assert found.outlook is not None
    assert found.not_before == found.outlook.free_at(clock.now()) > NINE
    assert (await _prospect(storage, never, clock.now())).outlook is not None
    async with storage.reading() as unit:
        assert await unit.directory.lagging(now=clock.now(), limit=9) == []


async def test_time_that_is_given_back_is_never_overlooked(storage: Storage, clock: ManualClock) -> None:
    async def given_back(change: Callable[[Unit, Appointment], Awaitable[object]]) -> None:
        doctor, patient, off = await stored_doctor(storage), await stored_patient(storage), a_time_off(NINE + DAY, DAY)
        visit = await stored_visit(storage, doctor, patient, NINE, length=minutes(8 * 60))
        async with storage.writing() as unit:
            await unit.schedules.add_time_off(doctor.id, off)
        await KeepOutlooks(storage, clock, TERMS)()
        assert (await _prospect(storage, doctor)).not_before > NINE + DAY
        async with storage.writing() as unit:
            await unit.schedules.lock(doctor.id)
            await change(unit, visit)
        assert (await _prospect(storage, doctor)).not_before <= NINE

    async def off_no_more(unit: Unit, visit: Appointment) -> None:
        [off] = await unit.schedules.time_off(visit.doctor_id)
        await unit.schedules.remove_time_off(visit.doctor_id, off.id)

    interval = Interval(start=NINE + 3 * DAY, end=NINE + 3 * DAY + HOUR)
    await given_back(
        lambda unit, visit: unit.appointments.store(visit.move(Verb.STRIKE, Actor.doctor(visit.doctor_id), MONDAY))
    )
    await given_back(
        lambda unit, visit: unit.appointments.store(
            move_to(visit, interval, Actor.doctor(visit.doctor_id), MONDAY, gap=minutes(0), zones=("UTC", "UTC"))
        )
    )
    await given_back(lambda unit, visit: unit.schedules.set_hours(visit.doctor_id, LONG))
    await given_back(off_no_more)


async def test_what_was_reckoned_before_time_was_given_back_is_not_kept(storage: Storage, clock: ManualClock) -> None:
    doctor = await stored_doctor(storage)
    off = a_time_off(MONDAY, DAY)
    async with storage.writing() as unit:
        await unit.schedules.add_time_off(doctor.id, off)
    async with storage.reading() as unit:
        [lagging] = await unit.directory.lagging(now=MONDAY, limit=9)
        reckoned = await outlooks(unit, await unit.directory.listed([doctor.id]), TERMS, MONDAY)
    async with storage.writing() as unit:
        await unit.schedules.remove_time_off(doctor.id, off.id)
    async with storage.writing() as unit:
        await unit.directory.keep([(lagging, reckoned[doctor.id])])
    found = await _prospect(storage, doctor)
    assert found.outlook is None
    assert found.not_before <= NINE


async def test_prospects_are_of_listed_doctors_in_order(storage: Storage, clock: ManualClock) -> None:
    late = await stored_doctor(storage, LONG, specialization="Neurology")
    soon = await stored_doctor(storage, SHORT, specialization="Neurology")
    other = await stored_doctor(storage, specialization="Urology")
    await stored_doctor(storage, specialization="Neurology", status=DoctorStatus.PENDING)
    async with storage.writing() as unit:
        await unit.schedules.add_time_off(late.id, a_time_off(MONDAY, 2 * DAY))
    await KeepOutlooks(storage, clock, TERMS)()
    async with storage.reading() as unit:
        directory = unit.directory
        found = await directory.prospects(now=MONDAY, specialization="Neurology")
        assert [each.doctor_id for each in found] == [soon.id, late.id]
        after = (found[0].not_before, found[0].doctor_id)
        assert await directory.prospects(now=MONDAY, specialization="Neurology", after=after) == found[1:]
        assert await directory.prospects(now=MONDAY, specialization="Neurology", limit=1) == found[:1]
        assert {each.doctor_id for each in await directory.prospects(now=MONDAY)} == {late.id, soon.id, other.id}
        assert await directory.prospects(now=MONDAY, among=[late.id]) == found[1:]
        assert await directory.lagging(now=MONDAY, limit=9) == []
    async with storage.writing() as unit:
        await unit.doctors.save(replace(await unit.doctors.get(soon.id), specialization="Urology"))
        await unit.doctors.save((await unit.doctors.get(late.id)).become(DoctorStatus.SUSPENDED))
    async with storage.reading() as unit:
        assert await unit.directory.prospects(now=MONDAY, specialization="Neurology") == []


async def test_whoever_is_free_before_an_instant_for_certain_needs_no_look(
    storage: Storage, clock: ManualClock
) -> None:
    soon = await stored_doctor(storage, SHORT, specialization="Neurology")
    claimed, patient = await stored_doctor(storage, SHORT, specialization="Neurology"), await stored_patient(storage)
    late = await stored_doctor(storage, SHORT, specialization="Neurology")
    urologist = await stored_doctor(storage, SHORT, specialization="Urology")
    never = await stored_doctor(storage, replace(SHORT, weekly=((),) * 7), specialization="Neurology")
    async with storage.writing() as unit:
        await unit.schedules.add_time_off(late.id, a_time_off(MONDAY, 3 * DAY))
    await KeepOutlooks(storage, clock, TERMS)()
    async with storage.writing() as unit:
        await unit.schedules.lock(claimed.id)
        await unit.appointments.add(a_hold(claimed, patient, NINE + 2 * HOUR))

    async def seen(now: datetime, before: datetime) -> tuple[set[object], set[object]]:
        async with storage.reading() as unit:
            later = await unit.directory.free_later(since=before, specialization="Neurology")
            doubtful = await unit.directory.doubtful(now=now, before=before, specialization="Neurology")
            everywhere = await unit.directory.free_later(since=before)
            assert {*everywhere} - {*later} == ({urologist.id} if before <= NINE else set())
        return {*later}, {each.doctor_id for each in doubtful}

    # Nobody is asked about twice, and nobody left out: who is in neither is free before then.
    assert await seen(MONDAY, NINE + 2 * DAY) == ({late.id}, {claimed.id, never.id})
    assert await seen(MONDAY, NINE + minutes(1)) == ({late.id, never.id}, {claimed.id})
    later, doubtful = await seen(MONDAY, NINE)
    assert later | doubtful == {soon.id, claimed.id, late.id, never.id}
    assert soon.id in later


async def test_the_roll_is_read_again_once_a_doctor_has_changed(storage: Storage) -> None:
    doctor = await stored_doctor(storage, name="Ada Okafor")
    for changed in (
        replace(doctor, name="Ada Nwosu"),
        replace(doctor, name="Ada Nwosu", version=2).become(DoctorStatus.SUSPENDED),
    ):
        async with storage.reading() as unit:
            before = await unit.directory.roll()
        async with storage.writing() as unit:
            await unit.doctors.save(changed)
        async with storage.reading() as unit:
            after = (await unit.directory.roll()).everybody.entries
        assert after != before.everybody.entries
        assert [each.name for each in after] == [changed.name.casefold()] * changed.listed
