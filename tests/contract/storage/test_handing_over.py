"""Work that was handed over is taken by its id: under a lease like any other, and once."""

from datetime import timedelta

import pytest

from contract.storage.making import DAY, stored_task
from scheduling_core.errors import RequestInFlight
from scheduling_core.ids import TaskId
from scheduling_core.ports.storage import Storage
from scheduling_core.tasks import HAND_OVER, LEASE, Task, TaskState
from support.clock import ManualClock
from support.making import an_id


async def take(storage: Storage, id: TaskId) -> Task | None:
    async with storage.writing() as unit:
        return await unit.tasks.take(id, token=an_id(), lease=LEASE)


async def handed_over(storage: Storage, clock: ManualClock) -> TaskId:
    task = await stored_task(storage, attempts=1, due_at=clock.now() + HAND_OVER)
    return task.id


async def test_is_held_by_whoever_takes_it_and_by_nobody_else(storage: Storage, clock: ManualClock) -> None:
    id = await handed_over(storage, clock)
    taken = await take(storage, id)
    assert taken is not None
    assert taken.leased_until == clock.now() + LEASE
    with pytest.raises(RequestInFlight):
        await take(storage, id)
    clock.advance(LEASE)
    assert await take(storage, id) is not None


async def test_can_be_finished_under_the_lease_alone(storage: Storage, clock: ManualClock) -> None:
    id = await handed_over(storage, clock)
    first = await take(storage, id)
    clock.advance(LEASE)
    second = await take(storage, id)
    assert first is not None
    assert second is not None
    async with storage.writing() as unit:
        assert not await unit.tasks.finish(first)
        assert await unit.tasks.finish(second)


@pytest.mark.parametrize("state", [TaskState.DONE, TaskState.DEAD])
async def test_what_is_over_is_left_alone(storage: Storage, clock: ManualClock, state: TaskState) -> None:
    task = await stored_task(storage, state=state, attempts=1, due_at=clock.now() - DAY)
    assert await take(storage, task.id) is None


async def test_what_nobody_has_handed_over_waits_for_its_time(storage: Storage, clock: ManualClock) -> None:
    task = await stored_task(storage, due_at=clock.now() + timedelta(hours=1))
    assert await take(storage, task.id) is None
    clock.advance(hours=1)
    assert await take(storage, task.id) is not None
    assert await take(storage, TaskId(an_id())) is None
