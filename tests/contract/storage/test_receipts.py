"""Receipt numbers: one after the other, without gaps."""

import pytest

from contract.storage.waiting import outcomes
from scheduling_core.ports.storage import Storage


class Mishap(Exception):
    """Something that goes wrong after a number was drawn."""


async def _draw(storage: Storage, year: int = 2027, *, fail: bool = False) -> str:
    async with storage.writing() as unit:
        number = await unit.appointments.next_receipt_number(year)
        if fail:
            raise Mishap
        return number


async def test_counts_each_year_from_one(storage: Storage) -> None:
    assert [await _draw(storage, year) for year in (2027, 2027, 2028, 2027)] == [
        "2027-000001",
        "2027-000002",
        "2028-000001",
        "2027-000003",
    ]


async def test_counts_on_within_one_transaction(storage: Storage) -> None:
    async with storage.writing() as unit:
        numbers = [await unit.appointments.next_receipt_number(2027) for _ in range(2)]
    assert numbers == ["2027-000001", "2027-000002"]


async def test_gives_the_number_of_a_transaction_that_failed_to_the_next(storage: Storage) -> None:
    assert await _draw(storage) == "2027-000001"
    with pytest.raises(Mishap):
        await _draw(storage, fail=True)
    assert await _draw(storage) == "2027-000002"


async def test_leaves_no_gap_and_repeats_none_among_rivals_of_whom_some_fail(storage: Storage) -> None:
    ends = await outcomes(*(_draw(storage, fail=number % 3 == 0) for number in range(15)))
    numbers = sorted(end for end in ends if isinstance(end, str))
    assert numbers == [f"2027-{number:06}" for number in range(1, 11)]
    assert sum(isinstance(end, Mishap) for end in ends) == 5
