"""Tasks in hand: many at once, but of each kind so few that a provider which hangs holds up nothing but its own work."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol

import structlog

from scheduling_core.tasks import Task, TaskKind

log = structlog.get_logger(__name__)


class Deliveries(Protocol):
    """What use_cases.delivery.DeliverTasks promises."""

    async def take(self, *, limit: int, but: AbstractSet[TaskKind]) -> Sequence[Task]:
        """What is due, leased to be delivered at once; nothing of the kinds in `but`."""
        ...

    async def deliver(self, task: Task) -> None:
        """Do it and write down what became of it."""
        ...


class Hands:
    """At most `each` tasks of one kind at once. Kinds and providers go together, so each provider has places of its own."""

    def __init__(self, deliveries: Deliveries, room_again: Callable[[], None], *, each: int = 4) -> None:
        """`room_again` is called when a kind that had no place left has one."""
        self._deliveries, self._room_again, self._each = deliveries, room_again, each
        self._busy: Counter[TaskKind] = Counter()
        self._under_way: set[asyncio.Task[None]] = set()

    async def work(self) -> int:
        """Take up what is due and has room, and go on without waiting for it; how much it was."""
        full = frozenset(kind for kind in TaskKind if self._busy[kind] >= self._each)
        if len(full) == len(TaskKind):
            return 0
        # However the kinds are mixed in what comes, there is room for all of it.
        room = self._each - max(self._busy[kind] for kind in TaskKind if kind not in full)
        taken = await self._deliveries.take(limit=room, but=full)
        for task in taken:
            self._busy[task.kind] += 1
            doing = asyncio.create_task(self._do(task))
            self._under_way.add(doing)
            doing.add_done_callback(self._under_way.discard)
        return len(taken)

    async def let_go(self, *, grace: float) -> None:
        """Let what is in hand finish within `grace` seconds; any process takes up the rest when its lease ends."""
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way, timeout=grace)
        for doing in late:
            doing.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _do(self, task: Task) -> None:
        try:
            await self._deliveries.deliver(task)
        except Exception as trouble:  # noqa: BLE001  # what became of it could not be written down: its lease ends by itself
            log.warning("task_left", task=str(task.id), kind=task.kind.value, error=repr(trouble))
        finally:
            self._busy[task.kind] -= 1
            if self._busy[task.kind] == self._each - 1:
                self._room_again()
