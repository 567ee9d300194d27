"""What a transaction that several claims share asks of PostgreSQL: for all of them what `sql_claims` asks for one.

The keys alone are waited for, in one order and not for long. Whoever does not get the lock of a schedule or of a person at
once has none: nobody who waits for this transaction can be waited for by it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    Executable,
    Interval,
    Select,
    TableValuedAlias,
    bindparam,
    column,
    delete,
    func,
    literal,
    literal_column,
    select,
    true,
    update,
)
from sqlalchemy.types import TypeEngine

from adapters.persistence.sql_database import Connection, Parameters
from adapters.persistence.sql_in_flight import RequestId
from adapters.persistence.sql_requests import (
    MEMORY,
    THIS,
    THROUGH_INDEXES,
    begin_all,
    id_of,
    lock_timeout,
    set_config,
    this,
)
from adapters.persistence.sql_standing import Asked, standing_for, standing_of
from adapters.persistence.sql_transaction import DATABASE_MOMENT, GIVEN_MOMENT
from adapters.persistence.sql_types import IDENTITY, INSTANT, TEXT
from adapters.persistence.sql_windows import earliest_of
from adapters.persistence.tables_doctors import schedules
from adapters.persistence.tables_people import persons
from adapters.persistence.tables_work import requests
from scheduling_core.ids import DoctorId
from scheduling_core.ports.claims import DAY, Standing, Wish
from scheduling_core.ports.requests import RequestKey
from scheduling_core.privacy import ERASED

Part: TypeAlias = tuple[Executable, Parameters]

LONGEST_WAIT = 0.2
"""Seconds that such a transaction waits for any lock: all of its claims wait with it. Until its end, so that what a foreign key
waits for when all is written is bounded too."""

_PLANNED_ONCE = set_config("plan_cache_mode", "force_generic_plan")
"""To plan anew what is read for eight claims takes three times as long as to read it, and no value in it changes the plan."""


def _arrays(name: str, **columns: TypeEngine[Any]) -> TableValuedAlias:
    """Parameters, each with a value for every row, as a table."""
    listed = (bindparam(each, type_=ARRAY(kind)) for each, kind in columns.items())
    kinds = (column(each, kind) for each, kind in columns.items())
    return func.unnest(*listed).table_valued(*kinds, name=name).render_derived()


def _locks(moment: ColumnElement[datetime]) -> Select[Any]:
    asked = _arrays("asked", caller=TEXT, operation=TEXT, key=TEXT, body_hash=TEXT)
    limit = select(lock_timeout(LONGEST_WAIT), THROUGH_INDEXES, _PLANNED_ONCE).subquery("limit")
    in_order = select(*asked.c).select_from(limit.join(asked, true()))
    keys = begin_all(in_order.order_by(asked.c.caller, asked.c.operation, asked.c.key), moment).cte("claimed")
    free = select(schedules.c.doctor_id).where(schedules.c.doctor_id == func.any(_ids("doctors")), _after_all(keys))
    free = free.order_by(schedules.c.doctor_id).with_for_update(key_share=True, skip_locked=True)
    locked = free.cte("locked")
    theirs = select(persons.c.id).where(persons.c.id == func.any(_ids("patients")), _after_all(locked))
    theirs = theirs.order_by(persons.c.id).with_for_update(key_share=True, skip_locked=True)
    people = theirs.cte("locked_patients")
    had = {"doctors": locked.c.doctor_id, "patients": people.c.id}
    listed = {**{name: keys.c[name] for name in ("caller", "operation", "key")}, **had}
    return select(*(func.array(select(each).scalar_subquery()).label(name) for name, each in listed.items()))


def _ids(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=ARRAY(IDENTITY))


def _after_all(rows: CTE) -> ColumnElement[bool]:
    """True, and only known once all of them are there."""
    zero: ColumnElement[int] = literal_column("0")
    return select(func.count()).select_from(rows).scalar_subquery() >= zero


def _standing(since: ColumnElement[datetime], moment: ColumnElement[datetime]) -> Select[Any]:
    table = _arrays("wishes", doctor=IDENTITY, patient=IDENTITY, start=INSTANT, earliest=INSTANT)
    wishes = table.c
    asked = Asked(
        doctor=wishes.doctor, patient=wishes.patient, person=wishes.patient, dependant=None, start=wishes.start,
        earliest=wishes.earliest, since=since, source=table,
    )  # fmt: skip
    return standing_for(asked).add_columns(moment.label("now"))


_OF_THE_CLOCK = _locks(GIVEN_MOMENT), _standing(bindparam("since", type_=INSTANT), GIVEN_MOMENT)
# The moment at which the reading begins: every lock is had by then.
_OF_THE_DATABASE = _locks(DATABASE_MOMENT), _standing(DATABASE_MOMENT - literal(DAY, Interval()), DATABASE_MOMENT)

_GROW = (
    update(schedules).where(schedules.c.doctor_id == func.any(_ids("doctors"))).values(version=schedules.c.version + 1)
)
_FORGET = delete(requests).where(*THIS, requests.c.result.is_(None))


@dataclass(frozen=True, slots=True)
class Locked:
    """What a shared transaction has locked."""

    complete: Sequence[bool]
    """Of each wish, whether it is all that it needs."""
    keys: set[RequestId]
    """Which requests it has claimed."""


async def lock_all(
    connection: Connection, wishes: Sequence[tuple[Wish, RequestKey | None]], moment: datetime | None
) -> Locked:
    """Lock what the wishes need, of which no two need the same, as far as it is to be had."""
    asked = [None if request is None else id_of(request) for _, request in wishes]
    parameters: dict[str, Any] = {
        **_columns(("caller", "operation", "key"), [each for each in asked if each is not None]),
        "body_hash": [request.body_hash for _, request in wishes if request is not None],
        "doctors": [wish.doctor_id for wish, _ in wishes],
        "patients": [wish.patient_id for wish, _ in wishes],
    }
    statement = _OF_THE_DATABASE[0]
    if moment is not None:
        statement, parameters = _OF_THE_CLOCK[0], {**parameters, "moment": moment, "forgotten": moment - MEMORY}
    (had,) = await connection.rows(statement, parameters)
    keys = set(zip(had.caller, had.operation, had.key, strict=True))
    doctors, patients = set(had.doctors), set(had.patients)
    complete = [
        (request is None or request in keys) and wish.doctor_id in doctors and wish.patient_id in patients
        for (wish, _), request in zip(wishes, asked, strict=True)
    ]
    return Locked(complete, keys)


async def standing_for_all(
    connection: Connection, wishes: Sequence[Wish], moment: datetime | None
) -> dict[Wish, Standing]:
    """What stands for the wishes, all of different doctors, under their locks: of those for which nothing else has to be read
    or cleared away."""
    parameters: dict[str, Any] = {
        "doctor": [wish.doctor_id for wish in wishes],
        "patient": [wish.patient_id for wish in wishes],
        "start": [wish.starts_at for wish in wishes],
        "earliest": [earliest_of(wish.starts_at) for wish in wishes],
    }
    statement = _OF_THE_DATABASE[1]
    if moment is not None:
        statement, parameters = _OF_THE_CLOCK[1], {**parameters, "moment": moment, "since": moment - DAY}
    found: dict[DoctorId, list[Any]] = {}
    for row in await connection.rows(statement, parameters):
        found.setdefault(row.doctor_id, []).append(row)
    plain = ((wish, _plain(wish, found.get(wish.doctor_id))) for wish in wishes)
    return {wish: standing for wish, standing in plain if standing is not None}


def _plain(wish: Wish, rows: Sequence[Any] | None) -> Standing | None:
    if not rows or rows[0].time_off or rows[0].patient_issuer == ERASED:
        return None
    standing = standing_of(rows, now=rows[0].now)
    met = (*standing.pending, *standing.of_doctor, *standing.of_person)
    if any(each.hold_lapsed(standing.now) for each in met):
        return None
    # What they hold there already is answered again, or let go.
    return None if any(mine.doctor_id == wish.doctor_id for mine in standing.pending) else standing


def grow(doctors: Sequence[DoctorId]) -> Part:
    """What is known of their schedules is no longer true."""
    return _GROW, {"doctors": doctors}


def forget(request: RequestId) -> Part:
    """Leave nothing of a request that came to nothing."""
    # One at a time: a plan for a list of them, made while there were few requests and kept, would go through all of them.
    return _FORGET, this(request)


def _columns(names: Sequence[str], rows: Collection[Sequence[str]]) -> dict[str, Sequence[str]]:
    return {name: [row[index] for row in rows] for index, name in enumerate(names)}
