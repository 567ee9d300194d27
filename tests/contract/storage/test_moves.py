"""Moving a stored visit: guarded like a new one, its own old time never in its way."""

from datetime import timedelta

import pytest

from contract.storage.making import NINE, read_appointment, stored_doctor, stored_hold, stored_patient, stored_visit
from contract.storage.waiting import outcomes
from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.errors import PatientBusy, Refusal, SlotTaken
from scheduling_core.instants import Interval
from scheduling_core.ports.storage import Storage
from scheduling_core.rescheduling import move_to
from support.clock import MONDAY
from support.making import minutes


async def _move(storage: Storage, visit: Appointment, by: timedelta, *, gap: timedelta = timedelta(0)) -> Appointment:
    """Without looking first: what is left is the guard."""
    interval = Interval(start=visit.starts_at + by, end=visit.ends_at + by)
    move = move_to(visit, interval, Actor.doctor(visit.doctor_id), MONDAY, gap=gap, zones=("UTC", "UTC"))
    async with storage.writing() as unit:
        return await unit.appointments.store(move)


async def test_a_moved_visit_comes_back_exactly_with_its_history(storage: Storage) -> None:
    visit = await stored_visit(storage, await stored_doctor(storage), await stored_patient(storage))
    moved = await _move(storage, visit, minutes(10), gap=minutes(5))
    assert await read_appointment(storage, visit) == moved
    assert (moved.starts_at, moved.occupied_until) == (NINE + minutes(10), NINE + minutes(45))
    async with storage.reading() as unit:
        history = await unit.appointments.events(visit.id)
        taken = await unit.appointments.taken(visit.doctor_id, Interval(start=NINE, end=NINE + minutes(120)))
    assert (history[-1].verb, history[-1].before, history[-1].after) == (Verb.RESCHEDULE, Status.BOOKED, Status.BOOKED)
    assert (history[-1].interval, history[-1].occupied_until) == (moved.interval, moved.occupied_until)
    assert [each.interval for each in taken] == [moved.occupied]


async def test_the_old_time_can_be_taken_and_the_new_one_cannot(storage: Storage) -> None:
    doctor, other = await stored_doctor(storage), await stored_patient(storage)
    visit = await stored_visit(storage, doctor, await stored_patient(storage))
    await _move(storage, visit, minutes(60))
    await stored_hold(storage, doctor, other)
    with pytest.raises(SlotTaken):
        await stored_hold(storage, doctor, await stored_patient(storage), NINE + minutes(60))


async def test_no_visit_is_moved_into_another(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    visit = await stored_visit(storage, doctor, await stored_patient(storage))
    await stored_hold(storage, doctor, await stored_patient(storage), NINE + minutes(60))
    with pytest.raises(SlotTaken):
        await _move(storage, visit, minutes(40))
    with pytest.raises(SlotTaken):
        await _move(storage, visit, minutes(25), gap=minutes(10))
    assert await read_appointment(storage, visit) == visit


async def test_no_person_is_moved_into_a_visit_elsewhere(storage: Storage) -> None:
    patient = await stored_patient(storage)
    visit = await stored_visit(storage, await stored_doctor(storage), patient)
    await stored_hold(storage, await stored_doctor(storage), patient, NINE + minutes(60))
    with pytest.raises(PatientBusy):
        await _move(storage, visit, minutes(40))
    assert await read_appointment(storage, visit) == visit


async def test_of_rivals_who_move_to_one_time_one_gets_it(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    visits = [
        await stored_visit(storage, doctor, await stored_patient(storage), NINE + minutes(30 * number))
        for number in range(6)
    ]
    noon = NINE + minutes(180)
    ends = await outcomes(*(_move(storage, visit, noon - visit.starts_at) for visit in visits))
    assert sum(not isinstance(end, BaseException) for end in ends) == 1
    assert all(isinstance(end, Refusal) for end in ends if isinstance(end, BaseException))
    async with storage.reading() as unit:
        rows = await unit.appointments.occupying(doctor.id, Interval(start=NINE, end=noon + minutes(30)))
    assert sorted(row.id for row in rows) == sorted(visit.id for visit in visits)
    assert [row.starts_at for row in rows].count(noon) == 1
