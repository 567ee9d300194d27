"""Finding a doctor and a time, open to everybody and honest about how long an answer stays true."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from contract.http.front import Front, open_front, query
from scheduling_core.access import Actor
from support.clock import MONDAY
from support.making import a_feedback, a_hold, some_hours

ONE_DAY = query(from_="2027-03-01", to="2027-03-02")


async def test_shows_a_listed_doctor_with_what_a_visit_costs_in_all(front: Front) -> None:
    doctor = await front.clinic.doctor(fee=5001, name="Dr. Asha Rao")
    page = (await front.http.get("/api/doctors?q=asha")).json()
    assert page["total_count"] == 1
    assert page["items"] == [
        {
            "id": str(doctor.id),
            "name": "Dr. Asha Rao",
            "specialization": "General practice",
            "fee": {"amount": 5001, "currency": "USD"},
            "tax_percent": "18",
            "total": {"amount": 5901, "currency": "USD"},
            "rating": {"average": None, "count": 0},
            "languages": [],
            "photo_url": None,
            "time_zone": "UTC",
            "next_free_at": "2027-03-01T08:30:00Z",
        }
    ]
    assert page["facets"]["specialization"] == [{"name": "General practice", "count": 1}]
    assert page["facets"]["dearest"] == {"amount": 5001, "currency": "USD"}
    one = (await front.http.get(f"/api/doctors/{doctor.id}")).json()
    assert one.items() >= page["items"][0].items()
    assert (one["slot_minutes"], one["horizon_days"], one["clinic"]) == (30, 30, "Test Clinic")
    assert one["cancellation_policy"][0] == {"hours_before": 24, "percent": 100}
    assert (await front.http.get("/api/specializations")).json() == [{"name": "General practice", "doctors": 1}]


async def test_tells_the_highest_fee_of_all_whoever_fits_so_that_a_filter_reaches_everybody(front: Front) -> None:
    for fee in (2_000, 45_000, 9_000):
        await front.clinic.doctor(fee=fee)
    for narrowed in ("", "?max_fee=9000", "?q=nobody+is+called+so"):
        found = (await front.http.get(f"/api/doctors{narrowed}")).json()
        assert found["facets"]["dearest"] == {"amount": 45_000, "currency": "USD"}


async def test_pages_through_doctors_without_losing_or_repeating_any(front: Front) -> None:
    doctors = {str((await front.clinic.doctor(name=f"Dr. {letter}")).id) for letter in "ABCDE"}
    seen: list[str] = []
    path = "/api/doctors?sort=name&limit=2"
    for _ in range(3):
        page = (await front.http.get(path)).json()
        seen += [each["id"] for each in page["items"]]
        path = f"/api/doctors?sort=name&limit=2&cursor={page['next_cursor']}"
    assert (set(seen), len(seen), page["next_cursor"]) == (doctors, 5, None)


async def test_refuses_filters_that_make_no_sense(front: Front) -> None:
    for parameters in (
        "limit=0",
        "limit=101",
        "max_fee=-1",
        "max_fee=cheap",
        "max_fee=99999999999999999999",
        "min_rating=6",
        "min_rating=nan",
        "sort=beauty",
        "available_before=tomorrow",
        "available_before=2027-03-01T10:00:00",
        "available_before=1804000000",
        "available_before=0001-01-01T00:00:00%2B14:00",
        "cursor=nonsense",
        f"q={'a' * 201}",
    ):
        answer = await front.http.get(f"/api/doctors?{parameters}")
        assert (parameters, answer.status_code, answer.json()["type"]) == (parameters, 400, "/problems/validation")


async def test_refuses_dates_that_are_none_or_too_many(front: Front) -> None:
    doctor = await front.clinic.doctor()
    for first, last in (
        ("2027-03-01", "2027-03-01"),
        ("2027-03-02", "2027-03-01"),
        ("2027-03-01", "2027-05-03"),
        ("2027-02-30", "2027-03-01"),
        ("0001-01-01", "0001-01-02"),
        ("9999-12-30", "9999-12-31"),
        ("1804000000", "1804000001"),
        ("2027-03-01T00:00:00Z", "2027-03-02T00:00:00Z"),
    ):
        answer = await front.http.get(f"/api/doctors/{doctor.id}/slots{query(from_=first, to=last)}")
        assert (first, answer.status_code, answer.json()["type"]) == (first, 400, "/problems/validation")
    missing = await front.http.get(f"/api/doctors/{doctor.id}/slots?to=2027-03-01")
    assert missing.json()["errors"] == [{"field": "from", "message": "This is required."}]
    wrong = await front.http.get(f"/api/doctors/{doctor.id}/slots?from=soon&to=2027-03-01")
    assert wrong.json()["errors"][0]["field"] == "from"


async def test_offers_slots_with_what_makes_the_answer_untrue(front: Front) -> None:
    # In Kolkata it is half past one: the slot at nine has passed, the one at two has not, and the day ends at 18:30 UTC.
    hours = some_hours(slot_minutes=60, gap_minutes=240, time_zone="Asia/Kolkata", minimum_notice_minutes=30)
    doctor = await front.clinic.doctor(hours)
    answer = await front.http.get(f"/api/doctors/{doctor.id}/slots{ONE_DAY}")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.json() == {
        "doctor_id": str(doctor.id),
        "time_zone": "Asia/Kolkata",
        "tax_percent": "18",
        "slots": [{"starts_at": "2027-03-01T08:30:00Z", "ends_at": "2027-03-01T09:30:00Z", "status": "free"}],
        "valid_until": "2027-03-01T08:00:00.000001Z",
    }


async def test_answers_that_nothing_changed_until_something_does(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    path = f"/api/doctors/{doctor.id}/slots{ONE_DAY}"
    first = await front.http.get(path)
    tag = first.headers["etag"]

    async def again(if_none_match: str) -> int:
        answer = await front.http.get(path, headers={"If-None-Match": if_none_match})
        assert answer.headers["cache-control"] == "no-cache"
        assert (answer.status_code == 304) == (answer.content == b"")
        return answer.status_code

    assert await again(tag) == 304
    assert await again(f'"other", {tag.removeprefix("W/")}') == 304
    assert await again("*") == 304
    assert await again('"other"') == 200
    other_days = await front.http.get(
        f"/api/doctors/{doctor.id}/slots{query(from_='2027-03-01', to='2027-03-03')}", headers={"If-None-Match": tag}
    )
    assert other_days.status_code == 200

    # Time alone changes what is offered: half past eight comes too close to be held.
    front.clinic.clock.advance(minutes=28, microseconds=1)
    assert await again(tag) == 200
    tag = (await front.http.get(path)).headers["etag"]
    await front.hold(patient, doctor.id, "2027-03-01T10:00:00Z")
    assert await again(tag) == 200
    tag = (await front.http.get(path)).headers["etag"]
    # And a hold lapses without anything being written.
    front.clinic.clock.advance(minutes=10)
    assert await again(tag) == 200


async def test_forgets_its_tags_when_the_deployment_changes() -> None:
    tags = set()
    for changes in ({}, {"tzdata_version": "2027a"}, {"version": "2"}):
        async with open_front(**changes) as front:
            doctor = await front.clinic.doctor()
            tags.add((await front.http.get(f"/api/doctors/{doctor.id}/slots{ONE_DAY}")).headers["etag"])
    assert len(tags) == 3


async def test_hides_a_doctor_who_is_not_listed(front: Front) -> None:
    doctor, admin = await front.clinic.doctor(), await front.administrator()
    await front.http.post(f"/api/admin/doctors/{doctor.id}/suspend", headers=admin)
    for path in ("", f"/slots{ONE_DAY}", "/feedback"):
        assert (await front.http.get(f"/api/doctors/{doctor.id}{path}")).status_code == 404
    assert (await front.http.get("/api/doctors")).json()["items"] == []


async def test_compresses_long_public_answers_and_no_private_ones(front: Front) -> None:
    doctor = await front.clinic.doctor()
    wide = query(from_="2027-03-01", to="2027-03-31")
    gzipped = {"Accept-Encoding": "gzip"}
    public = await front.http.get(f"/api/doctors/{doctor.id}/slots{wide}", headers=gzipped)
    assert public.headers["content-encoding"] == "gzip"
    assert len(public.json()["slots"]) > 1000
    private = await front.http.get(
        f"/api/doctor/schedule{wide}", headers={**gzipped, **front.token(Actor.doctor(doctor.id))}
    )
    assert "content-encoding" not in private.headers


async def test_tells_the_terms_of_the_clinic() -> None:
    async with open_front(simulated=("payments", "notify"), tzdata_version="2026.6") as front:
        clinic = (await front.http.get("/api/clinic")).json()
    assert clinic == {
        "name": "Test Clinic",
        "currency": "USD",
        "tax_percent": "18",
        "hold_minutes": 10,
        "cancellation_policy": [{"hours_before": 24, "percent": 100}, {"hours_before": 4, "percent": 50}],
        "follow_up_times": 3,
        "simulated": ["payments", "notify"],
        "tzdata_version": "2026.6",
    }


async def test_shows_what_patients_said_without_saying_who(front: Front) -> None:
    doctor = await front.clinic.doctor()
    patient = await front.clinic.patient()
    async with front.clinic.storage.writing() as unit:
        for number, stars in enumerate((5, 4, 3)):
            hold = a_hold(doctor, patient, MONDAY + timedelta(hours=number))
            await unit.feedback.add(a_feedback(hold.after, stars, at=MONDAY + timedelta(minutes=number)))
    first = (await front.http.get(f"/api/doctors/{doctor.id}/feedback?limit=2")).json()
    rest = (await front.http.get(f"/api/doctors/{doctor.id}/feedback?limit=2&cursor={first['next_cursor']}")).json()
    assert [each["stars"] for each in first["items"] + rest["items"]] == [3, 4, 5]
    assert rest["next_cursor"] is None
    said = {"stars", "title", "review", "given_at", "edited_at"}
    assert set(first["items"][0]) == said | {"answer", "answered_at"}


async def test_knows_from_a_tag_alone_that_nothing_changed(front: Front) -> None:
    doctor = await front.clinic.doctor()
    path = f"/api/doctors/{doctor.id}/slots{ONE_DAY}"
    tag = (await front.http.get(path)).headers["etag"]

    async def to_another_process(if_none_match: str) -> int:
        front.kept_answers.clear()
        return (await front.http.get(path, headers={"If-None-Match": if_none_match})).status_code

    version, until, about = tag.removeprefix('W/"').removesuffix('"').split("-")
    forged = (
        f'W/"{version}-{"f" * 40}-{about}"',
        f'W/"{version}--{about}"',
        f'W/"-{until}-{about}"',
        f'W/"{version}-{until}-x"',
    )
    assert await to_another_process(tag) == 304
    assert await to_another_process(f"{forged[0]}, {tag}") == 304
    assert [await to_another_process(each) for each in forged] == [200] * 4
    front.clinic.clock.advance(days=1)
    assert await to_another_process(tag) == 200
    async with front.clinic.storage.writing() as unit:
        await unit.schedules.lock(doctor.id)
    assert await to_another_process((await front.http.get(path)).headers["etag"]) == 304


async def test_shows_who_is_free_first_from_memory_as_it_would_be_found_anew(front: Front) -> None:
    doctors, patient = [await front.clinic.doctor() for _ in range(2)], await front.clinic.patient()

    async def shown(accept: str = "identity") -> Any:
        answer = await front.http.get("/api/doctors", headers={"Accept-Encoding": accept})
        assert answer.headers["vary"] == "Accept-Encoding"
        return answer.json()

    async def anew() -> Any:
        front.kept_answers.clear()
        return await shown()

    first = await shown()
    kept = front.kept_answers.get(("first page", None, 20))
    await shown()
    assert kept is front.kept_answers.get(("first page", None, 20)) is not None
    assert await shown("gzip, br") == await shown("gzip") == await shown() == first == await anew()
    soonest = first["items"][0]
    assert (await front.hold(patient, soonest["id"], soonest["next_free_at"])).status_code == 201
    held = await shown()
    assert await shown("gzip") == held == await anew() != first
    async with front.clinic.storage.writing() as unit:
        await unit.doctors.save(replace(await unit.doctors.get(doctors[1].id), name="Ada Nwosu"))
    renamed = await shown()
    assert renamed == await anew() != held
    front.clinic.clock.advance(hours=30)
    assert await shown() == await anew() != renamed


async def test_shows_from_memory_what_is_written_down_anew(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    path = f"/api/doctors/{doctor.id}/slots{query(from_='2027-03-01', to='2027-03-08')}"

    async def shown(accept: str) -> tuple[object, str]:
        answer = await front.http.get(path, headers={"Accept-Encoding": accept})
        assert answer.headers["vary"] == "Accept-Encoding"
        return answer.json(), answer.headers["etag"]

    first = await shown("identity")
    assert await shown("gzip, br") == await shown("gzip") == await shown("identity") == first
    await front.hold(patient, doctor.id, "2027-03-01T10:00:00Z")
    held = await shown("gzip")
    assert held != first
    front.kept_answers.clear()
    assert await shown("identity") == await shown("gzip") == held
