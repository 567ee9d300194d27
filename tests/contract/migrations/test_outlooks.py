"""What a search relies upon stands for doctors who were there before it did."""

from sqlalchemy import insert, select

from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Database
from adapters.persistence.sql_rows import doctor_values
from adapters.persistence.tables_doctors import doctors, outlooks
from contract.migrations.stairs import climb
from scheduling_core.doctor import DoctorStatus
from support.making import a_doctor


async def test_every_doctor_has_an_outlook_that_promises_nothing(database: Database, storage: SqlStorage) -> None:
    await climb(database, "0020")
    old = [a_doctor(status=status) for status in (DoctorStatus.APPROVED, DoctorStatus.PENDING)]
    async with database.engine.begin() as connection:
        for each in old:
            await connection.execute(
                insert(doctors), {"id": each.id, "version": 1, "folded": "", **doctor_values(each)}
            )
    await climb(database, "0021")
    async with database.engine.connect() as connection:
        found = {row.doctor_id: row for row in (await connection.execute(select(outlooks))).all()}
    assert {id: row.listed for id, row in found.items()} == {old[0].id: True, old[1].id: False}
    assert {row.not_before.year for row in found.values()} == {1970}
