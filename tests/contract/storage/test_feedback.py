"""What patients say of a doctor, page by page."""

from datetime import timedelta

import pytest

from contract.storage.making import HOUR, NINE, stored_doctor, stored_feedback, stored_patient, stored_visit
from scheduling_core.doctor import Doctor, Rating
from scheduling_core.errors import Outdated
from scheduling_core.feedback import Feedback
from scheduling_core.ids import DoctorId
from scheduling_core.ports.storage import Storage
from support.clock import MONDAY
from support.making import an_id, minutes


async def _given(storage: Storage, doctor: Doctor, count: int) -> list[Feedback]:
    """So many, the newest first, three of each minute."""
    patient = await stored_patient(storage)
    given = []
    for number in range(count):
        visit = await stored_visit(storage, doctor, patient, NINE + number * HOUR)
        given.append(await stored_feedback(storage, visit, number % 5 + 1, at=MONDAY + minutes(number // 3)))
    return sorted(given, key=lambda each: (each.given_at, each.appointment_id), reverse=True)


async def test_feedback_comes_back_exactly(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    visit = await stored_visit(storage, doctor, patient)
    feedback = await stored_feedback(
        storage, visit, 1, title="Très 👎", review="ж" * 10_000, at=MONDAY + timedelta(microseconds=123_457)
    )
    async with storage.reading() as unit:
        assert await unit.feedback.of_doctor(doctor.id, after=None, limit=5) == [feedback]


@pytest.mark.parametrize("limit", [1, 2, 5, 7, 8])
async def test_pages_newest_first_lose_nothing_and_repeat_nothing(storage: Storage, limit: int) -> None:
    doctor, other = await stored_doctor(storage), await stored_doctor(storage)
    given = await _given(storage, doctor, 7)
    await _given(storage, other, 1)
    seen: list[Feedback] = []
    while True:
        after = (seen[-1].given_at, seen[-1].appointment_id) if seen else None
        async with storage.reading() as unit:
            page = await unit.feedback.of_doctor(doctor.id, after=after, limit=limit)
        if not page:
            break
        seen += page
    assert seen == given


async def test_one_visit_is_rated_once(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    visit = await stored_visit(storage, doctor, patient)
    feedback = await stored_feedback(storage, visit, 5)
    with pytest.raises(Outdated):
        await stored_feedback(storage, visit, 1)
    async with storage.reading() as unit:
        assert await unit.feedback.of_doctor(doctor.id, after=None, limit=5) == [feedback]
        assert (await unit.directory.one(doctor.id)).rating == Rating(stars=5, count=1)


async def test_the_rating_is_the_exact_sum_of_what_is_not_hidden(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    given = await _given(storage, doctor, 3)  # 3, 2 and 1 stars

    async def saved(feedback: Feedback) -> Feedback:
        async with storage.writing() as unit:
            return await unit.feedback.save(feedback)

    async def rating() -> Rating:
        async with storage.reading() as unit:
            return (await unit.directory.one(doctor.id)).rating

    edited = await saved(given[0].edit(stars=5, title="Ünd", review="x", at=NINE))
    assert await rating() == Rating(stars=8, count=3)
    hidden = await saved(edited.hide(NINE, "Warum? 🤔"))
    assert await rating() == Rating(stars=3, count=2)
    await saved(given[1].answered("Danke.", NINE))
    again = await saved(hidden.edit(stars=1, title="x", review="", at=NINE))
    assert await rating() == Rating(stars=3, count=2)
    async with storage.reading() as unit:
        assert await unit.feedback.find(hidden.appointment_id) == again
        shown = await unit.feedback.of_doctor(doctor.id, after=None, limit=5)
        assert [each.appointment_id for each in shown] == [each.appointment_id for each in given[1:]]
        assert shown[0].answer == "Danke."
        assert len(await unit.feedback.of_doctor(doctor.id, after=None, limit=5, hidden_too=True)) == 3
    await saved(again.show("Nothing wrong with it."))
    assert await rating() == Rating(stars=4, count=3)
    with pytest.raises(Outdated):
        await saved(given[0])
    assert await rating() == Rating(stars=4, count=3)


async def test_a_visit_nobody_spoke_of_has_no_feedback(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    visit = await stored_visit(storage, doctor, patient)
    async with storage.reading() as unit:
        assert await unit.feedback.find(visit.id) is None


async def test_nobody_rated_an_unknown_doctor(storage: Storage) -> None:
    async with storage.reading() as unit:
        assert await unit.feedback.of_doctor(DoctorId(an_id()), after=None, limit=5) == []


async def test_counting_anew_changes_nothing_that_is_right(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    await _given(storage, doctor, 4)
    async with storage.writing() as unit:
        assert not await unit.feedback.recount(doctor.id)
    async with storage.reading() as unit:
        assert (await unit.directory.one(doctor.id)).rating == Rating(stars=10, count=4)


async def test_knows_of_whom_something_was_said_in_a_span(storage: Storage) -> None:
    first, second, hidden = [await stored_doctor(storage) for _ in range(3)]
    for doctor in (first, second, hidden):
        await _given(storage, doctor, 4)
    async with storage.writing() as unit:
        for each in await unit.feedback.of_doctor(hidden.id, after=None, limit=5):
            await unit.feedback.save(each.hide(MONDAY, "no"))
    async with storage.reading() as unit:
        rated = await unit.feedback.doctors_rated(since=MONDAY, until=MONDAY + minutes(1))
        assert set(rated) & {first.id, second.id, hidden.id} == {first.id, second.id}
        assert await unit.feedback.doctors_rated(since=MONDAY + minutes(2), until=MONDAY + minutes(9)) == []
        assert await unit.feedback.doctors_rated(since=MONDAY - minutes(9), until=MONDAY) == []
