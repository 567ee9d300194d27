"""Never two in one slot: what a storage refuses even when nobody asked it first."""

from datetime import datetime, timedelta

import pytest

from contract.storage.making import HOUR, NINE, stored_doctor, stored_hold, stored_move, stored_patient, stored_visit
from scheduling_core.access import SYSTEM, Actor, Role
from scheduling_core.appointment import Appointment, Move, Status, Verb
from scheduling_core.errors import Outdated, PatientBusy, SlotTaken
from scheduling_core.ids import DoctorId, PersonId
from scheduling_core.instants import Interval
from scheduling_core.ports.storage import Storage
from scheduling_core.transitions import OCCUPYING
from support.making import a_hold, a_time_off, an_id, minutes

INSTANT = timedelta(microseconds=1)
HALF_AN_HOUR = minutes(30)

ROAD: dict[Status, tuple[tuple[Verb, Role], ...]] = {
    Status.PENDING: (),
    Status.BOOKED: ((Verb.BOOK, Role.SYSTEM),),
    Status.ARRIVED: ((Verb.BOOK, Role.SYSTEM), (Verb.ARRIVE, Role.DOCTOR)),
    Status.FULFILLED: ((Verb.BOOK, Role.SYSTEM), (Verb.FULFIL, Role.DOCTOR)),
    Status.NOSHOW: ((Verb.BOOK, Role.SYSTEM), (Verb.MISS, Role.DOCTOR)),
    Status.CANCELLED: ((Verb.EXPIRE, Role.SYSTEM),),
    Status.ENTERED_IN_ERROR: ((Verb.BOOK, Role.SYSTEM), (Verb.VOID, Role.ADMINISTRATOR)),
}
"""How a hold becomes each status."""


async def _add(storage: Storage, move: Move) -> None:
    async with storage.writing() as unit:
        await unit.appointments.add(move)


async def _reschedule(storage: Storage, appointment: Appointment, to: Interval) -> Appointment:
    move = appointment.move(Verb.RESCHEDULE, Actor.doctor(appointment.doctor_id), NINE)
    async with storage.writing() as unit:
        return await unit.appointments.store(move.amend(interval=to, occupied_until=to.end))


async def _led_to(storage: Storage, appointment: Appointment, status: Status) -> Appointment:
    for verb, role in ROAD[status]:
        actor = SYSTEM if role is Role.SYSTEM else Actor(role, appointment.doctor_id)
        appointment = await stored_move(storage, appointment, verb, actor)
    assert appointment.status is status
    return appointment


@pytest.mark.parametrize("status", sorted(OCCUPYING))
async def test_every_occupying_status_keeps_others_from_the_time(storage: Storage, status: Status) -> None:
    doctor = await stored_doctor(storage)
    first, second = await stored_patient(storage), await stored_patient(storage)
    await _led_to(storage, await stored_hold(storage, doctor, first), status)
    with pytest.raises(SlotTaken):
        await _add(storage, a_hold(doctor, second, NINE))
    async with storage.reading() as unit:
        assert [row.status for row in await unit.appointments.occupying(doctor.id, _an_hour())] == [status]


@pytest.mark.parametrize("status", sorted(set(Status) - OCCUPYING))
async def test_a_status_that_occupies_nothing_frees_the_time(storage: Storage, status: Status) -> None:
    doctor = await stored_doctor(storage)
    first, second = await stored_patient(storage), await stored_patient(storage)
    await _led_to(storage, await stored_hold(storage, doctor, first), status)
    again = await stored_hold(storage, doctor, second)
    async with storage.reading() as unit:
        assert await unit.appointments.occupying(doctor.id, _an_hour()) == [again]


@pytest.mark.parametrize(
    ("starts_at", "length"),
    [
        (NINE - HALF_AN_HOUR, HALF_AN_HOUR + INSTANT),
        (NINE + HALF_AN_HOUR - INSTANT, HALF_AN_HOUR),
        (NINE + minutes(10), minutes(5)),
        (NINE - 4 * HOUR, 8 * HOUR),
    ],
    ids=["its end", "its start", "inside", "around"],
)
async def test_any_shared_instant_is_an_overlap(storage: Storage, starts_at: datetime, length: timedelta) -> None:
    doctor, other = await stored_doctor(storage), await stored_doctor(storage)
    first, second = await stored_patient(storage), await stored_patient(storage)
    await stored_hold(storage, doctor, first)
    with pytest.raises(SlotTaken):
        await _add(storage, a_hold(doctor, second, starts_at, length=length))
    with pytest.raises(PatientBusy):
        await _add(storage, a_hold(other, first, starts_at, length=length))


async def test_touching_ends_share_nothing(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    middle = await stored_hold(storage, doctor, patient)
    before = await stored_hold(storage, doctor, patient, NINE - HALF_AN_HOUR)
    after = await stored_hold(storage, doctor, patient, NINE + HALF_AN_HOUR)
    async with storage.reading() as unit:
        day = Interval(start=NINE - HOUR, end=NINE + 2 * HOUR)
        assert await unit.appointments.occupying(doctor.id, day) == [before, middle, after]


async def test_the_gap_is_the_doctors(storage: Storage) -> None:
    doctor, first = await stored_doctor(storage), await stored_patient(storage)
    await stored_hold(storage, doctor, first, gap=minutes(15))
    second = await stored_patient(storage)
    with pytest.raises(SlotTaken):
        await _add(storage, a_hold(doctor, second, NINE + HALF_AN_HOUR))
    with pytest.raises(SlotTaken):
        await _add(storage, a_hold(doctor, second, NINE - HALF_AN_HOUR, gap=INSTANT))
    await stored_hold(storage, doctor, second, NINE + minutes(45))


async def test_a_person_may_go_from_one_doctor_to_the_next_within_the_gap(storage: Storage) -> None:
    one, other, patient = await stored_doctor(storage), await stored_doctor(storage), await stored_patient(storage)
    first = await stored_hold(storage, one, patient, gap=minutes(15))
    next_one = await stored_hold(storage, other, patient, NINE + HALF_AN_HOUR)
    async with storage.reading() as unit:
        assert await unit.appointments.occupying_person(patient.person_id, _an_hour()) == [first, next_one]


async def test_a_person_is_busy_whoever_booked(storage: Storage) -> None:
    one, other, patient = await stored_doctor(storage), await stored_doctor(storage), await stored_patient(storage)
    helper = await stored_patient(storage)
    await stored_hold(storage, one, patient)
    with pytest.raises(PatientBusy):
        await _add(storage, a_hold(other, helper, NINE, person_id=patient.person_id))
    await stored_hold(storage, other, helper)


async def test_a_visit_cannot_move_onto_another(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    first, second = await stored_patient(storage), await stored_patient(storage)
    await stored_visit(storage, doctor, first)
    moving = await stored_visit(storage, doctor, second, NINE + HOUR)
    to = Interval(start=NINE + minutes(15), end=NINE + minutes(45))
    with pytest.raises(SlotTaken):
        await _reschedule(storage, moving, to)
    async with storage.reading() as unit:
        assert await unit.appointments.get(moving.id, SYSTEM) == moving


async def test_a_visit_may_move_into_its_own_time(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    moving = await stored_visit(storage, doctor, patient)
    to = Interval(start=NINE + minutes(15), end=NINE + minutes(45))
    moved = await _reschedule(storage, moving, to)
    async with storage.reading() as unit:
        assert await unit.appointments.occupying(doctor.id, to) == [moved]


async def test_a_late_payment_wins_back_only_what_is_still_free(storage: Storage) -> None:
    doctor, other = await stored_doctor(storage), await stored_doctor(storage)
    first, second = await stored_patient(storage), await stored_patient(storage)
    taken = await stored_move(storage, await stored_hold(storage, doctor, first), Verb.EXPIRE)
    await stored_hold(storage, doctor, second)
    with pytest.raises(SlotTaken):
        await stored_move(storage, taken, Verb.BOOK_LATE)
    elsewhere = await stored_move(storage, await stored_hold(storage, other, first), Verb.EXPIRE)
    await stored_hold(storage, await stored_doctor(storage), first)
    with pytest.raises(PatientBusy):
        await stored_move(storage, elsewhere, Verb.BOOK_LATE)


async def test_what_a_guard_refused_cannot_be_waved_through(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    first, second = await stored_patient(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, first)

    async def ignores_the_refusal() -> None:
        async with storage.writing() as unit:
            await unit.schedules.add_time_off(doctor.id, a_time_off(NINE + 5 * HOUR))
            with pytest.raises(SlotTaken):
                await unit.appointments.add(a_hold(doctor, second, NINE))

    with pytest.raises(Outdated):
        await ignores_the_refusal()
    async with storage.reading() as unit:
        assert await unit.schedules.time_off(doctor.id) == []
        assert await unit.appointments.occupying(doctor.id, _an_hour()) == [held]


async def test_strangers_do_not_stand_in_each_others_way(storage: Storage) -> None:
    doctor, other = await stored_doctor(storage), await stored_doctor(storage)
    first, second = await stored_patient(storage), await stored_patient(storage)
    await stored_hold(storage, doctor, first)
    await stored_hold(storage, other, second)
    async with storage.reading() as unit:
        assert await unit.appointments.occupying(DoctorId(an_id()), _an_hour()) == []
        assert await unit.appointments.occupying_person(PersonId(an_id()), _an_hour()) == []


def _an_hour() -> Interval:
    return Interval(start=NINE, end=NINE + HOUR)
