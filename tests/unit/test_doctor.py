"""The road from registration to being listed, and ratings that do not drift."""

from datetime import UTC, datetime
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling_core.doctor import Doctor, DoctorStatus, Rating
from scheduling_core.errors import IllegalTransition
from scheduling_core.ids import DoctorId
from scheduling_core.money import Money

ALLOWED = {
    ("pending", "approved"),
    ("pending", "rejected"),
    ("approved", "suspended"),
    ("suspended", "approved"),
    ("rejected", "approved"),
}


def doctor(status: DoctorStatus) -> Doctor:
    return Doctor(
        id=DoctorId(UUID(int=1)),
        name="Dr. Asha Rao",
        email="asha@example.com",
        phone="+919812345678",
        specialization="Dermatology",
        fee=Money(50_000, "USD"),
        status=status,
        status_reason="as before",
        created_at=datetime(2027, 3, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(("before", "after"), list(product(DoctorStatus, DoctorStatus)), ids=str)
def test_changes_status_only_along_the_road(before: DoctorStatus, after: DoctorStatus):
    if (before, after) in ALLOWED:
        changed = doctor(before).become(after, reason="papers checked")
        assert (changed.status, changed.status_reason) == (after, "papers checked")
        assert changed.version == doctor(before).version
        assert doctor(before).become(after).status_reason == ""
    else:
        with pytest.raises(IllegalTransition, match=f"{before} cannot become {after}"):
            doctor(before).become(after)


def test_begins_unknown_unphotographed_and_waiting():
    new = Doctor(
        id=DoctorId(UUID(int=1)),
        name="Dr. Asha Rao",
        email="asha@example.com",
        phone="+919812345678",
        specialization="Dermatology",
        fee=Money(50_000, "USD"),
        created_at=datetime(2027, 3, 1, tzinfo=UTC),
    )

    assert (new.status, new.status_reason, new.version) == (DoctorStatus.PENDING, "", 1)
    assert (new.languages, new.qualifications, new.about, new.photo_url) == ((), "", "", None)


def test_is_listed_only_while_approved():
    assert {status for status in DoctorStatus if doctor(status).listed} == {DoctorStatus.APPROVED}


def test_has_no_average_before_anybody_rated():
    assert Rating() == Rating(stars=0, count=0)
    assert Rating().average is None


@given(st.lists(st.integers(1, 5), min_size=1, max_size=50))
def test_averages_the_stars_given_to_one_decimal(stars: list[int]):
    average = Rating(sum(stars), len(stars)).average

    assert average is not None
    assert min(stars) <= average <= max(stars)
    assert abs(average - sum(stars) / len(stars)) <= 0.05 + 1e-9
    assert average == round(average, 1)
