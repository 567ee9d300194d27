"""Durable work: leased by one at a time, fenced by the lease's token and the task's revision."""

from builtins import list as listing
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Update, bindparam, case, null, or_, select, tuple_, update
from sqlalchemy.sql.dml import ReturningUpdate

from adapters.persistence.sql_rows import task_of, task_values
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import IDENTITIES, INSTANT, among, identities_in, upsert
from adapters.persistence.tables_work import tasks, waits
from scheduling_core.errors import NotFound, Outdated, RequestInFlight
from scheduling_core.ids import TaskId
from scheduling_core.tasks import Task, TaskKind, TaskState

_DUE, _DONE, _DEAD = (among(tasks.c.state, {state}) for state in (TaskState.DUE, TaskState.DONE, TaskState.DEAD))
_NEW = upsert(tasks)


def _sooner(due_at: ColumnElement[datetime]) -> ColumnElement[datetime]:
    return case((tasks.c.due_at < due_at, tasks.c.due_at), else_=due_at)


_WAKE = _NEW.on_conflict_do_update(
    index_elements=[tasks.c.key],
    set_={
        "state": TaskState.DUE.value,
        "due_at": case((_DONE, _NEW.excluded.due_at), else_=_sooner(_NEW.excluded.due_at)),
        "revision": tasks.c.revision + 1,
        "attempts": 0,
        "last_error": "",
    },
)
_ADD_ONCE = _NEW.on_conflict_do_nothing(index_elements=[tasks.c.key]).returning(tasks.c.id)
_TASK = select(tasks).where(tasks.c.id == bindparam("wanted"))
_OF_KEY = select(tasks).where(tasks.c.key == bindparam("wanted"))
_LEASED = tasks.c.lease_token == bindparam("held")
_FREE = update(tasks).where(tasks.c.id == bindparam("wanted"), _LEASED).values(lease_token=null(), leased_until=null())
_GIVE_BACK = _FREE.where(tasks.c.revision == bindparam("known"))
_CHOSEN = identities_in(bindparam("chosen", type_=IDENTITIES))
_LEASE = update(tasks).where(tasks.c.id.in_(select(_CHOSEN.c.value)))


def _unheld(moment: ColumnElement[datetime]) -> ColumnElement[bool]:
    return or_(tasks.c.leased_until.is_(None), tasks.c.leased_until <= moment)


@cache
def _due(moment: ColumnElement[datetime], but: frozenset[TaskKind]) -> Select[Any]:
    """Due tasks that nobody holds and that wait for no other of their lane, each locked, those locked by others left out."""
    wanted = [~among(tasks.c.kind, but)] if but else []
    earlier = tasks.alias("earlier")
    in_front = (
        select(earlier.c.id)
        .where(
            among(earlier.c.state, {TaskState.DUE}),
            earlier.c.lane == tasks.c.lane,
            earlier.c.due_at <= moment,
            tuple_(earlier.c.created_at, earlier.c.id) < tuple_(tasks.c.created_at, tasks.c.id),
        )
        .exists()
    )
    return (
        select(tasks, moment.label("moment"))
        .where(waits, tasks.c.due_at <= moment, _unheld(moment), or_(tasks.c.lane.is_(None), ~in_front), *wanted)
        .order_by(tasks.c.due_at, tasks.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=tasks)
    )


@cache
def _at_hand(moment: ColumnElement[datetime]) -> Select[Any]:
    """A task that is due or was tried, locked; somebody else's claim to it is waited for."""
    ready = or_(tasks.c.due_at <= moment, tasks.c.attempts > 0)
    held = ~_unheld(moment)
    return (
        select(tasks, moment.label("moment"), held.label("held"))
        .where(tasks.c.id == bindparam("wanted"), _DUE, ready)
        .with_for_update(of=tasks)
    )


@cache
def _hasten(moment: ColumnElement[datetime]) -> Update:
    sooner = _sooner(bindparam("until", type_=INSTANT))
    return update(tasks).where(tasks.c.key == bindparam("named"), _DUE, _unheld(moment)).values(due_at=sooner)


@cache
def _retry(moment: ColumnElement[datetime]) -> ReturningUpdate[Any]:
    revive = update(tasks).where(tasks.c.id == bindparam("wanted"), _DEAD)
    return revive.values(state=TaskState.DUE.value, attempts=0, due_at=moment).returning(tasks)


class SqlTasks:
    """Matches ports.storage.Tasks."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def wake(self, task: Task) -> None:
        await self._transaction.run(_WAKE, task_values(task))
        self._transaction.work_added = True

    async def wake_at_end(self, task: Task) -> None:
        self._transaction.at_end(task.key, _WAKE, task_values(task))
        self._transaction.work_added = True

    async def add_once(self, task: Task) -> bool:
        added = bool(await self._transaction.rows(_ADD_ONCE, task_values(task)))
        self._transaction.work_added |= added
        return added

    async def hasten(self, key: str, *, due_at: datetime) -> bool:
        parameters = self._transaction.timed({"named": key, "until": due_at})
        hastened = await self._transaction.run(_hasten(self._transaction.moment), parameters)
        self._transaction.work_added |= bool(hastened)
        return bool(hastened)

    async def lease(
        self, *, limit: int, token: UUID, lease: timedelta, but: AbstractSet[TaskKind] = frozenset()
    ) -> listing[Task]:
        parameters = self._transaction.timed({"most": limit})
        rows = await self._transaction.rows(_due(self._transaction.moment, frozenset(but)), parameters)
        if not rows:
            return []
        until = rows[0].moment + lease
        values = {"chosen": [row.id for row in rows], "lease_token": token, "leased_until": until}
        await self._transaction.run(_LEASE, values)
        return [replace(task_of(row), lease_token=token, leased_until=until) for row in rows]

    async def take(self, id: TaskId, *, token: UUID, lease: timedelta) -> Task | None:
        parameters = self._transaction.timed({"wanted": id})
        row = await self._transaction.first(_at_hand(self._transaction.moment), parameters)
        if row is None:
            return None
        if row.held:
            raise RequestInFlight
        until = row.moment + lease
        await self._transaction.run(_LEASE, {"chosen": [id], "lease_token": token, "leased_until": until})
        return replace(task_of(row), lease_token=token, leased_until=until)

    async def finish(self, task: Task) -> bool:
        return await self._give_back(task, state=TaskState.DONE.value, last_error="")

    async def again(self, task: Task, *, due_at: datetime, error: str = "", dead: bool = False) -> bool:
        state = TaskState.DEAD if dead else TaskState.DUE
        return await self._give_back(task, state=state.value, due_at=due_at, attempts=task.attempts, last_error=error)

    async def list(self, state: TaskState | None, *, after: UUID | None, limit: int) -> listing[Task]:
        page = select(tasks).order_by(tasks.c.id.desc()).limit(limit)
        if state is not None:
            page = page.where(tasks.c.state == state.value)
        if after is not None:
            page = page.where(tasks.c.id < after)
        return [task_of(row) for row in await self._transaction.rows(page)]

    async def of_key(self, key: str) -> Task | None:
        row = await self._transaction.first(_OF_KEY, {"wanted": key})
        return None if row is None else task_of(row)

    async def retry(self, task_id: TaskId) -> Task:
        parameters = self._transaction.timed({"wanted": task_id})
        row = await self._transaction.first(_retry(self._transaction.moment), parameters)
        if row is None:
            raise Outdated if await self._transaction.first(_TASK, {"wanted": task_id}) else NotFound
        self._transaction.work_added = True
        return task_of(row)

    async def _give_back(self, task: Task, **changes: Any) -> bool:
        """End the lease, with these changes unless the task was woken meanwhile; whether they were made."""
        held = {"wanted": task.id, "held": task.lease_token}
        if await self._transaction.run(_GIVE_BACK, {**held, "known": task.revision, **changes}):
            return True
        if await self._transaction.run(_FREE, held):
            self._transaction.work_added = True
        return False
