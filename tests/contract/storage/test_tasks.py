"""Durable work: written once, woken again, leased by one at a time, given back or finished."""

from dataclasses import replace
from datetime import timedelta

import pytest

from contract.storage.making import DAY, NINE, stored_doctor, stored_hold, stored_patient, stored_payment, stored_task
from contract.storage.waiting import outcomes
from scheduling_core.access import Role
from scheduling_core.errors import NotFound, Outdated
from scheduling_core.ids import TaskId
from scheduling_core.ports.storage import Storage
from scheduling_core.tasks import LEASE, MessageKind, Recipient, Task, TaskKind, TaskState, settle_money
from support.clock import MONDAY, ManualClock
from support.making import a_message, a_task, an_id, minutes

INSTANT = timedelta(microseconds=1)
TOKEN = an_id()


async def _wake(storage: Storage, task: Task) -> None:
    async with storage.writing() as unit:
        await unit.tasks.wake(task)


async def _lease(storage: Storage, *, limit: int = 10) -> list[Task]:
    async with storage.writing() as unit:
        return await unit.tasks.lease(limit=limit, token=TOKEN, lease=LEASE)


async def _finish(storage: Storage, task: Task) -> bool:
    async with storage.writing() as unit:
        return await unit.tasks.finish(task)


async def _again(storage: Storage, task: Task, **how: object) -> bool:
    async with storage.writing() as unit:
        return await unit.tasks.again(task, **how)  # type: ignore[arg-type]  # due_at, error, dead


async def _all(storage: Storage) -> list[Task]:
    async with storage.reading() as unit:
        return await unit.tasks.list(None, after=None, limit=100)


async def _bury(storage: Storage) -> Task:
    """One that is dead after three attempts."""
    await stored_task(storage)
    (leased,) = await _lease(storage)
    assert await _again(storage, replace(leased, attempts=3), due_at=MONDAY + DAY, error="refused", dead=True)
    (dead,) = await _all(storage)
    return dead


async def test_a_task_comes_back_exactly(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, patient)
    payment = await stored_payment(storage, held)
    money = settle_money(TaskId(an_id()), payment.id, held.id, due_at=NINE + INSTANT, at=MONDAY + INSTANT)
    message = a_message(
        Recipient(Role.DOCTOR, doctor.id), held.id, message=MessageKind.REMINDER_SOON, about_start=NINE + INSTANT
    )
    bare = a_task(kind=TaskKind.ARRANGE_MEETING)
    for each in (money, message, bare):
        await stored_task(storage, each)
    assert await _all(storage) == [bare, message, money]


async def test_waking_an_unknown_key_writes_the_task(storage: Storage) -> None:
    task = a_task(due_at=NINE)
    await _wake(storage, task)
    assert await _all(storage) == [task]


@pytest.mark.parametrize("shift", [-minutes(5), minutes(5)])
async def test_waking_a_due_task_keeps_the_earlier_time(storage: Storage, shift: timedelta) -> None:
    task = await stored_task(storage, due_at=NINE)
    await _wake(storage, a_task(key=task.key, due_at=NINE + shift))
    (woken,) = await _all(storage)
    assert woken == replace(task, due_at=min(NINE, NINE + shift), revision=2)


async def test_waking_a_finished_task_makes_it_due_at_the_new_time(storage: Storage) -> None:
    task = await stored_task(storage)
    (leased,) = await _lease(storage)
    assert await _finish(storage, leased)
    await _wake(storage, a_task(key=task.key, due_at=NINE))
    (woken,) = await _all(storage)
    assert (woken.id, woken.state, woken.due_at, woken.revision) == (task.id, TaskState.DUE, NINE, 2)


async def test_waking_forgets_earlier_failures(storage: Storage) -> None:
    task = await stored_task(storage)
    (leased,) = await _lease(storage)
    assert await _again(storage, replace(leased, attempts=5), due_at=NINE, error="timed out")
    await _wake(storage, a_task(key=task.key, due_at=NINE + DAY))
    (woken,) = await _all(storage)
    assert (woken.attempts, woken.due_at) == (0, NINE)


async def test_waking_brings_a_dead_task_back(storage: Storage) -> None:
    dead = await _bury(storage)
    await _wake(storage, a_task(key=dead.key, due_at=MONDAY))
    (leased,) = await _lease(storage)
    assert (leased.id, leased.attempts, leased.state) == (dead.id, 0, TaskState.DUE)


async def test_many_who_wake_one_key_at_once_leave_one_row_that_counts_them(storage: Storage) -> None:
    ends = await outcomes(*(_wake(storage, a_task(key="settle:1")) for _ in range(6)))
    assert ends == [None] * 6
    (task,) = await _all(storage)
    assert task.revision == 6


async def test_adding_once_never_touches_a_key_that_was_used(storage: Storage) -> None:
    task = await stored_task(storage)
    await stored_task(storage, key=task.key, due_at=MONDAY - DAY)
    assert await _all(storage) == [task]
    (leased,) = await _lease(storage)
    assert await _finish(storage, leased)
    await stored_task(storage, key=task.key)
    assert await _lease(storage) == []
    ends = await outcomes(*(stored_task(storage, key="once") for _ in range(5)))
    assert all(isinstance(end, Task) for end in ends)
    assert len(await _all(storage)) == 2


async def test_hastening_makes_a_waiting_task_due_no_later(storage: Storage) -> None:
    task = await stored_task(storage, due_at=NINE)
    async with storage.writing() as unit:
        assert await unit.tasks.hasten(task.key, due_at=NINE - minutes(5))
        assert await unit.tasks.hasten(task.key, due_at=NINE + minutes(5))
    assert await _all(storage) == [replace(task, due_at=NINE - minutes(5))]


async def test_nothing_hastens_what_is_held_finished_dead_or_not_there(storage: Storage) -> None:
    dead = await _bury(storage)
    await stored_task(storage)
    (held,) = await _lease(storage)

    async def hasten(key: str) -> bool:
        async with storage.writing() as unit:
            return await unit.tasks.hasten(key, due_at=MONDAY - DAY)

    assert not await hasten(held.key)
    assert await _finish(storage, held)
    assert [await hasten(key) for key in (held.key, dead.key, "never written")] == [False] * 3
    assert MONDAY - DAY not in {task.due_at for task in await _all(storage)}


async def test_a_dead_task_is_retried_at_once_and_from_the_start(storage: Storage, clock: ManualClock) -> None:
    dead = await _bury(storage)
    assert (dead.state, dead.attempts, dead.last_error) == (TaskState.DEAD, 3, "refused")
    clock.advance(days=2)
    async with storage.writing() as unit:
        retried = await unit.tasks.retry(dead.id)
    assert (retried.state, retried.due_at, retried.attempts) == (TaskState.DUE, clock.now(), 0)
    assert await _all(storage) == [retried]
    assert [task.id for task in await _lease(storage)] == [dead.id]


async def test_only_a_dead_task_is_retried(storage: Storage) -> None:
    task = await stored_task(storage)
    with pytest.raises(Outdated):
        async with storage.writing() as unit:
            await unit.tasks.retry(task.id)
    with pytest.raises(NotFound):
        async with storage.writing() as unit:
            await unit.tasks.retry(TaskId(an_id()))
    assert await _all(storage) == [task]


async def test_lists_tasks_by_state_newest_first_page_by_page(storage: Storage) -> None:
    dead = await _bury(storage)
    due = [await stored_task(storage, due_at=NINE - minutes(number)) for number in range(5)]
    async with storage.reading() as unit:
        assert await unit.tasks.list(TaskState.DEAD, after=None, limit=10) == [dead]
        assert await unit.tasks.list(TaskState.DONE, after=None, limit=10) == []
        assert await unit.tasks.list(TaskState.DUE, after=None, limit=2) == [due[4], due[3]]
        assert await unit.tasks.list(TaskState.DUE, after=due[3].id, limit=2) == [due[2], due[1]]
        assert await unit.tasks.list(None, after=due[1].id, limit=10) == [due[0], dead]


async def test_says_that_there_is_work_after_the_commit_and_only_then(storage: Storage, woken: list[str]) -> None:
    async with storage.writing() as unit:
        await unit.tasks.wake(a_task())
        assert woken == []
    assert woken == ["tasks"]
    task = await stored_task(storage)
    assert woken == ["tasks"] * 2
    await stored_task(storage, key=task.key)
    await _lease(storage)
    assert woken == ["tasks"] * 2
    with pytest.raises(NotFound):
        await _wake_and_fail(storage)
    assert woken == ["tasks"] * 2


async def _wake_and_fail(storage: Storage) -> None:
    async with storage.writing() as unit:
        await unit.tasks.wake(a_task())
        await unit.tasks.retry(TaskId(an_id()))
