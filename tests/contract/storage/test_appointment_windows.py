"""What claims and sweeps ask of many appointments: what is occupied, held, lapsed, booked."""

from datetime import timedelta

from contract.storage.making import (
    DAY,
    HOUR,
    NINE,
    stored_doctor,
    stored_hold,
    stored_move,
    stored_patient,
    stored_visit,
)
from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment import Verb
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.ids import DoctorId
from scheduling_core.instants import Interval
from scheduling_core.ports.storage import Storage
from support.clock import MONDAY
from support.making import an_id, minutes

INSTANT = timedelta(microseconds=1)


def _from_nine(length: timedelta = HOUR) -> Interval:
    return Interval(start=NINE, end=NINE + length)


async def test_occupying_counts_the_gap_and_not_what_touches(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    await stored_hold(storage, doctor, patient, NINE - HOUR, gap=minutes(30))
    await stored_hold(storage, doctor, patient, NINE + 2 * HOUR)
    window = Interval(start=NINE, end=NINE + 2 * HOUR)
    async with storage.reading() as unit:
        assert await unit.appointments.occupying(doctor.id, window) == []
    gap_reaches_in = await stored_visit(storage, await stored_doctor(storage), patient, NINE - minutes(30), gap=INSTANT)
    async with storage.reading() as unit:
        assert await unit.appointments.occupying(gap_reaches_in.doctor_id, window) == [gap_reaches_in]
        assert await unit.appointments.occupying_person(patient.person_id, window) == []


async def test_occupying_is_by_start_with_lapsed_holds_and_without_what_ended(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    third = await stored_hold(storage, doctor, patient, NINE + minutes(40))
    second = await stored_visit(storage, doctor, patient, NINE + minutes(5), length=minutes(5))
    lapsed = await stored_hold(storage, doctor, patient, at=MONDAY - DAY, length=minutes(5))
    await stored_move(
        storage, await stored_hold(storage, doctor, patient, NINE + minutes(15), length=minutes(5)), Verb.EXPIRE
    )
    async with storage.reading() as unit:
        assert await unit.appointments.occupying(doctor.id, _from_nine()) == [lapsed, second, third]
        assert await unit.appointments.occupying_person(patient.person_id, _from_nine()) == [lapsed, second, third]


async def test_sees_what_the_same_transaction_has_just_changed(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, patient)
    async with storage.writing() as unit:
        await unit.appointments.store(held.move(Verb.EXPIRE, SYSTEM, MONDAY))
        assert await unit.appointments.occupying(doctor.id, _from_nine()) == []
        assert await unit.appointments.occupying_person(patient.person_id, _from_nine()) == []
        assert await unit.appointments.pending_of(patient.id) == []


async def test_taken_is_what_is_occupying_with_the_gap_and_the_holds_end(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, patient, gap=minutes(10))
    booked = await stored_visit(storage, doctor, patient, NINE + minutes(40), gap=minutes(10))
    async with storage.reading() as unit:
        first, second = await unit.appointments.taken(doctor.id, _from_nine())
    assert (first.interval, first.held, first.expires_at) == (held.occupied, True, held.hold_expires_at)
    assert (second.interval, second.held) == (booked.occupied, False)
    assert second.counts_at(MONDAY + DAY)


async def test_pending_of_is_what_a_patient_holds_for_anybody_oldest_first(storage: Storage) -> None:
    doctor, patient, other = await stored_doctor(storage), await stored_patient(storage), await stored_patient(storage)
    newest = await stored_hold(storage, doctor, patient, at=MONDAY + minutes(2))
    lapsed = await stored_hold(storage, doctor, patient, NINE + HOUR, at=MONDAY - DAY)
    for_another = await stored_hold(
        storage, doctor, patient, NINE + 2 * HOUR, at=MONDAY + minutes(1), person_id=other.person_id
    )
    await stored_visit(storage, doctor, patient, NINE + 3 * HOUR)
    await stored_hold(storage, doctor, other, NINE + 4 * HOUR)
    async with storage.reading() as unit:
        assert await unit.appointments.pending_of(patient.id) == [lapsed, for_another, newest]


async def test_unpaid_holds_are_the_patients_own_that_never_became_a_booking(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    actor = Actor.patient(patient.id)
    await stored_hold(storage, doctor, patient)
    await stored_move(storage, await stored_hold(storage, doctor, patient, NINE + HOUR), Verb.EXPIRE)
    await stored_move(storage, await stored_hold(storage, doctor, patient, NINE + HOUR), Verb.ABANDON, actor)
    await stored_hold(storage, doctor, patient, NINE + 2 * HOUR, at=MONDAY - INSTANT)
    await stored_visit(storage, doctor, patient, NINE + 3 * HOUR)
    cancelled = await stored_visit(storage, doctor, patient, NINE + 4 * HOUR)
    await stored_move(storage, cancelled, Verb.CANCEL, actor)
    await stored_hold(storage, doctor, patient, NINE + 5 * HOUR, hold_kind=HoldKind.WAITLIST)
    await stored_hold(storage, doctor, await stored_patient(storage), NINE + 6 * HOUR)
    async with storage.reading() as unit:
        assert await unit.appointments.unpaid_holds_since(patient.id, MONDAY) == 3
        assert await unit.appointments.unpaid_holds_since(patient.id, MONDAY - DAY) == 4
        assert await unit.appointments.unpaid_holds_since(patient.id, MONDAY + INSTANT) == 0


async def test_lapsed_names_each_doctor_once_whose_holds_are_over(storage: Storage) -> None:
    busy, other, calm = [await stored_doctor(storage) for _ in range(3)]
    patient = await stored_patient(storage)
    now = MONDAY + minutes(10)
    over = [await stored_hold(storage, busy, patient, NINE + number * HOUR) for number in range(3)]
    await stored_hold(storage, other, patient, NINE + 4 * HOUR)
    await stored_hold(storage, calm, patient, NINE + 5 * HOUR, at=MONDAY + INSTANT)
    await stored_visit(storage, calm, patient, NINE + 6 * HOUR)
    async with storage.reading() as unit:
        assert await unit.appointments.lapsed(now=now - INSTANT, limit=10) == []
        assert set(await unit.appointments.lapsed(now=now, limit=10)) == {busy.id, other.id}
        assert len(await unit.appointments.lapsed(now=now, limit=10)) == 2
        assert len(await unit.appointments.lapsed(now=now, limit=1)) == 1
        found = await unit.appointments.lapsed_of(busy.id, now=now)
        assert sorted(found, key=lambda row: row.id) == sorted(over, key=lambda row: row.id)
        assert await unit.appointments.lapsed_of(busy.id, now=now - INSTANT) == []
        assert await unit.appointments.lapsed_of(calm.id, now=now) == []


async def test_an_ended_hold_lapses_no_more(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    await stored_move(storage, await stored_hold(storage, doctor, patient), Verb.EXPIRE)
    async with storage.reading() as unit:
        assert await unit.appointments.lapsed(now=MONDAY + DAY, limit=10) == []
        assert await unit.appointments.lapsed_of(doctor.id, now=MONDAY + DAY) == []


async def test_booked_within_is_the_visits_to_come_without_their_gap(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    by = Actor.doctor(doctor.id)
    await stored_visit(storage, doctor, patient, NINE - minutes(30), gap=minutes(5))
    arrived = await stored_move(
        storage, await stored_visit(storage, doctor, patient, NINE + minutes(20), length=minutes(5)), Verb.ARRIVE, by
    )
    booked = await stored_visit(storage, doctor, patient, NINE + minutes(10), length=minutes(5))
    await stored_move(
        storage, await stored_visit(storage, doctor, patient, NINE + minutes(30), length=minutes(5)), Verb.FULFIL, by
    )
    await stored_hold(storage, doctor, patient, NINE + minutes(40), length=minutes(5))
    await stored_visit(storage, doctor, patient, NINE + HOUR)
    async with storage.reading() as unit:
        assert await unit.appointments.booked_within(doctor.id, _from_nine()) == [booked, arrived]
        assert await unit.appointments.booked_within(DoctorId(an_id()), _from_nine()) == []
