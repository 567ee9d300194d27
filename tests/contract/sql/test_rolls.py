"""What a process keeps of everybody who is listed: read by one for all who ask at once, and never of another version."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Database
from adapters.persistence.sql_rolls import LastRead, in_slices
from contract.sql.counting import CountingDatabase
from contract.storage.making import stored_doctor
from scheduling_core.ports.directory import DoctorFilter
from scheduling_core.use_cases.directory import FindDoctors
from support.clinic import TERMS
from support.clock import ManualClock


class Readings:
    """A value that is read when a test says so, and how often it was."""

    def __init__(self) -> None:
        self.number, self.go_on = 0, asyncio.Event()

    def of(self, value: str) -> Callable[[], Awaitable[str]]:
        async def read() -> str:
            self.number += 1
            await self.go_on.wait()
            return value

        return read


async def test_one_reads_for_all_who_ask_for_a_version_at_once() -> None:
    kept, readings = LastRead("nothing"), Readings()
    asked = [asyncio.create_task(kept.of(7, readings.of("seven"), committed=True)) for _ in range(16)]
    other = asyncio.create_task(kept.of(8, readings.of("eight"), committed=True))
    await asyncio.sleep(0)
    readings.go_on.set()
    assert [await each for each in asked] == ["seven"] * 16
    assert await other == "eight"
    assert readings.number == 2
    assert await kept.of(8, readings.of("another"), committed=True) == "eight"


async def test_an_older_version_that_is_read_later_takes_the_place_of_no_newer_one() -> None:
    kept, slow, quick = LastRead("nothing"), Readings(), Readings()
    older = asyncio.create_task(kept.of(7, slow.of("seven"), committed=True))
    await asyncio.sleep(0)
    quick.go_on.set()
    assert await kept.of(8, quick.of("eight"), committed=True) == "eight"
    slow.go_on.set()
    assert await older == "seven"
    assert await kept.of(8, quick.of("anew"), committed=True) == "eight"


async def test_what_may_never_come_to_be_is_neither_kept_nor_waited_for() -> None:
    kept, readings = LastRead("nothing"), Readings()
    readings.go_on.set()
    assert await kept.of(7, readings.of("mine"), committed=False) == "mine"
    assert await kept.of(7, readings.of("everybody's"), committed=True) == "everybody's"


@pytest.mark.parametrize("fails", [True, False])
async def test_others_read_themselves_where_the_one_who_reads_fails_or_gives_up(fails: bool) -> None:
    kept, readings, begun = LastRead("nothing"), Readings(), asyncio.Event()

    async def fail() -> str:
        begun.set()
        await readings.go_on.wait()
        raise ConnectionError

    first = asyncio.create_task(kept.of(7, fail, committed=True))
    await begun.wait()
    asked = [asyncio.create_task(kept.of(7, readings.of("seven"), committed=True)) for _ in range(3)]
    leaving = asyncio.create_task(kept.of(7, readings.of("seven"), committed=True))
    await asyncio.sleep(0)
    leaving.cancel()
    if fails:
        readings.go_on.set()
    else:
        first.cancel()
    with pytest.raises(ConnectionError if fails else asyncio.CancelledError):
        await first
    readings.go_on.set()
    assert [await each for each in asked] == ["seven"] * 3
    assert readings.number == 1


async def test_others_have_their_turn_between_slices() -> None:
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(other())
    assert await in_slices(range(10_001), str) == [str(each) for each in range(10_001)]
    beside.cancel()
    assert turns >= 20


async def test_searches_that_meet_after_a_profile_was_edited_read_it_once(
    database: Database, clock: ManualClock
) -> None:
    counting = CountingDatabase(database)
    storage = SqlStorage(counting, clock)
    find = FindDoctors(storage, clock, TERMS)
    await stored_doctor(storage)
    await find(DoctorFilter())
    before = counting.statements
    await find(DoctorFilter())
    once = counting.statements - before
    await stored_doctor(storage)
    before = counting.statements
    found = await asyncio.gather(*(find(DoctorFilter()) for _ in range(4)))
    assert [each.total_count for each in found] == [2] * 4
    assert counting.statements - before == 4 * once + 1
