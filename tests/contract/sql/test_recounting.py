"""A rating that has gone wrong is counted anew from what was said."""

from sqlalchemy import text

from adapters.persistence.sql import open_database, open_storage
from contract.storage.making import NINE, stored_doctor, stored_feedback, stored_patient, stored_visit
from scheduling_core.doctor import Rating


async def test_a_rating_that_drifted_is_right_again(database_url: str) -> None:
    storage, database = open_storage(database_url), open_database(database_url)
    try:
        doctor, patient = await stored_doctor(storage), await stored_patient(storage)
        await stored_feedback(storage, await stored_visit(storage, doctor, patient, NINE), 4)
        async with database.engine.begin() as connection:
            await connection.execute(text("UPDATE ratings SET stars = 500, given = 100"))
        async with storage.writing() as unit:
            assert await unit.feedback.recount(doctor.id)
        async with storage.reading() as unit:
            assert (await unit.directory.one(doctor.id)).rating == Rating(stars=4, count=1)
    finally:
        await storage.close()
        await database.close()
