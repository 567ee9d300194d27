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


async def test_nobody_rated_an_unknown_doctor(storage: Storage) -> None:
    async with storage.reading() as unit:
        assert await unit.feedback.of_doctor(DoctorId(an_id()), after=None, limit=5) == []
