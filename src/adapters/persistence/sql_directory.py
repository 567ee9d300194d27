"""Finding doctors."""

import sys
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from adapters.persistence.sql_foremost import question, word
from adapters.persistence.sql_outlooks import SqlOutlooks
from adapters.persistence.sql_rolls import Rolls, in_slices
from adapters.persistence.sql_rows import doctor_of, hours_of, languages_of, time_off_of
from adapters.persistence.sql_rows_visits import taken_of
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import IDENTITIES, INSTANT, among, identities_in
from adapters.persistence.sql_windows import window_of
from adapters.persistence.tables_doctors import doctors, hours, roll_versions, schedules, time_off
from adapters.persistence.tables_visits import appointments, occupies, ratings
from scheduling_core.availability import Taken
from scheduling_core.doctor import DoctorStatus, Rating
from scheduling_core.errors import NotFound
from scheduling_core.hours import TimeOff
from scheduling_core.ids import DoctorId
from scheduling_core.instants import Interval
from scheduling_core.other_names import other_names
from scheduling_core.ports.directory import ListedDoctor
from scheduling_core.roll import Entry, Ratings, Roll

_LISTED = among(doctors.c.status, {DoctorStatus.APPROVED})
_FOUND = (
    select(doctors, *(each for each in hours.c if each is not hours.c.doctor_id), ratings.c.stars, ratings.c.given)
    .join(hours, hours.c.doctor_id == doctors.c.id)
    .join(ratings, ratings.c.doctor_id == doctors.c.id)
    .where(_LISTED)
)
_ONE = _FOUND.where(doctors.c.id == bindparam("wanted"))

_WANTED = identities_in(bindparam("owner", type_=IDENTITIES))
_AMONG = _FOUND.join(_WANTED, doctors.c.id == _WANTED.c.value).order_by(doctors.c.id)
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


_RATINGS = select(ratings).where(ratings.c.given > 0)
# One row: a sum over the versions of 10,000 doctors, which needs no triggers, was a third of what a whole search costs.
_VERSIONS = select(roll_versions)
_ROLL = (
    select(doctors.c.id, doctors.c.name, doctors.c.specialization, doctors.c.fee, doctors.c.languages, doctors.c.folded)
    .where(_LISTED)
    .order_by(doctors.c.id)
)


class SqlDirectory(SqlOutlooks):
    """Matches ports.directory.Directory."""

    def __init__(self, transaction: Transaction, rolls: Rolls) -> None:
        super().__init__(transaction)
        self._rolls = rolls
        self._versions: Any = None

    async def roll(self) -> Roll:
        version = await self._version("doctors")
        return await self._rolls.roll.of(version, self._read_roll, committed=self._transaction.only_reads)

    async def ratings(self) -> Ratings:
        version = await self._version("ratings")
        return await self._rolls.ratings.of(version, self._read_ratings, committed=self._transaction.only_reads)

    async def foremost(self, specialization: str | None, *, limit: int) -> str:
        asked = question(specialization, limit, on_postgresql=self._transaction.on_postgresql)
        self._versions = (await self._transaction.rows(*asked))[0]
        return word(self._versions)

    async def _version(self, of: str) -> int:
        # Of one moment, as all that such a transaction reads: asked for once.
        if self._versions is None or not self._transaction.only_reads:
            self._versions = await self._transaction.first(_VERSIONS)
        return getattr(self._versions, of, None) or 0

    async def _read_roll(self) -> Roll:
        return Roll(await in_slices(await self._transaction.rows(_ROLL), _entry))

    async def _read_ratings(self) -> Ratings:
        return Ratings(dict(await in_slices(await self._transaction.rows(_RATINGS), _rating)))

    async def listed(self, among: Collection[DoctorId]) -> list[ListedDoctor]:
        return [_listed(row) for row in await self._transaction.rows(_AMONG, {"owner": [*among]})] if among else []

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


def _entry(row: Sequence[Any]) -> Entry:
    # By position, in the order of `_ROLL`: there may be ten thousand of them.
    id, name, specialization, fee, spoken, folded = row
    languages = languages_of(spoken)
    return Entry(
        id=id, name=name.casefold(), specialization=sys.intern(specialization), fee=fee,
        languages=languages, text=folded + other_names(specialization, languages),
    )  # fmt: skip


def _rating(row: Row[Any]) -> tuple[DoctorId, Rating]:
    return row.doctor_id, Rating(row.stars, row.given)


def _listed(row: Row[Any]) -> ListedDoctor:
    return ListedDoctor(doctor=doctor_of(row), rating=Rating(row.stars, row.given), hours=hours_of(row))
