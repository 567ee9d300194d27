"""Windows of time over appointments: what of a doctor or a person reaches into an interval."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam

from adapters.persistence.sql_types import INSTANT
from adapters.persistence.tables_visits import appointments, occupies
from scheduling_core.instants import Interval

LONGEST = timedelta(hours=24)
"""No visit with its gap is longer: a constraint of the table. Without it an index by start could bound nothing."""

_BEGINNING = datetime.min.replace(tzinfo=UTC)


def within_reach(statement: Select[Any], owner: ColumnElement[UUID], until: ColumnElement[datetime]) -> Select[Any]:
    """The occupying rows of `owner` whose [starts_at, `until`) overlaps the window: see `window_of`."""
    return statement.where(
        occupies,
        owner == bindparam("owner"),
        appointments.c.starts_at < bindparam("end", type_=INSTANT),
        appointments.c.starts_at > bindparam("earliest", type_=INSTANT),
        until > bindparam("start", type_=INSTANT),
    )


def window_of(owner: UUID | Sequence[UUID], within: Interval) -> dict[str, Any]:
    """The parameters of a statement with a window."""
    return {"owner": owner, "start": within.start, "end": within.end, "earliest": earliest_of(within.start)}


def earliest_of(instant: datetime) -> datetime:
    """What starts then or before has ended by the instant, its gap included."""
    return max(instant, _BEGINNING + LONGEST) - LONGEST
