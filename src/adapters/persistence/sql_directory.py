"""Finding doctors."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, bindparam, distinct, func, select, true

from adapters.persistence.sql_rows import doctor_of, hours_of, time_off_of
from adapters.persistence.sql_rows_visits import taken_of
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import IDENTITIES, INSTANT, among, identities_in, texts_in
from adapters.persistence.sql_windows import window_of
from adapters.persistence.tables import appointments, doctors, hours, occupies, ratings, schedules, time_off
from scheduling_core.availability import Taken
from scheduling_core.doctor import DoctorStatus, Rating
from scheduling_core.errors import NotFound
from scheduling_core.hours import TimeOff
from scheduling_core.ids import DoctorId
from scheduling_core.instants import Interval
from scheduling_core.ports.directory import DoctorFilter, Facet, ListedDoctor

_LISTED = among(doctors.c.status, {DoctorStatus.APPROVED})
_FOUND = (
    select(doctors, *(each for each in hours.c if each is not hours.c.doctor_id), ratings.c.stars, ratings.c.given)
    .join(hours, hours.c.doctor_id == doctors.c.id)
    .join(ratings, ratings.c.doctor_id == doctors.c.id)
    .where(_LISTED)
)
_TEXTS = (
    select(doctors.c.id, doctors.c.folded, ratings.c.stars, ratings.c.given)
    .join(ratings, ratings.c.doctor_id == doctors.c.id)
    .where(_LISTED)
    .order_by(doctors.c.id)
)
_ONE = _FOUND.where(doctors.c.id == bindparam("wanted"))

_WANTED = identities_in(bindparam("owner", type_=IDENTITIES))
_SINCE, _UNTIL = bindparam("start", type_=INSTANT), bindparam("end", type_=INSTANT)
_KNOWN = select(schedules.c.doctor_id).join(_WANTED, schedules.c.doctor_id == _WANTED.c.value)
_TIME_OFF = (
    select(time_off)
    .join(_WANTED, time_off.c.doctor_id == _WANTED.c.value)
    .where(time_off.c.ends_at > _SINCE, time_off.c.starts_at < _UNTIL)
    .order_by(time_off.c.starts_at, time_off.c.id)
)
_TAKEN = (
    select(
        appointments.c.doctor_id,
        appointments.c.starts_at,
        appointments.c.occupied_until,
        appointments.c.status,
        appointments.c.hold_expires_at,
    )
    .join(_WANTED, appointments.c.doctor_id == _WANTED.c.value)
    .where(
        occupies,
        appointments.c.starts_at < _UNTIL,
        appointments.c.starts_at > bindparam("earliest", type_=INSTANT),
        appointments.c.occupied_until > _SINCE,
    )
    .order_by(appointments.c.starts_at, appointments.c.id)
)


def _facets(name: ColumnElement[str], *sources: FromClause) -> Select[str, int]:
    number = func.count(distinct(doctors.c.id)).label("number")
    return select(name.label("name"), number).select_from(doctors, *sources).where(_LISTED).group_by(name)


_LANGUAGE = texts_in(doctors.c.languages)
_SPECIALIZATIONS = _facets(doctors.c.specialization)
_LANGUAGES = _facets(_LANGUAGE.c.value, _LANGUAGE)


class SqlDirectory:
    """Matches ports.directory.Directory."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def matching(self, wanted: DoctorFilter, among: Collection[DoctorId] | None = None) -> list[ListedDoctor]:
        statement = _matching(_FOUND.order_by(doctors.c.id), wanted)
        chosen: dict[str, Any] = {}
        if among is not None:
            statement = statement.join(_WANTED, doctors.c.id == _WANTED.c.value)
            chosen = {"owner": list(among)}
        found = [_listed(row) for row in await self._transaction.rows(statement, chosen)]
        return [each for each in found if _well_rated(each.rating, wanted)]

    async def texts(self, wanted: DoctorFilter) -> dict[DoctorId, str]:
        rows = await self._transaction.rows(_matching(_TEXTS, wanted))
        return {row.id: row.folded for row in rows if _well_rated(Rating(row.stars, row.given), wanted)}

    async def one(self, doctor_id: DoctorId) -> ListedDoctor:
        row = await self._transaction.first(_ONE, {"wanted": doctor_id})
        if row is None:
            raise NotFound
        return _listed(row)

    async def commitments(
        self, doctor_ids: Sequence[DoctorId], *, since: datetime, until: datetime
    ) -> dict[DoctorId, tuple[list[TimeOff], list[Taken]]]:
        known = await self._transaction.rows(_KNOWN, {"owner": doctor_ids})
        found: dict[DoctorId, tuple[list[TimeOff], list[Taken]]] = {row.doctor_id: ([], []) for row in known}
        window = window_of(doctor_ids, Interval(start=since, end=until))
        for row in await self._transaction.rows(_TIME_OFF, window):
            found[row.doctor_id][0].append(time_off_of(row))
        for row in await self._transaction.rows(_TAKEN, window):
            found[row.doctor_id][1].append(taken_of(row))
        return found

    async def specializations(self) -> list[Facet]:
        return await self._count(_SPECIALIZATIONS)

    async def languages(self) -> list[Facet]:
        return await self._count(_LANGUAGES)

    async def _count(self, facets: Select[str, int]) -> list[Facet]:
        # Sorted here: databases sort by their own rules of language.
        return [Facet(*each) for each in sorted((row.name, row.number) for row in await self._transaction.rows(facets))]


def _matching(statement: Select[Any], wanted: DoctorFilter) -> Select[Any]:
    if wanted.specialization is not None:
        statement = statement.where(doctors.c.specialization == wanted.specialization)
    if wanted.max_fee is not None:
        statement = statement.where(doctors.c.fee <= wanted.max_fee)
    if wanted.language is not None:
        language = texts_in(doctors.c.languages)
        spoken = select(true()).select_from(language).where(language.c.value == wanted.language)
        statement = statement.where(spoken.exists())
    return statement


def _well_rated(rating: Rating, wanted: DoctorFilter) -> bool:
    # The average that people see is rounded: comparing it here leaves no second way of rounding.
    return wanted.min_rating is None or (rating.average is not None and rating.average >= wanted.min_rating)


def _listed(row: Row[Any]) -> ListedDoctor:
    return ListedDoctor(doctor=doctor_of(row), rating=Rating(row.stars, row.given), hours=hours_of(row))
