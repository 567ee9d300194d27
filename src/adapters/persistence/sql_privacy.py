"""Everything that is held about one person, as `personal` lists it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, delete, or_, select, update
from sqlalchemy.sql.dml import Update

from adapters.persistence.personal import PERSONAL, WHO, Held
from adapters.persistence.sql_rows import actor_of
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import INSTANT, among, upsert
from adapters.persistence.tables_money import payments, webhook_events
from adapters.persistence.tables_people import refresh_tokens, sessions
from adapters.persistence.tables_records import erasures
from adapters.persistence.tables_visits import appointments, occupies
from adapters.persistence.tables_work import notices, requests, tasks, told
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Status
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.privacy import Erasure, Kept, Records, StillNeeded
from scheduling_core.tasks import TaskState

_NOTE = upsert(erasures).on_conflict_do_nothing(index_elements=[erasures.c.actor_id])
_ERASURES = select(erasures).order_by(erasures.c.at, erasures.c.actor_id)
_AHEAD = (
    select(appointments.c.id)
    .where(
        occupies,
        among(appointments.c.status, {Status.PENDING, Status.BOOKED, Status.ARRIVED}),
        appointments.c.ends_at > bindparam("now", type_=INSTANT),
    )
    .limit(1)
)
_UNSETTLED = (
    select(payments.c.id)
    .join(appointments, appointments.c.id == payments.c.appointment_id)
    .where(
        or_(
            among(payments.c.status, {PaymentStatus.OPEN, PaymentStatus.AUTHORIZED, PaymentStatus.DISPUTED}),
            payments.c.refund_failed,
            payments.c.quarantined.is_not(None),
            and_(
                among(payments.c.status, {PaymentStatus.CAPTURED, PaymentStatus.PARTIALLY_REFUNDED}),
                payments.c.captured - payments.c.refunded != appointments.c.keep,
            ),
        )
    )
    .limit(1)
)
_OWNERS = {Role.PATIENT: appointments.c.booked_by, Role.DOCTOR: appointments.c.doctor_id}
_BEFORE = bindparam("before", type_=INSTANT)
_DONE = among(tasks.c.state, {TaskState.DONE})
_OVER: Mapping[Kept, tuple[Table, ColumnElement[bool]]] = {
    Kept.TASKS: (tasks, and_(_DONE, tasks.c.due_at < _BEFORE)),
    Kept.MESSAGES: (notices, and_(told, notices.c.at < _BEFORE)),
    Kept.WEBHOOK_EVENTS: (webhook_events, webhook_events.c.at < _BEFORE),
    Kept.SESSIONS: (sessions, or_(sessions.c.expires_at < _BEFORE, sessions.c.revoked_at < _BEFORE)),
    Kept.REQUESTS: (requests, requests.c.at < _BEFORE),
}


class SqlPersonalData:
    """Matches ports.privacy.PersonalData."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def everything(self, actor: Actor) -> Records:
        records: dict[str, list[dict[str, object]]] = {}
        for held in _held_of(actor):
            if held.exported:
                rows = await self._transaction.rows(_select(held), _who(held, actor))
                names = [column.name for column in held.table.c if column.name not in held.hidden]
                records[held.table.name] = [
                    {name: msgspec.to_builtins(getattr(row, name)) for name in names} for row in rows
                ]
        return records

    async def needed_for(self, actor: Actor, *, now: datetime) -> StillNeeded | None:
        _held_of(actor)
        theirs = _OWNERS[actor.role] == WHO
        if await self._transaction.rows(_AHEAD.where(theirs), {"who": actor.known(), "now": now}):
            return StillNeeded.VISITS
        if await self._transaction.rows(_UNSETTLED.where(theirs), {"who": actor.known()}):
            return StillNeeded.MONEY
        return None

    async def erase(self, actor: Actor, *, at: datetime) -> None:
        for held in _held_of(actor):
            if held.gone:
                await self._transaction.run(delete(held.table).where(held.where), _who(held, actor))
        for held in _held_of(actor):
            if held.erased:
                await self._transaction.run(_overwriting(held, actor), _who(held, actor))
        noted = {"actor_id": actor.known(), "role": actor.role.value, "at": at}
        await self._transaction.run(_NOTE, noted)

    async def erasures(self) -> list[Erasure]:
        rows = await self._transaction.rows(_ERASURES)
        return [Erasure(actor_of(row.role, row.actor_id), row.at) for row in rows]

    async def forget(self, kept: Kept, *, before: datetime, limit: int) -> int:
        table, over = _OVER[kept]
        keys = list(table.primary_key.columns)
        old = select(*keys).where(over).limit(limit).with_for_update(skip_locked=True)
        rows = await self._transaction.rows(old, {"before": before})
        for row in rows:
            if table is sessions:
                await self._transaction.run(
                    delete(refresh_tokens).where(refresh_tokens.c.session_id == bindparam("gone")), {"gone": row[0]}
                )
            parameters = {f"key_{column.name}": value for column, value in zip(keys, row, strict=True)}
            found = and_(*(column == bindparam(f"key_{column.name}") for column in keys))
            await self._transaction.run(delete(table).where(found), parameters)
        return len(rows)


def _held_of(actor: Actor) -> tuple[Held, ...]:
    if actor.role not in PERSONAL:
        raise ValueError(f"nothing is held of {actor.role} that way")
    return PERSONAL[actor.role]


def _select(held: Held) -> Select[Any]:
    shown = [column for column in held.table.c if column.name not in held.hidden]
    return select(*shown).where(held.where).order_by(*held.table.primary_key.columns)


def _overwriting(held: Held, actor: Actor) -> Update:
    """A new version of each row that says something still, so that nobody who read the one before writes it back."""
    columns = held.table.c
    values: dict[str, Any] = {
        name: str(actor.known()) if value is WHO else value for name, value in held.erased.items()
    }
    says = or_(*(columns[name].is_distinct_from(value) for name, value in values.items()))
    if "version" in columns:
        values["version"] = columns.version + 1
    return update(held.table).where(held.where, says).values(values)


def _who(held: Held, actor: Actor) -> dict[str, Any]:
    return {"caller": f"{actor.role}:{actor.known()}"} if held.table is requests else {"who": actor.known()}
