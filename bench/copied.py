"""A part of a town on PostgreSQL, copied to SQLite: the same people, the same visits."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Table, insert, select, true

from adapters.persistence.sql import open_database
from adapters.persistence.tables_doctors import doctors, hours, schedules
from adapters.persistence.tables_people import patients, persons
from adapters.persistence.tables_visits import appointments, events, ratings
from bench.seed import doctor_id

_AT_ONCE = 5_000


async def copy_to_sqlite(source: str, target: str, *, number: int) -> None:
    """The first doctors with all that is theirs, and every patient, into a migrated, empty database."""
    reading, writing = open_database(source), open_database(target)
    try:
        async with reading.engine.connect() as old, writing.engine.begin() as new:
            for table, wanted in _wanted(number):
                found = await old.stream(select(table).where(wanted))
                async for rows in found.mappings().partitions(_AT_ONCE):
                    await new.execute(insert(table), [dict(row) for row in rows])
    finally:
        await reading.close()
        await writing.close()


def _wanted(number: int) -> Sequence[tuple[Table, ColumnElement[bool]]]:
    beyond = doctor_id(number)
    of_doctors = [(table, table.c.doctor_id < beyond) for table in (schedules, ratings, hours)]
    of_visits = [(table, table.c.doctor_id < beyond) for table in (appointments, events)]
    return [(doctors, doctors.c.id < beyond), *of_doctors, (patients, true()), (persons, true()), *of_visits]
