"""What the auditor reads. Every page goes along an index from where the last one ended."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, literal_column, or_, select

from adapters.persistence.sql_rows_visits import Prefixed, appointment_of, entry_of, payment_of
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import IDENTITIES, IDENTITY, INSTANT, among, identities_in
from adapters.persistence.tables_money import ledger, needs_a_look, payments, reserved
from adapters.persistence.tables_visits import appointments, events
from adapters.persistence.tables_work import tasks
from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.invariants import PaidVisit
from scheduling_core.tasks import TaskState
from scheduling_core.transitions import OCCUPYING

_NEWEST = select(func.coalesce(func.max(events.c.number), 0).label("number"))
_CHANGED = (
    select(events.c.number, events.c.appointment_id)
    .where(events.c.number > bindparam("seen"), events.c.appointment_id.is_not(None))
    .order_by(events.c.number)
    .limit(bindparam("most"))
)
_WANTED = identities_in(bindparam("wanted", type_=IDENTITIES))
_visit, _other = appointments.alias("visit"), appointments.alias("other")
_both_occupy = and_(among(_visit.c.status, OCCUPYING), among(_other.c.status, OCCUPYING), _visit.c.id != _other.c.id)
_EARLIEST: dict[bool, ColumnElement[datetime]] = {
    # Nothing that starts a day before reaches so far: a constraint of the table. The index by start needs a lower bound.
    True: literal_column("visit.starts_at - interval '24 hours'"),
    False: literal_column("visit.starts_at - 86400000000"),
}


def _sharing(owner: str, until: str, *, on_postgresql: bool) -> Select[Any]:
    """The wanted visits that share time of the same `owner`, each occupied until `until`."""
    return (
        select(_visit.c.id)
        .join(_other, _visit.c[owner] == _other.c[owner])
        .where(
            _visit.c.id.in_(select(_WANTED.c.value)),
            _both_occupy,
            _other.c.starts_at < _visit.c[until],
            _other.c.starts_at > _EARLIEST[on_postgresql],
            _other.c[until] > _visit.c.starts_at,
        )
    )


_OVERLAPPING = {
    on_postgresql: (
        _sharing("doctor_id", "occupied_until", on_postgresql=on_postgresql),
        _sharing("person_id", "ends_at", on_postgresql=on_postgresql),
    )
    for on_postgresql in (True, False)
}
_CHANGED_AT = (
    select(func.max(events.c.at)).where(events.c.appointment_id == payments.c.appointment_id).scalar_subquery()
)
_PAID = (
    select(
        *(column.label(f"paid_{column.name}") for column in payments.c),
        *appointments.c,
        func.coalesce(_CHANGED_AT, appointments.c.created_at).label("changed_at"),
    )
    .join(appointments, appointments.c.id == payments.c.appointment_id)
    .order_by(payments.c.id)
    .limit(bindparam("most"))
)
_PAID_AFTER = _PAID.where(payments.c.id > bindparam("seen", type_=IDENTITY))
_RESERVED = _PAID.where(reserved)
_ENTRIES = (
    select(ledger)
    .where(ledger.c.payment_id.in_(select(_WANTED.c.value)))
    .order_by(ledger.c.payment_id, ledger.c.number)
)
_TROUBLED = select(func.count().label("number")).select_from(payments).where(needs_a_look)
_IN_STATE = select(func.count().label("number")).select_from(tasks)
_OVERDUE = _IN_STATE.where(
    among(tasks.c.state, {TaskState.DUE}),
    tasks.c.due_at < bindparam("before", type_=INSTANT),
    or_(tasks.c.leased_until.is_(None), tasks.c.leased_until < bindparam("before", type_=INSTANT)),
)
_DEAD = _IN_STATE.where(among(tasks.c.state, {TaskState.DEAD}))


class SqlInvariants:
    """Matches ports.invariants.Invariants."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def newest_event(self) -> int:
        return int((await self._transaction.rows(_NEWEST))[0].number)

    async def changed_after(self, number: int, *, limit: int) -> list[tuple[int, AppointmentId]]:
        rows = await self._transaction.rows(_CHANGED, {"seen": number, "most": limit})
        return [(row.number, row.appointment_id) for row in rows]

    async def overlapping(self, visits: Sequence[AppointmentId]) -> list[AppointmentId]:
        found: set[AppointmentId] = set()
        for statement in _OVERLAPPING[self._transaction.on_postgresql]:
            found.update(row.id for row in await self._transaction.rows(statement, {"wanted": list(visits)}))
        return [visit for visit in visits if visit in found]

    async def paid_visits(self, after: PaymentId | None, *, limit: int) -> list[PaidVisit]:
        if after is None:
            return await self._paid(await self._transaction.rows(_PAID, {"most": limit}))
        return await self._paid(await self._transaction.rows(_PAID_AFTER, {"seen": after, "most": limit}))

    async def reserved(self, *, limit: int) -> list[PaidVisit]:
        return await self._paid(await self._transaction.rows(_RESERVED, {"most": limit}))

    async def count_troubled(self) -> int:
        return await self._count(_TROUBLED)

    async def count_overdue(self, before: datetime) -> int:
        return await self._count(_OVERDUE, before=before)

    async def count_dead(self) -> int:
        return await self._count(_DEAD)

    async def _count(self, statement: Any, **parameters: Any) -> int:
        return int((await self._transaction.rows(statement, parameters))[0].number)

    async def _paid(self, rows: Sequence[Row[Any]]) -> list[PaidVisit]:
        if not rows:
            return []
        lines = await self._transaction.rows(_ENTRIES, {"wanted": [row.paid_id for row in rows]})
        entries: dict[UUID, list[Any]] = {id: list(each) for id, each in groupby(lines, lambda line: line.payment_id)}
        return [
            PaidVisit(
                payment=payment_of(Prefixed(row, "paid_")),
                visit=appointment_of(row),
                entries=[entry_of(line) for line in entries.get(row.paid_id, [])],
                changed_at=row.changed_at,
            )
            for row in rows
        ]
