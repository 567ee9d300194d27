"""Durable work."""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from scheduling_core.ids import TaskId
from scheduling_core.tasks import Task, TaskKind, TaskState


class Tasks(Protocol):
    async def wake(self, task: Task) -> None:
        """Write the task, or bring the row with its key back: due at the earlier time unless it was finished (then at the new
        one), one revision further, attempts at 0."""
        ...

    async def wake_at_end(self, task: Task) -> None:
        """As `wake`, but written when the transaction ends, after everything else and in the order of keys: for tasks that
        transactions share, so that no two wait for each other."""
        ...

    async def add_once(self, task: Task) -> bool:
        """Write the task unless its key was ever used: False then."""
        ...

    async def hasten(self, key: str, *, due_at: datetime) -> bool:
        """Make the task of that key due no later than `due_at`; False if it is finished, dead, leased or not there."""
        ...

    async def lease(
        self, *, limit: int, token: UUID, lease: timedelta, but: AbstractSet[TaskKind] = frozenset()
    ) -> list[Task]:
        """Due tasks that nobody holds and whose kind is not in `but`, earliest first, held under `token` until now + lease on
        the storage's clock. A message waits for due ones of its lane that were written (created_at, then id) before it; dead
        ones never block."""
        ...

    async def take(self, id: TaskId, *, token: UUID, lease: timedelta) -> Task | None:
        """That task, held as `lease` holds one, if it is due or was handed over (tried and not due again yet); None where
        there is nothing to do: it is done, dead, not due, or not there. Raise RequestInFlight while somebody else holds it."""
        ...

    async def finish(self, task: Task) -> bool:
        """Done, if `task`'s lease and revision still stand. With a newer revision it stays due, unleased; False then,
        and when the lease was lost."""
        ...

    async def again(self, task: Task, *, due_at: datetime, error: str = "", dead: bool = False) -> bool:
        """Give it back: due then, or dead for good. Attempts are `task.attempts`. A newer revision stays due at once; False then,
        and when the lease was lost."""
        ...

    async def list(self, state: TaskState | None, *, after: UUID | None, limit: int) -> list[Task]:
        """Newest first, by id; `after` is the id of the last one seen."""
        ...

    async def of_key(self, key: str) -> Task | None:
        """The task of that key, in whatever state."""
        ...

    async def retry(self, task_id: TaskId) -> Task:
        """Make a dead task due now with attempts 0. NotFound if there is none, Outdated if it is not dead."""
        ...
