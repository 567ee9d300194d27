"""Whether a first page of who is free first is still true, in one statement.

It says the versions of what the page was made of, of those few whom nothing is free before, and nothing of their hours or names.
Versions only rise, and whoever gets time back comes to the front (see `sql_outlooks`). Whoever got time back and lost it again may
leave the front as it was before, and the word with it, which is then true of the same page.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, String, bindparam, cast, func, select, text

from adapters.persistence.sql_database import Database, Parameters
from adapters.persistence.sql_errors import translated
from adapters.persistence.tables_doctors import outlooks, roll_versions, schedules

_SCHEDULE = select(schedules.c.version).where(schedules.c.doctor_id == outlooks.c.doctor_id).scalar_subquery()
_FRONT = (
    select(outlooks.c.doctor_id, outlooks.c.resets, _SCHEDULE.label("version"))
    # As the indexes say it: compared with anything, SQLite does not know it again.
    .where(text("outlooks.listed"))
    .order_by(outlooks.c.not_before, outlooks.c.doctor_id)
    .limit(bindparam("most"))
)


@cache
def mark_of(*, specialization: bool, on_postgresql: bool) -> Select[Any]:
    """The statement for what is asked."""
    front = _FRONT.where(outlooks.c.specialization == bindparam("wanted")) if specialization else _FRONT
    first = front.subquery("first")
    id, resets, version = (cast(each, String) for each in (first.c.doctor_id, first.c.resets, first.c.version))
    joined = func.string_agg if on_postgresql else func.group_concat
    named = select(joined(id + " " + resets + " " + version, text("','"))).scalar_subquery()
    # One row, also while nobody has written to doctors or ratings since they have versions.
    counted = (
        select(each).scalar_subquery().label(each.name) for each in (roll_versions.c.doctors, roll_versions.c.ratings)
    )
    return select(*counted, named)


def question(specialization: str | None, limit: int, *, on_postgresql: bool) -> tuple[Select[Any], Parameters]:
    """What is asked, and of whom."""
    parameters = {"most": limit} if specialization is None else {"most": limit, "wanted": specialization}
    return mark_of(specialization=specialization is not None, on_postgresql=on_postgresql), parameters


def word(row: Sequence[Any]) -> str:
    """What the one row that is answered says."""
    return "|".join(map(str, row))


async def foremost(database: Database, specialization: str | None, *, limit: int) -> str:
    """As `Storage.foremost`."""
    with translated():
        rows = await database.ask(*question(specialization, limit, on_postgresql=database.on_postgresql))
    return word(rows[0])
