"""Column types and predicates that mean the same on SQLite and PostgreSQL."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Integer,
    TableValuedAlias,
    Text,
    TypeDecorator,
    Uuid,
    column,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import literal_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from scheduling_core.instants import EPOCH

_MICROSECOND = timedelta(microseconds=1)


def microseconds(instant: datetime) -> int:
    """The instant as SQLite stores it: whole microseconds since the epoch, exact for every datetime."""
    return (instant - EPOCH) // _MICROSECOND


class _Microseconds(TypeDecorator[datetime]):
    """SQLite has no instants, and their texts compare wrongly as soon as two are written differently."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + timedelta(microseconds=value)


INSTANT = DateTime(timezone=True).with_variant(_Microseconds(), "sqlite")
"""An instant in UTC, to the microsecond."""
DAY = Date()
"""A date of the calendar, of no zone."""
IDENTITY = Uuid()
TEXT = Text()
FLAG = Boolean()
COUNT = Integer()
MINOR_UNITS = BigInteger()
"""Money's amounts; the currency stands in a column of its own."""
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
"""A row's own number; SQLite counts up only what it calls INTEGER."""


class _Identities(TypeDecorator[Sequence[UUID]]):
    """SQLite has no arrays, but reads JSON; the ids stand in it as they stand in its tables."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[UUID] | None, dialect: Dialect) -> str:
        return json.dumps([each.hex for each in value or ()])


IDENTITIES = postgresql.ARRAY(Uuid()).with_variant(_Identities(), "sqlite")
"""Any number of ids as one parameter."""


class _Rows(FunctionElement[str]):
    """A list as rows of one column, `value`."""

    inherit_cache = True


class _IdentityRows(_Rows):
    name = "identity_rows"
    inherit_cache = True


@compiles(_Rows, "sqlite")
def _sqlite_rows(element: _Rows, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


@compiles(_IdentityRows, "postgresql")
def _postgresql_identities(element: _IdentityRows, compiler: SQLCompiler, **kw: Any) -> str:
    return f"unnest({compiler.process(element.clauses, **kw)})"


def identities_in(parameter: ColumnElement[Any]) -> TableValuedAlias:
    """The ids of an IDENTITIES parameter as rows of one column, `value`."""
    return _IdentityRows(parameter).table_valued(column("value", IDENTITY), name="value", joins_implicitly=True)


def listed(values: Iterable[str]) -> str:
    """`'a', 'b'`: the values as SQL, always in the same order."""
    return ", ".join(f"'{value}'" for value in sorted(values))


def among(column: ColumnElement[str], values: Iterable[str]) -> ColumnElement[bool]:
    """Whether the column is one of the values, written out: no planner matches a parameter to a partial index.

    SQLite matches none to an IN of one value either.
    """
    literals: list[ColumnElement[str]] = [literal_column(f"'{value}'") for value in sorted(values)]
    return column.in_(literals) if len(literals) > 1 else column == literals[0]


upsert = postgresql.insert
"""INSERT … ON CONFLICT for both: SQLite took the clause from PostgreSQL word for word."""
