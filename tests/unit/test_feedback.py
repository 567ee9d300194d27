"""What a patient says of a visit."""

import pytest

from scheduling_core.errors import InvalidInput
from support.clock import MONDAY
from support.making import a_doctor, a_feedback, a_hold, a_patient

VISIT = a_hold(a_doctor(), a_patient(), MONDAY).after


@pytest.mark.parametrize("stars", [1, 2, 3, 4, 5])
def test_gives_one_to_five_stars(stars: int):
    assert a_feedback(VISIT, stars).stars == stars


@pytest.mark.parametrize("stars", [-1, 0, 6])
def test_gives_no_other_number_of_stars(stars: int):
    with pytest.raises(InvalidInput) as refusal:
        a_feedback(VISIT, stars)

    assert refusal.value.field == "stars"
