"""When doctors are free, as far as is known: the rows of `outlooks`, and the triggers that forget what holds no more.

A row's `not_before` outlives every claim, so a hold writes nothing here. What gives time back (a booked visit that is cancelled or
moved, other hours, time off that is taken away) resets it in its own transaction, by triggers (see the revision that made the
table): no writer can forget to.
The rest of a row is true while the schedule's version is the one that it was reckoned from.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Select, and_, bindparam, false, func, literal_column, or_, select, text, tuple_

from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import IDENTITIES, IDENTITY, INSTANT, NUMBER, identities_in, microseconds
from adapters.persistence.tables_doctors import outlooks, schedules
from scheduling_core.ids import DoctorId
from scheduling_core.instants import seconds_from
from scheduling_core.outlook import Outlook, Prospect

_TIMES = msgspec.json.Decoder(tuple[int, ...])
_COLUMNS = outlooks.c
_NOW = bindparam("now", type_=INSTANT)
# Asked for by itself for each row: joined, PostgreSQL thinks it cheaper to read all schedules than those of twenty doctors.
_VERSION = select(schedules.c.version).where(schedules.c.doctor_id == _COLUMNS.doctor_id).scalar_subquery()
# In the order in which `_prospect` takes them: by position, since there may be a thousand rows, and names cost as much as the rest.
_READ = (
    _COLUMNS.doctor_id, _COLUMNS.not_before, _COLUMNS.times, _COLUMNS.notice, _COLUMNS.until, _COLUMNS.version, _COLUMNS.resets,
)  # fmt: skip
_PROSPECTS = (
    select(*_READ, _VERSION.label("current"))
    # As the indexes say it: compared with anything, SQLite does not know it again.
    .where(text("outlooks.listed"))
    .order_by(_COLUMNS.not_before, _COLUMNS.doctor_id)
)
_WANTED = identities_in(bindparam("owner", type_=IDENTITIES))
_BEHIND = tuple_(_COLUMNS.not_before, _COLUMNS.doctor_id) > tuple_(
    bindparam("edge", type_=INSTANT), bindparam("last", type_=IDENTITY)
)
_LIMIT, _EARLIEST = bindparam("limit", type_=NUMBER), bindparam("earliest", type_=NUMBER)
_BEFORE = bindparam("before", type_=INSTANT)
_LATER = select(_COLUMNS.doctor_id).where(text("outlooks.listed"), _COLUMNS.not_before >= _BEFORE)
_LATER_OF_SPECIALIZATION = _LATER.where(_COLUMNS.specialization == bindparam("wanted"))


@cache
def lagging_of(*, on_postgresql: bool) -> Select[Any]:
    """The one statement here that looks at everybody, every other second at most: an index over what lags behind would be
    written to by each claim. Whose `not_before` has gone by stands before everybody else for nothing: at each half hour all
    who are open then, and no search would find an end among them."""
    earliest = ":now + make_interval(mins => outlooks.notice)" if on_postgresql else ":now + outlooks.notice * 60000000"
    moved_on = text(f"outlooks.times <> '[]' AND outlooks.not_before < {earliest}").bindparams(_NOW)
    return (
        select(*_READ, schedules.c.version.label("current"))
        .join(schedules, schedules.c.doctor_id == _COLUMNS.doctor_id)
        .where(
            text("outlooks.listed"),
            or_(_COLUMNS.version != schedules.c.version, _COLUMNS.until <= _NOW, moved_on),
        )
        .order_by(_COLUMNS.not_before, _COLUMNS.doctor_id)
        .limit(bindparam("most"))
    )


@cache
def prospects_of(*, specialization: bool, among: bool, behind: bool, limited: bool) -> Select[Any]:
    """The statement for what is asked."""
    statement = _PROSPECTS.where(_COLUMNS.specialization == bindparam("wanted")) if specialization else _PROSPECTS
    statement = statement.join(_WANTED, _COLUMNS.doctor_id == _WANTED.c.value) if among else statement
    statement = statement.where(_BEHIND) if behind else statement
    return statement.limit(bindparam("most")) if limited else statement


@cache
def doubtful_of(*, specialization: bool, on_postgresql: bool) -> Select[Any]:
    """The statement for those who may be free before an instant and of whom it is not certain. Almost everybody is, most of
    the time: read and looked at in Python, 1,250 of a field took the application 12 ms; so it takes 2.5."""
    first, last = (
        ("CAST(CAST(outlooks.times AS json) ->> 0 AS bigint)", "CAST(CAST(outlooks.times AS json) ->> -1 AS bigint)")
        if on_postgresql
        else ("outlooks.times ->> '$[0]'", "outlooks.times ->> '$[#-1]'")
    )
    # A kept time counts while the notice can be honoured; the last one can be for as long as the row is true.
    free = or_(
        literal_column(last) < _LIMIT,
        and_(literal_column(first) < _LIMIT, literal_column(first) >= _EARLIEST + _COLUMNS.notice * 60),
    )
    # Of no time at all nothing can be said, which is no certainty either.
    doubt = or_(_COLUMNS.version != _VERSION, _COLUMNS.until <= _NOW, ~func.coalesce(free, false()))
    statement = select(*_READ, _VERSION.label("current")).where(
        text("outlooks.listed"), _COLUMNS.not_before < _BEFORE, doubt
    )
    return statement.where(_COLUMNS.specialization == bindparam("wanted")) if specialization else statement


# Rows that somebody is writing are left out, so that keeping waits for nobody, and nobody for it in any order but one.
_KEEP_POSTGRESQL = text("""
WITH reckoned AS (
    SELECT r.* FROM jsonb_to_recordset(CAST(:reckoned AS jsonb)) AS r (doctor_id uuid, not_before timestamptz, times text,
        notice integer, until timestamptz, version bigint, resets bigint)
    JOIN outlooks o ON o.doctor_id = r.doctor_id
    WHERE o.resets = r.resets AND o.version <= r.version ORDER BY o.doctor_id FOR UPDATE OF o SKIP LOCKED
)
UPDATE outlooks o SET not_before = r.not_before, times = r.times, notice = r.notice, until = r.until, version = r.version
FROM reckoned r WHERE o.doctor_id = r.doctor_id AND o.resets = r.resets""")
_KEEP_SQLITE = text("""
UPDATE outlooks SET not_before = r.value ->> 'not_before', times = r.value ->> 'times', notice = r.value ->> 'notice',
    until = r.value ->> 'until', version = r.value ->> 'version'
FROM json_each(:reckoned) AS r
WHERE outlooks.doctor_id = r.value ->> 'doctor_id' AND outlooks.resets = r.value ->> 'resets'
    AND outlooks.version <= r.value ->> 'version'""")


class SqlOutlooks:
    """The part of ports.directory.Directory that is about outlooks."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def prospects(
        self,
        *,
        now: datetime,
        specialization: str | None = None,
        among: Collection[DoctorId] | None = None,
        after: tuple[datetime, DoctorId] | None = None,
        limit: int | None = None,
    ) -> list[Prospect]:
        parameters: dict[str, Any] = {}
        if specialization is not None:
            parameters["wanted"] = specialization
        if among is not None:
            parameters["owner"] = list(among)
        if after is not None:
            parameters["edge"], parameters["last"] = after
        if limit is not None:
            parameters["most"] = limit
        statement = prospects_of(
            specialization=specialization is not None,
            among=among is not None,
            behind=after is not None,
            limited=limit is not None,
        )
        return [_prospect(row, now) for row in await self._transaction.rows(statement, parameters)]

    async def free_later(self, *, since: datetime, specialization: str | None = None) -> list[DoctorId]:
        if specialization is None:
            return [row[0] for row in await self._transaction.rows(_LATER, {"before": since})]
        wanted = {"before": since, "wanted": specialization}
        return [row[0] for row in await self._transaction.rows(_LATER_OF_SPECIALIZATION, wanted)]

    async def doubtful(self, *, now: datetime, before: datetime, specialization: str | None = None) -> list[Prospect]:
        parameters: dict[str, Any] = {
            "now": now, "before": before, "earliest": seconds_from(now), "limit": seconds_from(before),
        }  # fmt: skip
        if specialization is not None:
            parameters["wanted"] = specialization
        statement = doubtful_of(
            specialization=specialization is not None, on_postgresql=self._transaction.on_postgresql
        )
        return [_prospect(row, now) for row in await self._transaction.rows(statement, parameters)]

    async def lagging(self, *, now: datetime, limit: int) -> list[Prospect]:
        statement = lagging_of(on_postgresql=self._transaction.on_postgresql)
        return [_prospect(row, now) for row in await self._transaction.rows(statement, {"now": now, "most": limit})]

    async def keep(self, reckoned: Sequence[tuple[Prospect, Outlook]]) -> None:
        on_postgresql = self._transaction.on_postgresql
        rows = [_values(prospect, found, on_postgresql=on_postgresql) for prospect, found in reckoned]
        statement = _KEEP_POSTGRESQL if on_postgresql else _KEEP_SQLITE
        await self._transaction.run(statement, {"reckoned": msgspec.json.encode(rows).decode()})


def _prospect(row: Sequence[Any], now: datetime) -> Prospect:
    doctor_id, not_before, times, notice, until, version, resets, current = row
    found = None
    if version == current and now < until:
        found = Outlook(not_before=not_before, times=_TIMES.decode(times), notice=notice, until=until)
    return Prospect(doctor_id=doctor_id, not_before=not_before, outlook=found, mark=(current, resets))


def _values(prospect: Prospect, found: Outlook, *, on_postgresql: bool) -> Mapping[str, object]:
    version, resets = prospect.mark
    return {
        "doctor_id": str(prospect.doctor_id) if on_postgresql else prospect.doctor_id.hex,
        "not_before": found.not_before if on_postgresql else microseconds(found.not_before),
        "times": msgspec.json.encode(found.times).decode(),
        "notice": found.notice,
        "until": found.until if on_postgresql else microseconds(found.until),
        "version": version,
        "resets": resets,
    }
