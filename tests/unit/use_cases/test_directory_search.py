"""Searching for doctors: the best match first, unless another order was asked for; and suggestions while typing."""

import pytest

from scheduling_core.doctor import DoctorStatus
from scheduling_core.errors import InvalidInput
from scheduling_core.ports.directory import DoctorFilter
from scheduling_core.roll import Facet
from scheduling_core.use_cases.directory import Found, Sort, SuggestDoctors
from support.desk import Desk
from support.making import a_doctor, some_hours, usd

CLOSED = ((),) * 7


@pytest.fixture
async def desk() -> Desk:
    """Three who are called Meyer or nearly so, and one who is not."""
    made = Desk()
    await made.doctor(a_doctor(name="Bo Meyerhof", specialization="Dermatology"))
    await made.doctor(a_doctor(name="Cy Meyer", specialization="Cardiology"), some_hours(weekly=CLOSED))
    await made.doctor(a_doctor(name="Al Meier", specialization="Cardiology", fee=usd(10)))
    await made.doctor(a_doctor(name="Di Rao", specialization="Neurology"))
    await made.doctor(a_doctor(name="No Meyer", status=DoctorStatus.SUSPENDED))
    return made


def names(found: Found) -> list[str]:
    return [each.listed.doctor.name for each in found.items]


async def test_the_best_match_comes_first_even_who_is_not_free(desk: Desk):
    found = await desk.find_doctors(DoctorFilter(text="meyer"))

    assert names(found) == ["Cy Meyer", "Bo Meyerhof"]
    assert found.specializations == [Facet("Cardiology", 1), Facet("Dermatology", 1)]


async def test_any_other_order_can_be_asked_for(desk: Desk):
    assert names(await desk.find_doctors(DoctorFilter(text="meyer"), sort=Sort.NEXT_FREE)) == [
        "Bo Meyerhof",
        "Cy Meyer",
    ]
    assert names(await desk.find_doctors(DoctorFilter(text="mexer"), sort=Sort.FEE))[0] == "Al Meier"


async def test_slips_are_looked_for_among_those_whom_the_other_filters_leave(desk: Desk):
    assert names(await desk.find_doctors(DoctorFilter(text="meyer", max_fee=10))) == ["Al Meier"]
    assert names(await desk.find_doctors(DoctorFilter(text="cardoilogy", max_fee=10))) == ["Al Meier"]


async def test_pages_by_relevance(desk: Desk):
    seen: list[str] = []
    after = None
    while True:
        page = await desk.find_doctors(DoctorFilter(text="mexer"), after=after, limit=1)
        seen += names(page)
        after = page.next_cursor
        if after is None:
            break
    assert seen == ["Al Meier", "Bo Meyerhof", "Cy Meyer"] or seen == ["Al Meier", "Cy Meyer", "Bo Meyerhof"]
    assert page.total_count == 3


async def test_without_words_who_is_free_soonest_comes_first(desk: Desk):
    assert names(await desk.find_doctors(DoctorFilter()))[-1] == "Cy Meyer"


async def test_suggests_specializations_and_doctors_by_likelihood(desk: Desk):
    suggest = SuggestDoctors(desk.storage)
    cardio = await suggest("cardi")
    assert cardio.specializations == [Facet("Cardiology", 2)]
    assert [doctor.name for doctor in cardio.doctors] == ["Al Meier", "Cy Meyer"]
    slip = await suggest("cardoilogy")
    assert slip.specializations == [Facet("Cardiology", 2)]
    meyer = await suggest("Meyer", limit=1)
    assert (meyer.specializations, [doctor.name for doctor in meyer.doctors]) == ([], ["Cy Meyer"])
    nothing = await suggest("  ")
    assert (nothing.specializations[0], nothing.doctors) == (Facet("Cardiology", 2), [])
    nobody = await suggest("zzzzzzz")
    assert (nobody.specializations, nobody.doctors) == ([], [])


async def test_refuses_words_that_nobody_could_type(desk: Desk):
    with pytest.raises(InvalidInput):
        await SuggestDoctors(desk.storage)("x" * 201)
