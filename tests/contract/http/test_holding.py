"""Everything that a hold is refused for, and who may see it."""

from datetime import UTC, datetime

import pytest

from contract.http.front import Front
from contract.http.steps import TEN, held
from scheduling_core.access import Actor
from scheduling_core.hours import Span
from scheduling_core.instants import Interval
from scheduling_core.use_cases.hours import AddTimeOff
from support.making import some_hours

WORKING_WEEK = some_hours(minimum_notice_minutes=90, horizon_days=30, weekly=((Span(9 * 60, 17 * 60),),) * 6 + ((),))
"""Nine to five but for Sundays, an hour and a half of notice, thirty days ahead. Tests begin on a Monday at eight."""


@pytest.mark.parametrize(
    ("starts_at", "reason"),
    [
        ("2027-02-27T10:00:00Z", "past"),
        ("2027-03-01T07:00:00Z", "past"),
        ("2027-03-01T09:00:00Z", "notice"),
        ("2027-03-01T10:00:01Z", "off_grid"),
        ("2027-03-01T10:00:00.000001Z", "off_grid"),
        ("2027-03-01T10:10:00Z", "off_grid"),
        ("2027-03-01T16:45:00Z", "off_grid"),
        ("2027-03-01T17:00:00Z", "closed"),
        ("2027-03-02T08:30:00Z", "closed"),
        ("2027-03-07T10:00:00Z", "closed"),
        ("2027-04-02T10:00:00Z", "horizon"),
        ("2027-03-03T10:00:00Z", "time_off"),
    ],
)
async def test_says_why_a_slot_is_not_offered_and_stores_nothing(front: Front, starts_at: str, reason: str) -> None:
    doctor, patient = await front.clinic.doctor(WORKING_WEEK), await front.clinic.patient()
    away = Interval(start=datetime(2027, 3, 3, tzinfo=UTC), end=datetime(2027, 3, 4, tzinfo=UTC))
    await AddTimeOff(front.clinic.storage, front.clinic.chance)(Actor.doctor(doctor.id), None, interval=away)
    before = front.stored()
    answer = await front.hold(patient, doctor.id, starts_at)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/slot-not-offered")
    assert answer.json()["reason"] == reason
    assert front.stored() == before


async def test_tells_a_taken_slot_from_a_patient_who_is_busy(front: Front) -> None:
    doctor, other = await front.clinic.doctor(), await front.clinic.doctor()
    lena, maya = await front.clinic.patient(), await front.clinic.patient()
    await held(front, lena, doctor)
    assert (await front.hold(maya, doctor.id, TEN)).json()["type"] == "/problems/slot-taken"
    busy = await front.hold(lena, other.id, TEN, key="another")
    assert (busy.status_code, busy.json()["type"]) == (409, "/problems/patient-busy")


async def test_needs_a_request_key_to_hold_and_answers_a_repeated_one_alike(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    body = {"doctor_id": str(doctor.id), "starts_at": TEN}
    without = await front.post("/api/appointments", body, headers=front.as_patient(patient))
    assert (without.status_code, without.json()["type"]) == (400, "/problems/idempotency-key-required")
    for odd in ("", " ", "a" * 201, "a b", "caf\u00e9"):
        headers = {"Idempotency-Key": odd.encode("latin-1"), **front.as_patient(patient)}
        answer = await front.http.post("/api/appointments", json=body, headers=headers)
        assert (odd, answer.status_code) == (odd, 400)

    once, again = await front.hold(patient, doctor.id, TEN), await front.hold(patient, doctor.id, TEN)
    assert (again.status_code, again.json()) == (201, once.json())
    other = await front.hold(patient, doctor.id, "2027-03-01T12:00:00Z")
    assert (other.status_code, other.json()["type"]) == (422, "/problems/request-reused")
    assert len(front.stored()["appointments"]) == 1


async def test_lets_only_administrators_name_the_patient(front: Front) -> None:
    doctor, patient, other = (
        await front.clinic.doctor(), await front.clinic.patient(), await front.clinic.patient()
    )  # fmt: skip
    before = front.stored()
    refused = await front.hold(patient, doctor.id, TEN, patient_id=str(other.id))
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")
    assert front.stored() == before
    body = {"doctor_id": str(doctor.id), "starts_at": TEN, "patient_id": str(patient.id)}
    admin = await front.administrator()
    answer = await front.post("/api/appointments", body, headers={**admin, "Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["patient"]["id"]) == (201, str(patient.id))
    assert (answer.json()["booked_by_me"], answer.json()["reason"]) == (False, None)


async def test_hides_another_persons_appointment_as_if_it_were_not_there(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    id = await held(front, patient, doctor)
    strangers = [
        front.as_patient(await front.clinic.patient()),
        front.as_doctor(await front.clinic.doctor()),
    ]
    before = front.stored()
    for stranger in strangers:
        for path in ("", "/cancellation", "/calendar.ics"):
            answer = await front.http.get(f"/api/appointments/{id}{path}", headers=stranger)
            nothing = await front.http.get(f"/api/appointments/{doctor.id}{path}", headers=stranger)
            assert answer.status_code == nothing.status_code == 404
            assert answer.json() | {"instance": ""} == nothing.json() | {"instance": ""}
        cancelling = await front.post(f"/api/appointments/{id}/cancel", {"reason": ""}, headers=stranger)
        assert cancelling.status_code == 404
    paying = await front.post(f"/api/appointments/{id}/checkout", headers=strangers[0])
    assert paying.status_code == 404
    assert front.stored() == before


async def test_shows_a_lapsed_hold_as_cancelled_before_anybody_tidied_up(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    id = await held(front, patient, doctor)
    front.clinic.clock.advance(minutes=10)
    seen = (await front.http.get(f"/api/appointments/{id}", headers=front.as_patient(patient))).json()
    assert (seen["status"], seen["hold_expires_at"], seen["payment"]["status"]) == ("cancelled", None, "expired")
    assert (seen["cancelled"]["by"], seen["cancelled"]["kind"]) == ("system", "expired")
    late = await front.post(f"/api/appointments/{id}/checkout", headers=front.as_patient(patient))
    assert (late.status_code, late.json()["type"]) == (409, "/problems/hold-expired")
