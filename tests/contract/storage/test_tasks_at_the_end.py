"""Tasks that transactions share: woken when they end, so that nobody who still claims time keeps others waiting for them."""

import pytest

from contract.storage.making import NINE, stored_task
from contract.storage.waiting import outcomes
from scheduling_core.errors import NotFound
from scheduling_core.ports.storage import Storage
from scheduling_core.tasks import Task
from support.making import a_task, minutes


async def _all(storage: Storage) -> list[Task]:
    async with storage.reading() as unit:
        return await unit.tasks.list(None, after=None, limit=100)


async def _wake_at_end(storage: Storage, *tasks: Task) -> None:
    async with storage.writing() as unit:
        for task in tasks:
            await unit.tasks.wake_at_end(task)


async def test_an_unknown_key_is_written_and_a_known_one_woken(storage: Storage, woken: list[str]) -> None:
    known, new = await stored_task(storage, due_at=NINE), a_task(key="a new one")
    woken.clear()
    await _wake_at_end(storage, a_task(key=known.key, due_at=NINE - minutes(5)), new)
    assert {(task.id, task.due_at, task.revision) for task in await _all(storage)} == {
        (known.id, NINE - minutes(5), 2),
        (new.id, new.due_at, 1),
    }
    assert woken == ["tasks"]


async def test_one_key_twice_keeps_the_earlier_time(storage: Storage) -> None:
    task = a_task(due_at=NINE)
    await _wake_at_end(storage, task, a_task(key=task.key, due_at=NINE - minutes(5)), a_task(key=task.key, due_at=NINE))
    (found,) = await _all(storage)
    assert (found.id, found.due_at, found.revision) == (task.id, NINE - minutes(5), 3)


async def test_a_transaction_that_fails_wakes_nothing(storage: Storage, woken: list[str]) -> None:
    async def fails() -> None:
        async with storage.writing() as unit:
            await unit.tasks.wake_at_end(a_task())
            raise NotFound

    with pytest.raises(NotFound):
        await fails()
    assert (await _all(storage), woken) == ([], [])


async def test_two_who_wake_the_same_tasks_in_opposite_orders_both_succeed(storage: Storage) -> None:
    tasks = [await stored_task(storage) for _ in range(2)]
    again = [a_task(key=task.key) for task in tasks]
    for _ in range(5):
        assert await outcomes(_wake_at_end(storage, *again), _wake_at_end(storage, *again[::-1])) == [None, None]
    assert [task.revision for task in await _all(storage)] == [11, 11]
