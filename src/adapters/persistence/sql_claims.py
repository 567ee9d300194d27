"""Claims on PostgreSQL: one statement that only locks, and then one that only reads, so that what is read is what the wait
left (a statement that also waits answers as of before its wait).

Measured against the same steps one by one: 3 round trips in place of 11.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select, update

from adapters.persistence.sql_errors import WaitedTooLong
from adapters.persistence.sql_requests import SqlRequests, begin_waiting, is_of_requests
from adapters.persistence.sql_rows import hours_of
from adapters.persistence.sql_schedules import SqlSchedules
from adapters.persistence.sql_standing import ONE, standing_for, standing_of
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import IDENTITY, INSTANT
from adapters.persistence.sql_windows import earliest_of
from adapters.persistence.tables_doctors import schedules
from adapters.persistence.tables_people import persons
from scheduling_core.errors import NotFound, RequestInFlight
from scheduling_core.ports.claims import DAY, Standing, Wish, visit_of
from scheduling_core.ports.requests import RequestKey
from scheduling_core.privacy import ERASED

R = TypeVar("R")


@cache
def _locks(moment: ColumnElement[datetime] | None, *, dependant: bool) -> Select[Any]:
    """The key (with a `moment`), the schedule, the patient, the dependant: each is asked for only once the one before is had."""
    held: list[tuple[str, Any]] = []
    if moment is not None:
        held.append(("claimed", begin_waiting(moment).cte("claimed").c.key))
    schedule = update(schedules).where(schedules.c.doctor_id == bindparam("doctor"), *_after(held))
    locked = schedule.values(version=schedules.c.version + 1).returning(func.clock_timestamp(type_=INSTANT).label("at"))
    held.append(("locked_at", locked.cte("locked").c.at))
    for name in ("patient", *(["dependant"] if dependant else [])):
        one = select(persons.c.id).where(persons.c.id == bindparam(name, type_=IDENTITY), *_after(held))
        held.append((name, one.with_for_update(key_share=True).cte(f"locked_{name}").c.id))
    return select(*(select(column).scalar_subquery().label(name) for name, column in held))


def _after(held: Sequence[tuple[str, Any]]) -> list[ColumnElement[bool]]:
    return [exists(select(column)) for _, column in held[-1:]]


_STANDING = standing_for(ONE)


class SqlClaims:
    """Matches ports.claims.Claims, on PostgreSQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._requests = SqlRequests(transaction)

    async def open(self, wish: Wish, request: RequestKey | None, result: type[R]) -> Standing | R:
        if (shared := await self._transaction.share(wish, request)) is not None:
            return shared
        locked = await self._lock(wish, request)
        if request is not None and locked.claimed is None:
            return await self._requests.done(request, result)
        if locked.locked_at is None or locked.patient is None or (wish.dependant_id and locked.dependant is None):
            raise NotFound
        transaction = self._transaction
        now = locked.locked_at if transaction.on_database_time else await transaction.now()
        rows = await transaction.rows(
            _STANDING,
            {
                "doctor": wish.doctor_id,
                "patient": wish.patient_id,
                "person": wish.person_id,
                "dependant": wish.dependant_id,
                "start": wish.starts_at,
                "earliest": earliest_of(wish.starts_at),
                "since": now - DAY,
            },
        )
        if not rows or rows[0].patient_issuer == ERASED or rows[0].dependant_id != wish.dependant_id:
            raise NotFound
        visit, _ = visit_of(hours_of(rows[0]), wish.starts_at)
        off = await SqlSchedules(transaction).time_off(wish.doctor_id, within=visit) if rows[0].time_off else ()
        return standing_of(rows, now=now, off=off)

    async def _lock(self, wish: Wish, request: RequestKey | None) -> Any:
        wanted: dict[str, Any] = {"doctor": wish.doctor_id, "patient": wish.patient_id}
        if wish.dependant_id is not None:
            wanted["dependant"] = wish.dependant_id
        if request is not None:
            wanted |= self._requests.claim_of(request)
        moment = None if request is None else self._transaction.moment
        try:
            return await self._transaction.first(_locks(moment, dependant=wish.dependant_id is not None), wanted)
        except WaitedTooLong as error:
            if is_of_requests(error):
                raise RequestInFlight from error
            raise
