"""Questions that are asked together: who waits for whom, and who learns of what went wrong."""

import asyncio
from collections.abc import Sequence

import pytest

from adapters.persistence.together import Together


class Oracle:
    """Answers when it is let to, and remembers what it was asked at once."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.let = asyncio.Event()
        self.fails = False

    async def __call__(self, questions: Sequence[int]) -> list[int]:
        self.asked.append(list(questions))
        await self.let.wait()
        if self.fails:
            raise OSError("gone")
        return [10 * each for each in questions]


async def _pass() -> None:
    for _ in range(3):
        await asyncio.sleep(0)


async def test_what_comes_while_a_question_is_out_goes_with_the_next_and_never_with_that_one() -> None:
    oracle = Oracle()
    ask = Together(oracle, most=3)
    tasks = [asyncio.create_task(ask(1))]
    await _pass()
    tasks += [asyncio.create_task(ask(number)) for number in (2, 3, 4, 5)]
    await _pass()
    assert oracle.asked == [[1]]
    oracle.let.set()
    assert await asyncio.gather(*tasks) == [10, 20, 30, 40, 50]
    assert oracle.asked == [[1], [2, 3, 4], [5]]
    assert await ask(6) == 60


async def test_each_of_those_asked_learns_what_went_wrong_and_nobody_else() -> None:
    oracle = Oracle()
    ask = Together(oracle, most=3)
    oracle.fails = True
    tasks = [asyncio.create_task(ask(number)) for number in (1, 2)]
    await _pass()
    oracle.let.set()
    assert [type(each) for each in await asyncio.gather(*tasks, return_exceptions=True)] == [OSError, OSError]
    oracle.fails = False
    assert await ask(3) == 30


async def test_whoever_gave_up_before_it_was_sent_is_not_asked_for() -> None:
    oracle = Oracle()
    ask = Together(oracle, most=3)
    tasks = [asyncio.create_task(ask(1))]
    await _pass()
    tasks += [asyncio.create_task(ask(number)) for number in (2, 3)]
    await _pass()
    tasks[1].cancel()
    oracle.let.set()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert (ended[0], type(ended[1]), ended[2]) == (10, asyncio.CancelledError, 30)
    assert oracle.asked == [[1], [3]]


async def test_whoever_waits_when_the_asking_is_ended_is_not_left_waiting() -> None:
    oracle = Oracle()
    ask = Together(oracle, most=1)
    tasks = [asyncio.create_task(ask(number)) for number in (1, 2)]
    await _pass()
    for each in asyncio.all_tasks() - {asyncio.current_task(), *tasks}:
        each.cancel()
    ended = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 30)
    assert [type(each) for each in ended] == [asyncio.CancelledError] * 2


@pytest.mark.parametrize("number", [1, 7])
async def test_whoever_asks_alone_waits_for_nobody(number: int) -> None:
    oracle = Oracle()
    oracle.let.set()
    assert await Together(oracle, most=5)(number) == 10 * number
    assert oracle.asked == [[number]]
