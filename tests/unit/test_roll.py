"""What is kept of listed doctors, and beside it of their ratings."""

from uuid import UUID

from scheduling_core.doctor import Rating
from scheduling_core.ids import DoctorId
from scheduling_core.roll import Entry, Ratings, Roll


def _entry(number: int, *, fee: int = 0) -> Entry:
    return Entry(
        id=DoctorId(UUID(int=number)), name=f"dr {number}", specialization="GP", fee=fee, languages=("en",), text=""
    )


def test_well_rated_is_who_shows_that_average_or_a_better_one() -> None:
    everybody = Roll([_entry(1), _entry(2), _entry(3), _entry(4)]).everybody
    # 3.95 is shown as 4.0, 3.9 as 3.9; nobody has rated the fourth.
    ratings = Ratings(
        {
            each.id: rating
            for each, rating in zip(everybody.entries, (Rating(79, 20), Rating(39, 10), Rating(5, 1)), strict=False)
        }
    )
    assert [each.id.int for each in ratings.well_rated(everybody, 4.0).entries] == [1, 3]
    assert [each.id.int for each in ratings.well_rated(everybody, 0.0).entries] == [1, 2, 3]
    assert ratings.well_rated(everybody, 5.0).entries == [everybody.entries[2]]


def test_nobody_counts_for_a_rating_who_is_not_among_those_chosen() -> None:
    roll = Roll([_entry(1, fee=10), _entry(2, fee=20)])
    ratings = Ratings({each.id: Rating(5, 1) for each in roll.everybody.entries})
    assert [each.id.int for each in ratings.well_rated(roll.narrowed(None, 15, None), 4.0).entries] == [1]


def test_the_same_is_not_reckoned_twice() -> None:
    roll = Roll([_entry(1), _entry(2)])
    ratings = Ratings({roll.everybody.entries[0].id: Rating(5, 1)})
    first = ratings.well_rated(roll.narrowed("GP", None, None), 4.0)
    assert ratings.well_rated(roll.narrowed("GP", None, None), 4.0) is first
