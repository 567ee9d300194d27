"""Every table and every column in which somebody could have written something has its place in export and erasure."""

from sqlalchemy import Date, Text

from adapters.persistence import sql_unit
from adapters.persistence.columns import metadata
from adapters.persistence.memory.privacy import NOBODYS as NOBODYS_IN_MEMORY
from adapters.persistence.memory.transaction import Tables
from adapters.persistence.personal import NOBODYS, PERSONAL

ASK = "Say in src/adapters/persistence/personal.py what a person gets of it, and what becomes of it when they are erased: "


def test_knows_every_table() -> None:
    assert sql_unit.SqlUnit
    held = {each.table.name for all_of_role in PERSONAL.values() for each in all_of_role}
    unknown = sorted(metadata.tables.keys() - held - NOBODYS.keys())
    assert unknown == [], ASK + ", ".join(unknown)
    assert NOBODYS.keys() <= metadata.tables.keys()
    assert not held & NOBODYS.keys()


def test_knows_every_column_of_text_and_every_date() -> None:
    unknown = sorted(
        f"{each.table.name}.{column.name}"
        for all_of_role in PERSONAL.values()
        for each in all_of_role
        if not each.gone
        for column in each.table.c
        if isinstance(column.type, Text | Date) and column.name not in each.erased.keys() | each.kept
    )
    assert unknown == [], ASK + ", ".join(unknown)


def test_names_only_columns_that_there_are() -> None:
    for all_of_role in PERSONAL.values():
        for each in all_of_role:
            assert each.erased.keys() | each.kept | each.hidden <= {column.name for column in each.table.c}, (
                each.table.name
            )


def test_the_memory_has_no_table_of_its_own_that_nobody_thought_of() -> None:
    # Its export walks all tables but these, so that a new one is in it by itself.
    assert vars(Tables()).keys() >= NOBODYS_IN_MEMORY
