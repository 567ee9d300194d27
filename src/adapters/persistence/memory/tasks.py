"""Durable work in memory."""

from builtins import list as listing
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from adapters.persistence.memory import places
from adapters.persistence.memory.table import Place
from adapters.persistence.memory.transaction import Transaction, View
from scheduling_core.errors import NotFound, Outdated, RequestInFlight
from scheduling_core.ids import TaskId
from scheduling_core.tasks import Task, TaskKind, TaskState


class MemoryTasks:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def wake(self, task: Task) -> None:
        view = await self._transaction.view()
        asleep = view.tasks.first(places.task_of_key, task.key)
        if asleep is None:
            view.tasks.insert(task.id, task)
        else:
            due_at = task.due_at if asleep.state is TaskState.DONE else min(asleep.due_at, task.due_at)
            awake = replace(
                asleep, state=TaskState.DUE, due_at=due_at, revision=asleep.revision + 1, attempts=0, last_error=""
            )
            view.tasks.put(asleep.id, awake)
        self._transaction.woke_tasks = True

    async def wake_at_end(self, task: Task) -> None:
        # One writer at a time: nobody waits for a row.
        await self.wake(task)

    async def add_once(self, task: Task) -> bool:
        view = await self._transaction.view()
        if view.tasks.first(places.task_of_key, task.key) is not None:
            return False
        view.tasks.insert(task.id, task)
        self._transaction.woke_tasks = True
        return True

    async def hasten(self, key: str, *, due_at: datetime) -> bool:
        view = await self._transaction.view()
        task = view.tasks.first(places.task_of_key, key)
        if task is None or task.state is not TaskState.DUE or _held(task, self._transaction.clock.now()):
            return False
        view.tasks.put(task.id, replace(task, due_at=min(task.due_at, due_at)))
        self._transaction.woke_tasks = True
        return True

    async def lease(
        self, *, limit: int, token: UUID, lease: timedelta, but: AbstractSet[TaskKind] = frozenset()
    ) -> listing[Task]:
        view = await self._transaction.view()
        now = self._transaction.clock.now()
        just_later = now + timedelta(microseconds=1)
        due = view.tasks.walk(places.due_tasks, places.EVERYBODY, before=(just_later,))
        wanted = (task for task in due if task.kind not in but)
        free = (task for task in wanted if not _held(task, now) and not _behind_another(view, task, now))
        leased = [replace(task, lease_token=token, leased_until=now + lease) for task in islice(free, limit)]
        for task in leased:
            view.tasks.put(task.id, task)
        return leased

    async def take(self, id: TaskId, *, token: UUID, lease: timedelta) -> Task | None:
        view = await self._transaction.view()
        now, task = self._transaction.clock.now(), view.tasks.get(id)
        if task is None or task.state is not TaskState.DUE or (task.due_at > now and not task.attempts):
            return None
        if _held(task, now):
            raise RequestInFlight
        taken = replace(task, lease_token=token, leased_until=now + lease)
        view.tasks.put(id, taken)
        return taken

    async def finish(self, task: Task) -> bool:
        return await self._give_back(task, state=TaskState.DONE, last_error="")

    async def again(self, task: Task, *, due_at: datetime, error: str = "", dead: bool = False) -> bool:
        state = TaskState.DEAD if dead else TaskState.DUE
        return await self._give_back(task, state=state, due_at=due_at, attempts=task.attempts, last_error=error)

    async def list(self, state: TaskState | None, *, after: UUID | None, limit: int) -> listing[Task]:
        view = await self._transaction.view()
        index: Callable[[Task], Place] = places.all_tasks if state is None else places.tasks_of_state
        group = places.EVERYBODY if state is None else state
        newest_first = view.tasks.walk(index, group, before=None if after is None else (after,), newest_first=True)
        return list(islice(newest_first, limit))

    async def of_key(self, key: str) -> Task | None:
        return (await self._transaction.view()).tasks.first(places.task_of_key, key)

    async def retry(self, task_id: TaskId) -> Task:
        view = await self._transaction.view()
        task = view.tasks.get(task_id)
        if task is None:
            raise NotFound
        if task.state is not TaskState.DEAD:
            raise Outdated
        revived = replace(task, state=TaskState.DUE, due_at=self._transaction.clock.now(), attempts=0)
        view.tasks.put(task_id, revived)
        self._transaction.woke_tasks = True
        return revived

    async def _give_back(self, task: Task, **changes: object) -> bool:
        """End the lease, with these changes unless the task was woken meanwhile; whether they were made."""
        view = await self._transaction.view()
        stored = view.tasks.get(task.id)
        if stored is None or stored.lease_token is None or stored.lease_token != task.lease_token:
            return False
        free = replace(stored, lease_token=None, leased_until=None)
        same = stored.revision == task.revision
        if same:
            free = replace(free, **changes)  # type: ignore[arg-type]  # names checked by replace
        else:
            self._transaction.woke_tasks = True
        view.tasks.put(task.id, free)
        return same


def _held(task: Task, now: datetime) -> bool:
    return task.leased_until is not None and task.leased_until > now


def _behind_another(view: View, task: Task, now: datetime) -> bool:
    """Whether a message that was written earlier, for the same recipient about the same visit, is due as well."""
    if task.lane is None:
        return False
    earlier = view.tasks.walk(places.due_of_lane, task.lane, before=(task.created_at, task.id))
    return any(other.due_at <= now for other in earlier)
