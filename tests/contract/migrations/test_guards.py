"""What the database refuses by itself, to SQL written by hand and past every repository."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Database
from adapters.persistence.sql_rows_visits import appointment_values
from adapters.persistence.tables_money import ledger
from adapters.persistence.tables_visits import appointments, events
from scheduling_core.doctor import Doctor
from scheduling_core.ledger_entry import EntryKind, LedgerEntry
from scheduling_core.patient import Patient
from scheduling_core.transitions import OCCUPYING, Status
from support.clock import MONDAY
from support.making import a_doctor, a_hold, a_patient, a_payment, an_id, some_hours, usd

NINE = MONDAY + timedelta(hours=1)
QUARTER = timedelta(minutes=15)
TABLES = {"events": events, "ledger": ledger}


async def _doctor(storage: SqlStorage) -> Doctor:
    doctor = a_doctor()
    async with storage.writing() as unit:
        await unit.doctors.add(doctor, some_hours())
    return doctor


async def _patient(storage: SqlStorage) -> Patient:
    patient = a_patient()
    async with storage.writing() as unit:
        await unit.patients.add(patient)
    return patient


def _row(doctor: Doctor, patient: Patient, **changes: Any) -> Mapping[str, Any]:
    """A row of `appointments`, from nine to half past, free again a quarter later."""
    move = a_hold(doctor, patient, NINE, gap=QUARTER)
    return {"id": an_id(), "version": 1, **appointment_values(move.after), **changes}


def _at(offset: timedelta) -> dict[str, Any]:
    start = NINE + offset
    return {"starts_at": start, "ends_at": start + 2 * QUARTER, "occupied_until": start + 3 * QUARTER}


async def _insert(database: Database, *rows: Mapping[str, Any]) -> None:
    async with database.engine.begin() as connection:
        for row in rows:
            await connection.execute(insert(appointments), row)


async def _stored(database: Database) -> int:
    async with database.engine.connect() as connection:
        return len((await connection.execute(select(appointments.c.id))).all())


async def test_no_two_occupying_rows_overlap_for_a_doctor_or_a_person(migrated: SqlStorage, database: Database) -> None:
    pairs = list(product(sorted(OCCUPYING), repeat=2))
    for first, second in pairs:
        doctor, other = await _doctor(migrated), await _doctor(migrated)
        patient, stranger = await _patient(migrated), await _patient(migrated)
        await _insert(database, _row(doctor, patient, status=first))
        with pytest.raises(DBAPIError, match="appointments_doctor_free"):
            await _insert(database, _row(doctor, stranger, status=second))
        with pytest.raises(DBAPIError, match="appointments_person_free"):
            await _insert(database, _row(other, patient, status=second))
    assert await _stored(database) == len(pairs)


async def test_no_row_is_changed_into_an_overlap(migrated: SqlStorage, database: Database) -> None:
    for status in sorted(OCCUPYING):
        doctor, other, patient = await _doctor(migrated), await _doctor(migrated), await _patient(migrated)
        ended = _row(doctor, await _patient(migrated), status="cancelled")
        later = _row(doctor, await _patient(migrated), status=status, **_at(timedelta(hours=2)))
        elsewhere = _row(other, await _patient(migrated), status=status)
        await _insert(database, _row(doctor, patient, status=status), ended, later, elsewhere)
        changes: list[tuple[Mapping[str, Any], dict[str, Any], str]] = [
            (ended, {"status": status}, "appointments_doctor_free"),
            (later, _at(QUARTER), "appointments_doctor_free"),
            (elsewhere, {"doctor_id": doctor.id}, "appointments_doctor_free"),
            (elsewhere, {"person_id": patient.person_id}, "appointments_person_free"),
        ]
        for row, change, guard in changes:
            with pytest.raises(DBAPIError, match=guard):
                async with database.engine.begin() as connection:
                    await connection.execute(update(appointments).where(appointments.c.id == row["id"]), change)


@pytest.mark.parametrize("offset", [timedelta(minutes=-44, seconds=-59), timedelta(minutes=44, seconds=59)])
async def test_a_second_of_overlap_is_enough(migrated: SqlStorage, database: Database, offset: timedelta) -> None:
    doctor = await _doctor(migrated)
    await _insert(database, _row(doctor, await _patient(migrated)))
    with pytest.raises(DBAPIError, match="appointments_doctor_free"):
        await _insert(database, _row(doctor, await _patient(migrated), **_at(offset)))


async def test_a_visit_of_a_whole_day_is_seen_from_its_other_end(migrated: SqlStorage, database: Database) -> None:
    doctor = await _doctor(migrated)
    day = {"starts_at": NINE, "ends_at": NINE + timedelta(hours=24), "occupied_until": NINE + timedelta(hours=24)}
    await _insert(database, _row(doctor, await _patient(migrated), **day))
    with pytest.raises(DBAPIError, match="appointments_doctor_free"):
        await _insert(database, _row(doctor, await _patient(migrated), **_at(timedelta(hours=23, minutes=59))))


async def test_neighbours_touch_and_ended_visits_are_in_nobodys_way(migrated: SqlStorage, database: Database) -> None:
    doctor, other, patient = await _doctor(migrated), await _doctor(migrated), await _patient(migrated)
    await _insert(database, _row(doctor, patient), _row(doctor, await _patient(migrated), **_at(3 * QUARTER)))
    # The gap is the doctor's: the person is free when the visit ends.
    await _insert(database, _row(other, patient, **_at(2 * QUARTER)))
    ended = [status for status in Status if status not in OCCUPYING]
    await _insert(database, *(_row(doctor, patient, status=status) for status in ended))
    assert await _stored(database) == 3 + len(ended)


@pytest.mark.parametrize(
    ("impossible", "constraint"),
    [
        ({"ends_at": NINE}, "appointments_forwards"),
        ({"occupied_until": NINE + QUARTER}, "appointments_forwards"),
        ({"occupied_until": NINE + timedelta(hours=24, microseconds=1)}, "appointments_at_most_a_day"),
        ({"status": "maybe"}, "appointments_status_known"),
        ({"hold_expires_at": None}, "appointments_holds_expire"),
    ],
)
async def test_rows_that_make_no_sense_are_refused(
    migrated: SqlStorage, database: Database, impossible: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(DBAPIError, match=constraint):
        await _insert(database, _row(await _doctor(migrated), await _patient(migrated), **impossible))


@pytest.mark.parametrize("table", TABLES)
async def test_history_and_ledger_are_only_ever_added_to(migrated: SqlStorage, database: Database, table: str) -> None:
    move = a_hold(await _doctor(migrated), await _patient(migrated), NINE)
    payment = a_payment(move.after)
    async with migrated.writing() as unit:
        await unit.appointments.add(move)
        await unit.payments.add(payment)
        line = LedgerEntry(payment_id=payment.id, kind=EntryKind.AUTHORIZED, amount=usd(1), at=MONDAY)
        await unit.payments.save(payment, [line])
    rows = TABLES[table]
    forbidden = [update(rows).values(at=NINE), update(rows).where(rows.c.number == 1).values(number=7), delete(rows)]
    if database.on_postgresql:
        forbidden.append(text(f"TRUNCATE {table}"))
    for statement in forbidden:
        with pytest.raises(DBAPIError, match="rows are only ever added"):
            async with database.engine.begin() as connection:
                await connection.execute(statement)
    async with database.engine.connect() as connection:
        assert len((await connection.execute(select(rows).where(rows.c.at == MONDAY))).all()) == 1
