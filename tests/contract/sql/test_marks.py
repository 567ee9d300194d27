"""What a kept first page of a search is known by, on a database whose counters nothing has filled yet."""

from sqlalchemy import delete

from adapters.persistence.sql import open_database, open_storage
from adapters.persistence.tables_doctors import roll_versions
from contract.storage.making import NINE, stored_doctor, stored_patient, stored_visit


async def test_a_visit_makes_another_mark_before_anybody_has_changed_a_profile(database_url: str) -> None:
    storage, database = open_storage(database_url), open_database(database_url)
    try:
        doctor, patient = await stored_doctor(storage), await stored_patient(storage)
        async with database.engine.begin() as connection:
            await connection.execute(delete(roll_versions))
        before = await storage.foremost(None, limit=1)
        await stored_visit(storage, doctor, patient, NINE)
        async with storage.writing() as unit:
            await unit.schedules.lock(doctor.id)
        assert await storage.foremost(None, limit=1) != before
    finally:
        await storage.close()
        await database.close()
