"""The auditor over databases that lost their guards, or whose history somebody altered."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Database
from contract.sql.unprotected import drop_guards
from scheduling_core.appointment import Move
from scheduling_core.invariants import Invariant, Progress
from scheduling_core.ports.storage import Storage
from scheduling_core.use_cases import inspection
from scheduling_core.use_cases.audit import ChainHistory
from scheduling_core.use_cases.inspection import Inspect
from support.clinic import Clinic
from support.clock import MONDAY, ManualClock
from support.making import a_doctor, a_hold, a_patient, some_hours

NINE = MONDAY + timedelta(hours=1)


async def _added(storage: Storage, moves: list[Move]) -> None:
    for move in moves:
        async with storage.writing() as unit:
            await unit.appointments.add(move)


@pytest.mark.parametrize("shared", ["doctor", "person"])
async def test_names_the_visits_that_share_time(
    storage: SqlStorage, database: Database, clock: ManualClock, shared: str
) -> None:
    await drop_guards(database)
    doctors, patients = [a_doctor(), a_doctor()], [a_patient(), a_patient()]
    async with storage.writing() as unit:
        for doctor in doctors:
            await unit.doctors.add(doctor, some_hours())
        for patient in patients:
            await unit.patients.add(patient)
    other_doctor, other_patient = (doctors[0], patients[1]) if shared == "doctor" else (doctors[1], patients[0])
    one = a_hold(doctors[0], patients[0], NINE)
    other = a_hold(other_doctor, other_patient, NINE + timedelta(minutes=29))
    apart = a_hold(doctors[1], patients[1], NINE + timedelta(minutes=60))
    await _added(storage, [one, other, apart])
    clinic = Clinic(storage, clock)
    inspect = Inspect(storage, clinic.payments)
    first = await inspect(Progress())
    again = await inspect(first.progress)
    for look in (first, again):
        assert {each.about for each in look.violations if each.invariant is Invariant.OVERLAP} == {
            one.after.id,
            other.after.id,
        }
        assert look.counts[Invariant.OVERLAP] == 2
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE appointments SET status = 'cancelled' WHERE doctor_id IS NOT NULL"))
    assert (await inspect(again.progress)).well
    await clinic.close()


async def test_names_the_link_at_which_the_history_was_altered(
    storage: SqlStorage, database: Database, clock: ManualClock
) -> None:
    clinic = Clinic(storage, clock)
    patient, doctor = await clinic.patient(), await clinic.doctor()
    await clinic.booked(patient, doctor)
    await ChainHistory(storage)()
    inspect = Inspect(storage, clinic.payments)
    sound = await inspect(Progress())
    assert sound.well, sound.violations
    assert sound.whole
    asleep = (
        "SET LOCAL session_replication_role = replica"
        if database.on_postgresql
        else "DROP TRIGGER events_keep_on_update"
    )
    async with database.engine.begin() as connection:
        await connection.execute(text(asleep))
        await connection.execute(text("UPDATE events SET verb = 'void' WHERE number = 2"))
    found = await inspect(sound.next)
    assert [(each.invariant, each.about) for each in found.violations] == [(Invariant.AUDIT_CHAIN, 2)]
    assert (await inspect(found.next)).counts[Invariant.AUDIT_CHAIN] == 1
    await clinic.close()


async def test_a_watch_sees_what_overlapped_long_before_it_began_and_what_overlaps_from_now_on(
    storage: SqlStorage, database: Database, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "EVENTS", 2)
    await drop_guards(database)
    doctor, patient, other = a_doctor(), a_patient(), a_patient()
    async with storage.writing() as unit:
        await unit.doctors.add(doctor, some_hours())
        for each in (patient, other):
            await unit.patients.add(each)
    old = [a_hold(doctor, one, NINE) for one in (patient, other)]
    apart = [a_hold(doctor, patient, NINE + timedelta(hours=1 + number)) for number in range(4)]
    await _added(storage, [*old, *apart])
    clinic = Clinic(storage, clock)
    inspect = Inspect(storage, clinic.payments)
    progress = await inspect.from_now()
    new = [a_hold(doctor, one, NINE + timedelta(hours=9)) for one in (patient, other)]
    await _added(storage, new)
    named: list[set[object]] = []
    for _ in range(5):
        look = await inspect(progress)
        named.append({each.about for each in look.violations if each.invariant is Invariant.OVERLAP})
        progress = look.next
    assert {move.after.id for move in new} <= named[1]
    assert all({move.after.id for move in old} <= each for each in named)
    await clinic.close()
