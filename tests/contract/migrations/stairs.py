"""Walking up and down the revisions."""

from alembic import command
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from adapters.persistence.sql_database import Database
from adapters.persistence.sql_upgrade import config

REVISIONS = [each.revision for each in reversed([*ScriptDirectory.from_config(config()).walk_revisions()])]
"""From the oldest to the newest."""


async def climb(database: Database, revision: str) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(config(sync), revision))


async def descend(database: Database, revision: str) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(config(sync), revision))


async def version(database: Database) -> str | None:
    async with database.engine.connect() as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


async def columns(database: Database) -> set[tuple[str, str]]:
    """Every column and every index of every table, as (table, name)."""

    def names(connection: Connection) -> set[tuple[str, str]]:
        inspector = inspect(connection)
        # For all tables at once: one question after another took most of the time.
        found = [*inspector.get_multi_columns().items(), *inspector.get_multi_indexes().items()]
        return {
            (table, str(each["name"])) for (_, table), parts in found for each in parts if table != "alembic_version"
        }

    async with database.engine.connect() as connection:
        return await connection.run_sync(names)


async def tables(database: Database) -> set[str]:
    """What is there beside Alembic's own note."""

    def names(connection: Connection) -> set[str]:
        return {*inspect(connection).get_table_names()} - {"alembic_version"}

    async with database.engine.connect() as connection:
        return await connection.run_sync(names)
