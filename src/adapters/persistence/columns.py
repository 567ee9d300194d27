"""How columns are written: the same few kinds everywhere, and names that PostgreSQL and SQLite share."""

from typing import Any

from sqlalchemy import Column, ForeignKey, Identity, MetaData

from adapters.persistence.sql_types import COUNT, IDENTITY, INSTANT, MINOR_UNITS, NUMBER, TEXT

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s",
    }
)


def identifier(name: str, *reference: ForeignKey) -> Column[Any]:
    """An id that is always there, of this table or, with `reference`, of another."""
    return Column(name, IDENTITY, *reference, nullable=False)


def key(name: str, *reference: ForeignKey) -> Column[Any]:
    """The id that a row is found by."""
    return Column(name, IDENTITY, *reference, primary_key=True)


def text(name: str, *, nullable: bool = False) -> Column[Any]:
    """Text of any length."""
    return Column(name, TEXT, nullable=nullable)


def count(name: str) -> Column[Any]:
    """A number of things."""
    return Column(name, COUNT, nullable=False)


def units(name: str, *, nullable: bool = False) -> Column[Any]:
    """Money in minor units."""
    return Column(name, MINOR_UNITS, nullable=nullable)


def instant(name: str, *, nullable: bool = False) -> Column[Any]:
    """An instant, to the microsecond."""
    return Column(name, INSTANT, nullable=nullable)


def number() -> Column[Any]:
    """A number that grows with every row: the order in which rows were written."""
    return Column("number", NUMBER, Identity(), primary_key=True)


def where(condition: Any) -> dict[str, Any]:
    """An index over the rows of `condition` alone, on both databases."""
    return {"postgresql_where": condition, "sqlite_where": condition}
