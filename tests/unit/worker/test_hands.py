"""Tasks in hand: many at once, few of a kind."""

import asyncio
from collections.abc import Set as AbstractSet

from adapters.worker.hands import Hands
from scheduling_core.ids import AppointmentId, PaymentId, TaskId
from scheduling_core.tasks import Task, TaskKind, arrange_meeting, settle_money
from support.clock import MONDAY
from support.making import an_id

EACH = 2


class Pile:
    """Tasks that lie there; whatever is of a kind in `stuck` is never done until it is let go."""

    def __init__(self, *tasks: Task, stuck: TaskKind) -> None:
        self.lying, self.stuck, self.free = list(tasks), stuck, asyncio.Event()
        self.done: list[Task] = []

    async def take(self, *, limit: int, but: AbstractSet[TaskKind]) -> list[Task]:
        taken = [task for task in self.lying if task.kind not in but][:limit]
        self.lying = [task for task in self.lying if task not in taken]
        return taken

    async def deliver(self, task: Task) -> None:
        if task.kind is self.stuck:
            await self.free.wait()
        self.done.append(task)


def meetings(number: int) -> list[Task]:
    return [arrange_meeting(TaskId(an_id()), AppointmentId(an_id()), at=MONDAY) for _ in range(number)]


def payments(number: int) -> list[Task]:
    return [
        settle_money(TaskId(an_id()), PaymentId(an_id()), AppointmentId(an_id()), due_at=MONDAY, at=MONDAY)
        for _ in range(number)
    ]


async def work_off(hands: Hands) -> None:
    for _ in range(20):
        await hands.work()
        await asyncio.sleep(0)


async def test_what_hangs_takes_the_places_of_its_own_kind_alone() -> None:
    hanging, others, calls = meetings(5), payments(7), []
    pile = Pile(*hanging, *others, stuck=TaskKind.ARRANGE_MEETING)
    hands = Hands(pile, lambda: calls.append("room"), each=EACH)
    await work_off(hands)
    assert pile.done == others
    assert pile.lying == hanging[EACH:]
    calls.clear()
    pile.free.set()
    await asyncio.sleep(0)
    assert calls == ["room"]
    await work_off(hands)
    assert (pile.lying, len(pile.done)) == ([], 12)


async def test_what_does_not_finish_in_time_is_let_go() -> None:
    pile = Pile(*meetings(1), *payments(1), stuck=TaskKind.ARRANGE_MEETING)
    hands = Hands(pile, lambda: None, each=EACH)
    await work_off(hands)
    await hands.let_go(grace=0)
    assert [task.kind for task in pile.done] == [TaskKind.SETTLE_MONEY]


async def test_a_task_whose_end_cannot_be_written_down_gives_its_place_back() -> None:
    class Broken(Pile):
        async def deliver(self, task: Task) -> None:
            raise OSError("the database is away")

    pile = Broken(*payments(3 * EACH), stuck=TaskKind.ARRANGE_MEETING)
    await work_off(Hands(pile, lambda: None, each=EACH))
    assert pile.lying == []
