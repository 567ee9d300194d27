"""Searching by words over HTTP: relevance, forgiven slips, and suggestions while somebody types."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from adapters.http.introductions import Introductions
from adapters.http.kept_answers import KeptAnswers
from adapters.http.search_answers import SearchAnswers
from contract.http.front import Front
from scheduling_core.doctor import DoctorStatus
from scheduling_core.ports.directory import DoctorFilter
from scheduling_core.use_cases.directory import FindDoctors, Found
from scheduling_core.use_cases.soonest import KeepOutlooks
from support.clinic import OPEN_ALL_DAY, TERMS
from support.clock import MONDAY
from support.making import a_time_off, usd


async def test_forgives_slips_and_suggests(front: Front) -> None:
    rao = await front.clinic.doctor(name="Dr. Asha Rao")
    await front.clinic.doctor(name="Dr. Max Kuhn")
    page = (await front.http.get("/api/doctors?q=genral%20asah")).json()
    assert [each["name"] for each in page["items"]] == ["Dr. Asha Rao"]
    for sort in ("relevance", "next_free", "name"):
        page = (await front.http.get(f"/api/doctors?q=kuhn&sort={sort}")).json()
        assert [each["name"] for each in page["items"]] == ["Dr. Max Kuhn"]
    suggested = (await front.http.get("/api/doctors/suggest?q=rao")).json()
    assert suggested == {
        "specializations": [],
        "doctors": [
            {"id": str(rao.id), "name": "Dr. Asha Rao", "specialization": "General practice", "photo_url": None}
        ],
    }
    assert (await front.http.get("/api/doctors/suggest")).json() == {
        "specializations": [{"name": "General practice", "doctors": 2}],
        "doctors": [],
    }
    other = (await front.http.get("/api/doctors/suggest?q=Hausarzt")).json()
    assert other["specializations"] == [{"name": "General practice", "doctors": 2}]
    refused = await front.http.get(f"/api/doctors/suggest?q={'a' * 201}")
    assert (refused.status_code, refused.json()["type"]) == (400, "/problems/validation")


FIELD = "/api/doctors?specialization=General%20practice"


async def _soonest(front: Front) -> datetime:
    """When the one doctor is free next; from memory wherever that is allowed, and as it is found anew."""
    kept = (await front.http.get(FIELD)).json()
    front.kept_answers.clear()
    assert (await front.http.get(FIELD)).json() == kept
    return datetime.fromisoformat(kept["items"][0]["next_free_at"])


async def test_shows_who_is_free_first_from_memory_until_a_hold_lapses_and_no_longer(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    free_at = MONDAY + timedelta(minutes=30)
    front.clinic.clock.advance(minutes=1)
    assert await _soonest(front) == free_at
    assert (await front.hold(patient, doctor.id, f"{free_at:%Y-%m-%dT%H:%M:%SZ}")).status_code == 201
    assert await _soonest(front) == free_at + timedelta(minutes=30)
    front.clinic.clock.advance(seconds=TERMS.hold.total_seconds() - 1)
    assert await _soonest(front) == free_at + timedelta(minutes=30)
    front.clinic.clock.advance(seconds=1)
    assert await _soonest(front) == free_at


async def test_shows_who_is_free_first_from_memory_while_their_notice_can_be_honoured(front: Front) -> None:
    await front.clinic.doctor(replace(OPEN_ALL_DAY, minimum_notice_minutes=60))
    assert await _soonest(front) == MONDAY + timedelta(minutes=60)
    front.clinic.clock.advance(seconds=1)
    assert await _soonest(front) == MONDAY + timedelta(minutes=90)
    front.clinic.clock.advance(seconds=30 * 60 - 1)
    assert await _soonest(front) == MONDAY + timedelta(minutes=90)
    front.clinic.clock.advance(seconds=1)
    assert await _soonest(front) == MONDAY + timedelta(minutes=120)


async def test_shows_from_memory_no_fee_photo_or_hours_that_a_doctor_has_no_more_nor_who_is_suspended(
    front: Front,
) -> None:
    doctor = await front.clinic.doctor()

    async def shown() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await front.http.get(FIELD)).json()["items"]
        return items

    assert (await shown())[0]["photo_url"] is None
    async with front.clinic.storage.writing() as unit:
        pictured = replace(await unit.doctors.get(doctor.id), photo_url="https://photos.example.com/1.jpg")
        await unit.doctors.save(replace(pictured, fee=usd(9900)))
    assert [(each["photo_url"], each["fee"]["amount"]) for each in await shown()] == [(pictured.photo_url, 9900)]
    async with front.clinic.storage.writing() as unit:
        await unit.schedules.set_hours(doctor.id, replace(OPEN_ALL_DAY, minimum_notice_minutes=600))
    assert datetime.fromisoformat((await shown())[0]["next_free_at"]) == MONDAY + timedelta(hours=10)
    async with front.clinic.storage.writing() as unit:
        await unit.doctors.save((await unit.doctors.get(doctor.id)).become(DoctorStatus.SUSPENDED))
    assert await shown() == []


class _Meanwhile:
    """Finds doctors, and the first time something happens before, and perhaps after."""

    def __init__(self, find: FindDoctors, *first: Callable[[], Awaitable[None]]) -> None:
        self.mark = find.mark
        self._find, self._first = find, [*first]

    async def __call__(self, *args: Any, **kwargs: Any) -> Found:
        before, *after = self._first or [_nothing]
        self._first = []
        await before()
        found = await self._find(*args, **kwargs)
        for each in after:
            await each()
        return found


async def _nothing() -> None:
    pass


@pytest.mark.parametrize("at_once", [True, False])
async def test_no_page_is_kept_under_a_mark_that_is_older_than_it(front: Front, at_once: bool) -> None:
    """Once everything is as it was before, the mark is too, and the page of in between is not."""
    storage, clock = front.clinic.storage, front.clinic.clock
    keep = KeepOutlooks(storage, clock, TERMS)
    # More than the mark is about stand before the one who is away for longer.
    doctors = [await front.clinic.doctor() for _ in range(46)]
    away = {each.id: a_time_off(MONDAY, timedelta(days=1 if each is not doctors[-1] else 2)) for each in doctors}
    async with storage.writing() as unit:
        for id, off in away.items():
            await unit.schedules.add_time_off(id, off)
    await keep()
    late = doctors[-1].id

    async def comes_back() -> None:
        async with storage.writing() as unit:
            await unit.schedules.remove_time_off(late, away[late].id)

    async def leaves_again() -> None:
        async with storage.writing() as unit:
            await unit.schedules.add_time_off(late, away[late])
        await keep()

    find = FindDoctors(storage, clock, TERMS)
    use: Any = SimpleNamespace(find_doctors=_Meanwhile(find, comes_back, *[leaves_again] * at_once))
    answers = SearchAnswers(use, clock, KeptAnswers(), Introductions(lambda: 0.0))

    async def shown() -> bytes:
        return (await answers(DoctorFilter(), before=None, sort=None, after=None, limit=20)).body

    as_it_was = await find.mark(None, limit=20)
    in_between = await shown()
    if not at_once:
        await leaves_again()
    assert await find.mark(None, limit=20) == as_it_was
    assert await shown() != in_between
