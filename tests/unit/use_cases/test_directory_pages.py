"""Found doctors a page at a time: nobody missed, nobody twice, and no cursor believed."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import pytest

from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import InvalidInput
from scheduling_core.ports.directory import DoctorFilter
from scheduling_core.roll import Facet
from scheduling_core.use_cases.directory import Sort
from support.clock import MONDAY
from support.desk import Desk
from support.making import a_doctor, a_feedback, an_id, minutes, some_hours, usd

ANYBODY = DoctorFilter()
NINE = MONDAY + minutes(60)
CLOSED = ((),) * 7


async def rated(desk: Desk, name: str, *stars: int) -> Doctor:
    """A doctor with these ratings, each of a visit of its own."""
    doctor = await desk.doctor(a_doctor(name=name))
    for number, given in enumerate(stars):
        visit = await desk.visit(doctor, NINE + timedelta(days=number))
        await desk.feedback(a_feedback(visit, given))
    return doctor


async def walk(desk: Desk, **wish: Any) -> list[Doctor]:
    """All pages, one after the other."""
    seen: list[Doctor] = []
    after = None
    while True:
        page = await desk.find_doctors(ANYBODY, after=after, **wish)
        seen += [each.listed.doctor for each in page.items]
        after = page.next_cursor
        if after is None:
            return seen


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("sort", Sort)
async def test_pages_show_everybody_once_in_the_order_of_the_whole(desk: Desk, sort: Sort, limit: int):
    await rated(desk, "Rated | with a bar", 4)
    await desk.doctor(a_doctor(name="Closed"), some_hours(weekly=CLOSED))
    for number in range(5):
        await desk.doctor(a_doctor(name=f"Dr. Ünal {number % 2}", fee=usd(100 * (number % 3))))
    whole = await desk.find_doctors(ANYBODY, sort=sort, limit=100)

    assert whole.next_cursor is None
    assert await walk(desk, sort=sort, limit=limit) == [each.listed.doctor for each in whole.items]


async def test_a_page_tells_of_the_whole_match(desk: Desk):
    await desk.doctor(a_doctor(specialization="Dermatology", languages=("German", "English")))
    await desk.doctor(a_doctor(specialization="Dermatology", languages=("English",)))
    await desk.doctor(a_doctor(specialization="Cardiology", languages=()))
    page = await desk.find_doctors(ANYBODY, limit=1)

    assert (len(page.items), page.total_count) == (1, 3)
    assert page.specializations == [Facet("Cardiology", 1), Facet("Dermatology", 2)]
    assert page.languages == [Facet("English", 2), Facet("German", 1)]
    assert await desk.list_specializations() == page.specializations


async def test_a_cursor_stays_good_when_doctors_go_and_get_booked(desk: Desk):
    boss = await desk.boss()
    doctors = sorted([await desk.doctor() for _ in range(4)], key=lambda doctor: doctor.id)
    page = await desk.find_doctors(ANYBODY, limit=2)
    await desk.decide_doctor(boss, doctors[1].id, DoctorStatus.SUSPENDED)
    await desk.visit(doctors[0], NINE)
    rest = await desk.find_doctors(ANYBODY, limit=2, after=page.next_cursor)

    assert [each.listed.doctor.id for each in page.items] == [doctors[0].id, doctors[1].id]
    # The first one has a later free slot by now, and so is seen a second time rather than missed by anybody.
    assert [each.listed.doctor.id for each in rest.items] == [doctors[2].id, doctors[3].id]
    assert rest.total_count == 3


def packed(words: str) -> str:
    return urlsafe_b64encode(words.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "", "!", "é", "a", "====", "Zm9v", packed(""), packed("name|0|0|x"), packed("name|0|0|not an id|x"),
        packed(f"name|x|0|{an_id()}|"), packed(f"name|{'9' * 5000}|0|{an_id()}|"), packed(f"name|0|0|{an_id()}"),
        packed(f"fee|0|0|{an_id()}|"), packed(f"|0|0|{an_id()}|"), urlsafe_b64encode(b"\xff\xfe\xfd").decode(),
    ],
)  # fmt: skip
async def test_refuses_a_cursor_that_it_never_gave(desk: Desk, cursor: str):
    with pytest.raises(InvalidInput) as refusal:
        await desk.find_doctors(ANYBODY, sort=Sort.NAME, after=cursor)

    assert refusal.value.field == "cursor"


async def test_refuses_a_cursor_of_another_order(desk: Desk):
    for _ in range(2):
        await desk.doctor()
    cursor = (await desk.find_doctors(ANYBODY, limit=1, sort=Sort.FEE)).next_cursor

    with pytest.raises(InvalidInput):
        await desk.find_doctors(ANYBODY, limit=1, sort=Sort.NAME, after=cursor)


async def test_looks_for_long_words_on_large_pages(desk: Desk):
    assert (await desk.find_doctors(DoctorFilter(text="x" * 200), limit=200)).items == []


@pytest.mark.parametrize("limit", [0, -1, 201])
async def test_refuses_a_page_of_no_sensible_size(desk: Desk, limit: int):
    with pytest.raises(InvalidInput) as refusal:
        await desk.find_doctors(ANYBODY, limit=limit)

    assert refusal.value.field == "limit"


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("q", DoctorFilter(text="a\x00b")),
        ("q", DoctorFilter(text="x" * 201)),
        ("specialization", DoctorFilter(specialization="\x00")),
        ("language", DoctorFilter(language="\ud800")),
    ],
)
async def test_refuses_to_look_for_what_nobody_can_type(desk: Desk, field: str, wanted: DoctorFilter):
    with pytest.raises(InvalidInput) as refusal:
        await desk.find_doctors(wanted)

    assert refusal.value.field == field
