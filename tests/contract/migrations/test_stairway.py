"""Every revision can be taken, taken back, and taken again, on both databases."""

import asyncio
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from adapters.persistence.columns import metadata
from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Database
from adapters.persistence.sql_guards import DOCTOR_GUARD, PERSON_GUARD, missing_guards
from contract.migrations.stairs import REVISIONS, climb, columns, descend, tables, version

_MIGRATE = """
import asyncio, sys
from adapters.persistence.sql import open_storage

async def migrate() -> None:
    storage = open_storage(sys.argv[1])
    print("here", flush=True)
    sys.stdin.readline()
    await storage.migrate()
    await storage.close()

asyncio.run(migrate())
"""

_IN_PLACE = {"0024"}
"""Steps that change how rows lie, and no name."""


@pytest.mark.slow
async def test_every_step_can_be_taken_back_and_taken_again(database: Database) -> None:
    for below, step in zip(["base", *REVISIONS], REVISIONS, strict=False):
        before = await columns(database)
        await climb(database, step)
        after = await columns(database)
        assert after >= before
        assert after != before or step in _IN_PLACE
        await descend(database, below)
        assert await columns(database) == before
        await climb(database, step)
        assert await columns(database) == after
        assert await version(database) == step


async def test_the_whole_way_down_and_up_leaves_a_storage_that_is_ready(
    database: Database, storage: SqlStorage
) -> None:
    await climb(database, "head")
    assert await storage.ready()
    await descend(database, "base")
    assert await tables(database) == set()
    assert not await storage.ready()
    await climb(database, "head")
    assert await storage.ready()


async def test_overlaps_are_guarded_from_the_moment_that_there_are_appointments(database: Database) -> None:
    for step in REVISIONS:
        await climb(database, step)
        there = await tables(database)
        if {"events", "ledger"} <= there:
            async with database.reading() as connection:
                missing = await missing_guards(connection, on_postgresql=database.on_postgresql)
            # What guards a table comes with the table.
            assert [each for each in missing if each.partition("_keep")[0] in there] == []
            assert not {DOCTOR_GUARD, PERSON_GUARD} & {each.partition("_on_")[0] for each in missing}


async def test_the_revisions_make_exactly_the_tables_that_the_code_reads(
    database: Database, migrated: SqlStorage
) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_twice_changes_nothing(database: Database, migrated: SqlStorage) -> None:
    before = await version(database), await tables(database)
    await migrated.migrate()
    assert (await version(database), await tables(database)) == before


async def test_storages_that_migrate_at_once_in_one_loop_all_succeed(url: str, storage: SqlStorage) -> None:
    await asyncio.gather(*(storage.migrate() for _ in range(4)))
    assert await storage.ready()


@pytest.mark.slow
@pytest.mark.parametrize("processes", [3])
async def test_processes_that_migrate_at_once_all_succeed(url: str, storage: SqlStorage, processes: int) -> None:
    def race() -> list[tuple[int, str]]:
        command = [sys.executable, "-W", "error", "-c", _MIGRATE, url]
        rivals = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(processes)
        ]
        for rival in rivals:
            assert rival.stdout is not None
            assert rival.stdout.readline() == "here\n"
        outcomes = []
        # Written to each before any is waited for: they start within a millisecond of each other.
        for rival in rivals:
            assert rival.stdin is not None
            rival.stdin.write("go\n")
            rival.stdin.flush()
        for rival in rivals:
            _, errors = rival.communicate(timeout=60)
            outcomes.append((rival.returncode, errors))
        return outcomes

    assert await asyncio.to_thread(race) == [(0, "")] * processes
    assert await storage.ready()
