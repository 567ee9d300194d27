"""Moving a visit over HTTP: previewed by GET, done by POST alone, refused with words that a page can act on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from contract.http.front import Front
from contract.http.steps import held, paid
from scheduling_core.doctor import Doctor
from scheduling_core.ids import AppointmentId
from scheduling_core.patient import Patient
from support.calendars import READERS, CalendarProgram

FRIDAY, SATURDAY, SUNDAY = "2027-03-05T10:00:00Z", "2027-03-06T10:00:00Z", "2027-03-07T10:00:00Z"


@pytest.fixture
async def doctor(front: Front) -> Doctor:
    return await front.clinic.doctor()


@pytest.fixture
async def patient(front: Front) -> Patient:
    return await front.clinic.patient()


@pytest.fixture
async def visit(front: Front, patient: Patient, doctor: Doctor) -> AppointmentId:
    booked = await held(front, patient, doctor, FRIDAY)
    await paid(front, patient, booked)
    return booked


async def move(front: Front, visit: AppointmentId, who: dict[str, str], to: str, **more: Any) -> httpx.Response:
    key = {"Idempotency-Key": more.pop("key")} if "key" in more else {}
    body = {"starts_at": to, **more}
    return await front.post(f"/api/appointments/{visit}/reschedule", body, headers={**who, **key})


async def preview(front: Front, visit: AppointmentId, who: dict[str, str]) -> Any:
    return (await front.http.get(f"/api/appointments/{visit}/reschedule", headers=who)).json()


async def test_moves_a_visit_and_says_how_often_yet(front: Front, visit: AppointmentId, patient: Patient) -> None:
    me = front.as_patient(patient)
    expected = {"allowed": True, "why_not": None, "moves_left": 3, "until": "2027-03-04T10:00:00Z"}
    assert await preview(front, visit, me) == expected
    before = (await front.http.get(f"/api/appointments/{visit}", headers=me)).json()
    answer = await move(front, visit, me, SATURDAY, expected_version=before["version"])
    assert answer.status_code == 200
    after = answer.json()
    assert (after["starts_at"], after["ends_at"]) == (SATURDAY, "2027-03-06T10:30:00Z")
    kept = ("id", "status", "doctor", "patient", "quote", "payment", "meeting", "receipt_number", "policy")
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert (await preview(front, visit, me))["moves_left"] == 2


async def test_a_doctors_move_shows_in_the_cancellation_preview(
    front: Front, visit: AppointmentId, patient: Patient, doctor: Doctor
) -> None:
    front.clinic.clock.advance(timedelta(days=4))
    assert (await move(front, visit, front.as_doctor(doctor), SATURDAY)).status_code == 200
    told = await front.http.get(f"/api/appointments/{visit}/cancellation", headers=front.as_patient(patient))
    total = {"amount": 5900, "currency": "USD"}
    assert told.json() == {"refund": total, "refundable_until": SATURDAY, "allowed": True}
    assert (await preview(front, visit, front.as_patient(patient)))["until"] == SATURDAY


async def test_an_outdated_link_moves_nothing(front: Front, visit: AppointmentId, patient: Patient) -> None:
    me = front.as_patient(patient)
    seen = (await front.http.get(f"/api/appointments/{visit}", headers=me)).json()["version"]
    assert (await move(front, visit, me, SATURDAY)).status_code == 200
    answer = await move(front, visit, me, SUNDAY, expected_version=seen)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/outdated")
    assert (await front.http.get(f"/api/appointments/{visit}", headers=me)).json()["starts_at"] == SATURDAY


async def test_a_cancelled_visit_is_not_brought_back(front: Front, visit: AppointmentId, patient: Patient) -> None:
    me = front.as_patient(patient)
    await front.post(f"/api/appointments/{visit}/cancel", {"reason": ""}, headers=me)
    answer = await move(front, visit, me, SATURDAY)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/cannot-reschedule")
    assert answer.json()["reason"] == "not_booked"
    barred = {"allowed": False, "why_not": "not_booked", "moves_left": 3, "until": None}
    assert await preview(front, visit, me) == barred


async def test_a_time_that_is_not_offered_is_refused_with_its_reason(
    front: Front, visit: AppointmentId, patient: Patient
) -> None:
    answer = await move(front, visit, front.as_patient(patient), "2027-03-06T10:07:00Z")
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/slot-not-offered")
    assert answer.json()["reason"] == "off_grid"


async def test_one_key_moves_once(front: Front, visit: AppointmentId, patient: Patient) -> None:
    me = front.as_patient(patient)
    first, again = [await move(front, visit, me, SATURDAY, key="one") for _ in range(2)]
    assert first.json() == again.json()
    other = await move(front, visit, me, SUNDAY, key="one")
    assert (other.status_code, other.json()["type"]) == (422, "/problems/request-reused")
    assert (await preview(front, visit, me))["moves_left"] == 2


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_looking_at_the_address_changes_nothing(
    front: Front, visit: AppointmentId, patient: Patient, method: str
) -> None:
    before = front.stored()
    address = f"/api/appointments/{visit}/reschedule?starts_at={SATURDAY}"
    await front.http.request(method, address, headers=front.as_patient(patient))
    assert front.stored() == before


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"starts_at": "tomorrow"},
        {"starts_at": "2027-03-06T10:00:00"},
        {"starts_at": SATURDAY, "length": 30},
        {"starts_at": SATURDAY, "expected_version": "4"},
        {"starts_at": SATURDAY, "expected_version": 0},
    ],
)
async def test_a_body_that_does_not_fit_is_refused(
    front: Front, visit: AppointmentId, patient: Patient, body: dict[str, object]
) -> None:
    before = front.stored()
    answer = await front.post(f"/api/appointments/{visit}/reschedule", body, headers=front.as_patient(patient))
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/validation")
    assert front.stored() == before


@pytest.mark.parametrize("name", READERS)
async def test_downloaded_calendar_files_follow_the_visit(
    front: Front, visit: AppointmentId, patient: Patient, name: str
) -> None:
    me, program = front.as_patient(patient), CalendarProgram(READERS[name])

    async def download() -> list[tuple[datetime, datetime]]:
        front.clinic.clock.advance(minutes=1)
        answer = await front.http.get(f"/api/appointments/{visit}/calendar.ics", headers=me)
        program.take(answer.content)
        return program.shown()

    friday = datetime(2027, 3, 5, 10, 0, tzinfo=UTC)
    length, day = timedelta(minutes=30), timedelta(days=1)
    assert await download() == [(friday, friday + length)]
    await move(front, visit, me, SATURDAY)
    assert await download() == [(friday + day, friday + day + length)]
    await front.post(f"/api/appointments/{visit}/cancel", {"reason": ""}, headers=me)
    assert await download() == []
    (event,) = program.events.values()
    assert (event.uid, event.sequence) == (f"{visit}@openhours", 2)
