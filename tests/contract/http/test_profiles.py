"""A doctor's own details, and the calendar feed, over HTTP."""

import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

from icalendar import Calendar
from structlog.testing import capture_logs

from adapters.http.limits import CALENDAR_FEED
from contract.http.front import Front, open_front
from contract.http.steps import held, paid

FEED = "/api/me/calendar-feed"


async def feed_path(front: Front, me: dict[str, str]) -> str:
    made = await front.post(FEED, headers=me)
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    return urlsplit(made.json()["url"]).path


async def test_a_doctor_changes_their_own_details(front: Front) -> None:
    doctor = await front.clinic.doctor(name="Dr. Asha Rao")
    me = front.as_doctor(doctor)
    change = {
        "name": "Dr. Asha Iyer",
        "fee": {"amount": 7000, "currency": "USD"},
        "languages": ["Hindi"],
        "about": "Skin.",
    }
    changed = await front.http.patch("/api/doctor/profile", json=change, headers=me)
    assert changed.status_code == 200
    assert changed.json().items() >= change.items()
    assert (await front.http.get("/api/doctor/profile", headers=me)).json() == changed.json()
    listed = (await front.http.get(f"/api/doctors/{doctor.id}")).json()
    assert (listed["name"], listed["total"]["amount"]) == ("Dr. Asha Iyer", 8260)
    for field, value in (
        ("fee", {"amount": 49, "currency": "USD"}), ("phone", "030 1"), ("email", "a@example.com"), ("status", "approved"),
    ):  # fmt: skip
        answer = await front.http.patch("/api/doctor/profile", json={field: value}, headers=me)
        assert (field, answer.status_code) == (field, 400)
        assert answer.json()["errors"][0]["field"].partition(".")[0] == field


async def test_a_doctor_learns_what_patients_pay_before_deciding_on_a_fee(front: Front) -> None:
    quoted = (await front.http.get("/api/clinic/price?fee=9001")).json()
    assert (quoted["tax"]["amount"], quoted["total"]["amount"], quoted["tax_percent"]) == (1620, 10621, "18")
    assert (await front.http.get("/api/clinic/price?fee=0")).json()["total"]["amount"] == 0
    for fee in ("49", "-1", "100000000000", "many", ""):
        refused = await front.http.get(f"/api/clinic/price?fee={fee}")
        assert (refused.status_code, refused.json()["type"]) == (400, "/problems/validation"), fee


async def test_a_calendar_program_reads_visits_that_it_can_understand(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(name="Dr. Asha Rao"), await front.clinic.patient(name="Lena Koch")
    id = await held(front, patient, doctor, reason="A rash")
    await paid(front, patient, id)
    mailed = await front.http.get(f"/api/appointments/{id}/calendar.ics", headers=front.as_patient(patient))
    for me in (front.as_patient(patient), front.as_doctor(doctor)):
        answer = await front.http.get(await feed_path(front, me))
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        assert event["UID"] == Calendar.from_ical(mailed.content).walk("VEVENT")[0]["UID"]
        assert event["DTSTART"].dt == datetime(2027, 3, 1, 10, tzinfo=UTC)
        assert event["SUMMARY"] == "Openhours video visit"
        for private in ("Rao", "Koch", "rash", "meet.example.com"):
            assert private not in answer.text


async def test_what_has_not_changed_is_not_sent_again(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    path = await feed_path(front, front.as_patient(patient))
    empty = await front.http.get(path)
    front.clinic.clock.advance(minutes=5)
    again = await front.http.get(path, headers={"If-None-Match": empty.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await paid(front, patient, await held(front, patient, doctor))
    changed = await front.http.get(path, headers={"If-None-Match": empty.headers["etag"]})
    assert (changed.status_code, changed.text.count("BEGIN:VEVENT")) == (200, 1)


async def test_an_address_that_was_replaced_or_ended_opens_nothing(front: Front) -> None:
    me = front.as_patient(await front.clinic.patient())
    assert (await front.http.get(FEED, headers=me)).json() == {"active": False, "created_at": None}
    old = await feed_path(front, me)
    new = await feed_path(front, me)
    assert (await front.http.get(FEED, headers=me)).json() == {"active": True, "created_at": "2027-03-01T08:00:00Z"}
    assert (await front.http.get(old)).status_code == 404
    assert (await front.http.get(new)).status_code == 200
    assert (await front.http.get(new.removesuffix(".ics"))).status_code == 404
    assert (await front.http.delete(FEED, headers=me)).status_code == 204
    assert (await front.http.get(new)).status_code == 404


async def test_the_address_stands_in_no_log(front: Front) -> None:
    me = front.as_patient(await front.clinic.patient())
    with capture_logs() as logs:
        path = await feed_path(front, me)
        await front.http.get(path)
        await front.http.post(path)
    secret = path.rpartition("/")[2].removesuffix(".ics")
    assert [line["path"] for line in logs if line["event"] == "request"][1:] == ["/api/calendar/…"] * 2
    assert secret not in json.dumps(logs, default=repr)


async def test_nobody_tries_addresses_without_end() -> None:
    async with open_front(rate_limits=True) as front:
        for _ in range(CALENDAR_FEED.a_minute):
            assert (await front.http.get("/api/calendar/guess.ics")).status_code == 404
        assert (await front.http.get("/api/calendar/guess.ics")).status_code == 429
