"""The one file of the simulators: shared by processes, whole after a crash, and never in the event loop's way."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pytest

from adapters.kit.simulator_state import Books, Shelf, SimulatorState
from scheduling_core.errors import NotFound, ProviderUnavailable


@dataclass(frozen=True)
class Counter:
    count: int


COUNTERS = Shelf("tests.counters", Counter)


def count_up(books: Books) -> None:
    known = COUNTERS.get(books, "one")
    COUNTERS.put(books, "one", Counter((known.count if known else 0) + 1))


@pytest.fixture(params=["file", "memory"])
def state(request: pytest.FixtureRequest, tmp_path: Path) -> SimulatorState:
    return SimulatorState(tmp_path / "var" / "simulators.sqlite" if request.param == "file" else None)


async def test_keeps_what_was_put_and_replaces_it_in_its_place(state: SimulatorState) -> None:
    def work(books: Books) -> tuple[list[Counter], list[Counter], Counter | None]:
        for name, count in (("a", 1), ("b", 2), ("c", 3), ("a", 4)):
            COUNTERS.put(books, name, Counter(count), tag="odd" if count % 2 else "even")
        COUNTERS.drop(books, "b")
        return COUNTERS.newest(books, limit=9), COUNTERS.tagged(books, "even"), COUNTERS.get(books, "b")

    assert await state.write(work) == ([Counter(3), Counter(4)], [Counter(4)], None)
    await state.close()


async def test_two_shelves_do_not_mix(state: SimulatorState) -> None:
    other = Shelf("tests.others", Counter)

    def work(books: Books) -> tuple[Counter | None, Counter | None]:
        COUNTERS.put(books, "x", Counter(1))
        other.put(books, "x", Counter(2))
        return COUNTERS.get(books, "x"), other.get(books, "x")

    assert await state.write(work) == (Counter(1), Counter(2))
    await state.close()


async def test_work_that_fails_leaves_nothing(state: SimulatorState) -> None:
    def fail(books: Books) -> None:
        count_up(books)
        raise NotFound

    with pytest.raises(NotFound):
        await state.write(fail)
    await state.write(count_up)
    assert await state.read(lambda books: COUNTERS.get(books, "one")) == Counter(1)
    await state.close()


async def test_a_file_that_cannot_be_used_is_a_provider_that_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "simulators.sqlite").mkdir()
    state = SimulatorState(tmp_path / "simulators.sqlite")
    with pytest.raises(ProviderUnavailable):
        await state.write(count_up)
    await state.close()


async def test_what_was_kept_is_there_after_closing(tmp_path: Path) -> None:
    state = SimulatorState(tmp_path / "simulators.sqlite")
    for expected in (1, 2, 3):
        await state.write(count_up)
        await state.close()
        assert await state.read(lambda books: COUNTERS.get(books, "one")) == Counter(expected)
    await state.close()


def _count_in_a_process(path: Path) -> None:
    state = SimulatorState(path)
    for _ in range(100):
        state._transact("BEGIN IMMEDIATE", count_up)
    state._shut()


async def test_no_count_of_several_processes_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "simulators.sqlite"
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as processes:
        list(processes.map(_count_in_a_process, [path] * 3))
    state = SimulatorState(path)
    assert await state.read(lambda books: COUNTERS.get(books, "one")) == Counter(300)
    await state.close()
