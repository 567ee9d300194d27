"""Leases: one holder at a time, fenced by token and revision; messages of one lane one after the other."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from contract.storage.making import DAY, NINE, stored_task
from contract.storage.waiting import outcomes
from scheduling_core.access import Role
from scheduling_core.ids import AppointmentId, TaskId
from scheduling_core.ports.storage import Storage
from scheduling_core.tasks import LEASE, Recipient, Task, TaskKind, TaskState, arrange_meeting
from support.clock import MONDAY, ManualClock
from support.making import a_message, a_task, an_id, minutes

INSTANT = timedelta(microseconds=1)


async def _lease(storage: Storage, *, limit: int = 10, token: UUID | None = None) -> list[Task]:
    async with storage.writing() as unit:
        return await unit.tasks.lease(limit=limit, token=token or an_id(), lease=LEASE)


async def _ids_leased(storage: Storage, *, limit: int = 10) -> list[UUID]:
    return [task.id for task in await _lease(storage, limit=limit)]


async def _finish(storage: Storage, task: Task) -> bool:
    async with storage.writing() as unit:
        return await unit.tasks.finish(task)


async def _again(storage: Storage, task: Task, due_at: datetime, error: str = "", *, dead: bool = False) -> bool:
    async with storage.writing() as unit:
        return await unit.tasks.again(task, due_at=due_at, error=error, dead=dead)


async def _only(storage: Storage) -> Task:
    async with storage.reading() as unit:
        (task,) = await unit.tasks.list(None, after=None, limit=100)
    return task


async def test_leases_what_is_due_earliest_first_up_to_the_limit(storage: Storage, clock: ManualClock) -> None:
    now = clock.now()
    third = await stored_task(storage, due_at=now)
    first = await stored_task(storage, due_at=now - DAY)
    second = await stored_task(storage, due_at=now - INSTANT)
    not_yet = await stored_task(storage, due_at=now + INSTANT)
    assert await _ids_leased(storage, limit=2) == [first.id, second.id]
    assert await _ids_leased(storage) == [third.id]
    clock.advance(INSTANT)
    assert await _ids_leased(storage) == [not_yet.id]


async def test_a_leased_task_says_by_whom_and_until_when_it_is_held(storage: Storage, clock: ManualClock) -> None:
    task, token = await stored_task(storage), an_id()
    (leased,) = await _lease(storage, token=token)
    assert leased == replace(task, lease_token=token, leased_until=clock.now() + LEASE)
    assert await _only(storage) == leased


async def test_of_leasers_at_once_each_gets_different_tasks(storage: Storage) -> None:
    tasks = {(await stored_task(storage)).id for _ in range(12)}
    ends = await outcomes(*(_ids_leased(storage, limit=3) for _ in range(6)))
    leased = [id for end in ends if isinstance(end, list) for id in end]
    leased += await _ids_leased(storage, limit=12)
    assert len(leased) == len(set(leased))
    assert set(leased) == tasks


async def test_a_lease_that_ran_out_can_be_taken_by_another(storage: Storage, clock: ManualClock) -> None:
    await stored_task(storage)
    (old,) = await _lease(storage)
    clock.advance(LEASE - INSTANT)
    assert await _lease(storage) == []
    clock.advance(INSTANT)
    (new,) = await _lease(storage)
    assert not await _finish(storage, old)
    assert not await _again(storage, old, NINE, "too late", dead=True)
    assert await _only(storage) == new
    assert await _finish(storage, new)
    assert (await _only(storage)).state is TaskState.DONE


async def test_a_finished_task_is_not_leased_again(storage: Storage, clock: ManualClock) -> None:
    await stored_task(storage)
    (leased,) = await _lease(storage)
    assert await _finish(storage, leased)
    assert not await _finish(storage, leased)
    clock.advance(DAY)
    assert await _lease(storage) == []
    done = await _only(storage)
    assert (done.state, done.lease_token, done.leased_until) == (TaskState.DONE, None, None)


async def test_a_task_given_back_is_due_then_with_its_attempts_and_error(storage: Storage, clock: ManualClock) -> None:
    await stored_task(storage)
    (leased,) = await _lease(storage)
    due_at = clock.now() + minutes(1)
    assert await _again(storage, replace(leased, attempts=1), due_at, "timed out — ⏱ é")
    waiting = await _only(storage)
    assert (waiting.state, waiting.due_at, waiting.attempts, waiting.last_error, waiting.lease_token) == (
        TaskState.DUE,
        due_at,
        1,
        "timed out — ⏱ é",
        None,
    )
    assert await _lease(storage) == []
    clock.set(due_at)
    assert [task.attempts for task in await _lease(storage)] == [1]


async def test_a_dead_task_is_not_leased(storage: Storage, clock: ManualClock) -> None:
    await stored_task(storage)
    (leased,) = await _lease(storage)
    assert await _again(storage, leased, clock.now(), "refused", dead=True)
    clock.advance(DAY)
    assert await _lease(storage) == []


@pytest.mark.parametrize("fails", [False, True])
async def test_work_for_an_older_revision_finishes_nothing(storage: Storage, clock: ManualClock, fails: bool) -> None:
    task = await stored_task(storage)
    (leased,) = await _lease(storage)
    async with storage.writing() as unit:
        await unit.tasks.wake(a_task(key=task.key, due_at=clock.now()))
    assert await _lease(storage) == []
    if fails:
        assert not await _again(storage, replace(leased, attempts=9), NINE + DAY, "timed out", dead=True)
    else:
        assert not await _finish(storage, leased)
    (renewed,) = await _lease(storage)
    assert (renewed.id, renewed.state, renewed.attempts, renewed.revision) == (task.id, TaskState.DUE, 0, 2)
    assert await _finish(storage, renewed)


async def _lane(storage: Storage, *due: datetime) -> list[Task]:
    """Messages to one recipient about one visit, written one after the other, due then."""
    recipient, appointment_id = Recipient(Role.PATIENT, an_id()), AppointmentId(an_id())
    return [
        await stored_task(storage, a_message(recipient, appointment_id, due_at=at, created_at=MONDAY - DAY))
        for at in due
    ]


async def test_messages_of_one_lane_go_out_one_after_the_other_as_written(storage: Storage) -> None:
    first, second, third = await _lane(storage, MONDAY, MONDAY - minutes(2), MONDAY - minutes(1))
    for expected in (first, second, third):
        (leased,) = await _lease(storage)
        assert leased.id == expected.id
        assert await _lease(storage) == []
        assert await _finish(storage, leased)


async def test_a_message_waits_for_an_earlier_one_that_was_given_back_and_is_due(
    storage: Storage, clock: ManualClock
) -> None:
    first, second = await _lane(storage, MONDAY, MONDAY)
    (leased,) = await _lease(storage)
    assert await _again(storage, leased, clock.now(), "timed out")
    assert await _ids_leased(storage, limit=1) == [first.id]
    clock.advance(LEASE)
    assert await _ids_leased(storage) == [first.id]
    assert second.id not in await _ids_leased(storage)


async def test_a_message_does_not_wait_for_one_that_is_not_due(storage: Storage) -> None:
    _, second = await _lane(storage, MONDAY + INSTANT, MONDAY)
    assert await _ids_leased(storage) == [second.id]


async def test_a_dead_message_blocks_nobody(storage: Storage) -> None:
    _, second = await _lane(storage, MONDAY, MONDAY)
    (leased,) = await _lease(storage)
    assert await _again(storage, leased, MONDAY, "no such address", dead=True)
    assert await _ids_leased(storage) == [second.id]


async def test_lanes_and_tasks_without_one_do_not_wait_for_each_other(storage: Storage) -> None:
    recipient, appointment_id = Recipient(Role.PATIENT, an_id()), AppointmentId(an_id())
    apart = [
        await stored_task(storage, a_message(recipient, appointment_id)),
        await stored_task(storage, a_message(Recipient(Role.DOCTOR, an_id()), appointment_id)),
        await stored_task(storage, a_message(recipient)),
        await stored_task(storage, a_message(recipient, appointment_id=None, key="welcome")),
        await stored_task(storage, appointment_id=appointment_id),
    ]
    assert set(await _ids_leased(storage)) == {task.id for task in apart}


async def test_of_leasers_at_once_none_overtakes_in_a_lane(storage: Storage) -> None:
    first, *_ = await _lane(storage, MONDAY, MONDAY, MONDAY, MONDAY)
    ends = await outcomes(*(_ids_leased(storage) for _ in range(5)))
    assert [id for end in ends if isinstance(end, list) for id in end] == [first.id]


async def test_leaves_out_the_kinds_that_have_no_room(storage: Storage, clock: ManualClock) -> None:
    money = await stored_task(storage, due_at=clock.now())
    async with storage.writing() as unit:
        meeting = arrange_meeting(TaskId(an_id()), AppointmentId(an_id()), at=clock.now() - DAY)
        await unit.tasks.wake(meeting)

    async def leased(but: set[TaskKind]) -> list[UUID]:
        async with storage.writing() as unit:
            return [task.id for task in await unit.tasks.lease(limit=10, token=an_id(), lease=LEASE, but=but)]

    assert await leased({money.kind, TaskKind.ARRANGE_MEETING}) == []
    assert await leased({TaskKind.ARRANGE_MEETING, TaskKind.TIDY_PHOTOS}) == [money.id]
    assert await leased({TaskKind.TIDY_PHOTOS}) == [meeting.id]
