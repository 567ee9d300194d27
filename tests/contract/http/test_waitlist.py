"""Waiting for a time over HTTP, answering an offer, and follow-up times."""

from typing import Any
from uuid import UUID

import pytest

from contract.http.front import Front
from contract.http.steps import TEN, held, paid
from scheduling_core.doctor import Doctor
from scheduling_core.ids import AppointmentId
from scheduling_core.patient import Patient

DAY = {"from": "2027-03-01T00:00:00Z", "until": "2027-03-02T00:00:00Z"}


async def wait_for(front: Front, patient: Patient, **wish: Any) -> Any:
    answer = await front.post("/api/waitlist", {**DAY, **wish}, headers=front.as_patient(patient))
    assert answer.status_code == 201, answer.json()
    return answer.json()


async def waits(front: Front, patient: Patient) -> Any:
    return (await front.http.get("/api/waitlist", headers=front.as_patient(patient))).json()


async def upcoming(front: Front, patient: Patient) -> Any:
    return (await front.http.get("/api/appointments", headers=front.as_patient(patient))).json()["items"]


async def release_ten(front: Front, doctor: Doctor) -> None:
    """Somebody books ten o'clock and calls it off."""
    other = await front.clinic.patient()
    booked = await held(front, other, doctor)
    await paid(front, other, booked)
    answer = await front.post(f"/api/appointments/{booked}/cancel", {"reason": ""}, headers=front.as_patient(other))
    assert answer.status_code == 200
    await front.clinic.settle()


async def test_waits_is_offered_the_released_time_accepts_and_pays(front: Front) -> None:
    doctor, lena = await front.clinic.doctor(), await front.clinic.patient()
    wait = await wait_for(front, lena, doctor_id=str(doctor.id), part_of_day="morning")
    assert (wait["state"], wait["doctor_id"], wait["until"]) == ("waiting", str(doctor.id), DAY["until"])
    await release_ten(front, doctor)

    [offer] = await upcoming(front, lena)
    assert (offer["status"], offer["hold_kind"], offer["starts_at"]) == ("pending", "waitlist", TEN)
    assert offer["offer_expires_at"] == offer["hold_expires_at"] == "2027-03-01T08:15:00Z"
    assert (offer["accepted_at"], offer["checkout_closes_at"]) == (None, None)
    assert [each["action"] for each in offer["actions"]] == ["accept", "cancel"]
    assert [each["offer"] for each in await waits(front, lena)] == [offer["id"]]

    me = front.as_patient(lena)
    unasked = await front.post(f"/api/appointments/{offer['id']}/checkout", headers=me)
    assert (unasked.status_code, unasked.json()["type"]) == (409, "/problems/checkout-unavailable")
    accept = f"/api/appointments/{offer['id']}/accept"
    accepted = await front.post(accept, headers={**me, "Idempotency-Key": "a"})
    assert accepted.status_code == 200
    after = accepted.json()
    assert (after["offer_expires_at"], after["hold_expires_at"]) == (None, "2027-03-01T08:10:00Z")
    assert after["accepted_at"] == "2027-03-01T08:00:00Z"
    assert (await front.post(accept, headers={**me, "Idempotency-Key": "a"})).json() == after
    await paid(front, lena, AppointmentId(UUID(offer["id"])))
    assert [each["status"] for each in await upcoming(front, lena)] == ["booked"]
    assert await waits(front, lena) == []


async def test_declining_leaves_the_wait_and_leaving_ends_it(front: Front) -> None:
    doctor, lena = await front.clinic.doctor(), await front.clinic.patient()
    wait = await wait_for(front, lena, specialization="General practice")
    await release_ten(front, doctor)
    [offer] = await upcoming(front, lena)
    declined = await front.post(
        f"/api/appointments/{offer['id']}/cancel", {"reason": ""}, headers=front.as_patient(lena)
    )
    assert (declined.status_code, declined.json()["cancelled"]["kind"]) == (200, "abandoned")
    assert [each["id"] for each in await waits(front, lena)] == [wait["id"]]
    for _ in range(2):
        left = await front.http.delete(f"/api/waitlist/{wait['id']}", headers=front.as_patient(lena))
        assert left.status_code == 204
    assert await waits(front, lena) == []


@pytest.mark.parametrize(
    ("wish", "status", "kind"),
    [
        ({}, 400, "validation"),
        ({"specialization": "General practice", "doctor_id": "w"}, 400, "validation"),
        ({"specialization": "Alchemy"}, 400, "validation"),
        ({"doctor_id": "w", "until": DAY["from"]}, 400, "validation"),
        ({"doctor_id": "w", "from": "2027-02-01T00:00:00Z", "until": "2027-03-01T08:00:00Z"}, 400, "validation"),
        ({"doctor_id": "w", "until": "2029-03-02T00:00:00Z"}, 400, "validation"),
        ({"doctor_id": "w", "part_of_day": "noon"}, 400, "validation"),
        ({"doctor_id": "0198f0c2-6a5e-7c41-9d3e-5b8f2a1c4d60"}, 404, "not-found"),
        ({"appointment_id": "0198f0c2-6a5e-7c41-9d3e-5b8f2a1c4d60"}, 404, "not-found"),
        ({"appointment_id": "h"}, 409, "illegal-transition"),
    ],
)
async def test_says_what_is_wrong_with_a_wish_and_stores_nothing(
    front: Front, wish: dict[str, str], status: int, kind: str
) -> None:
    doctor, lena = await front.clinic.doctor(), await front.clinic.patient()
    known = {"w": str(doctor.id), "h": str(await held(front, lena, doctor))}
    before = front.stored()
    body = {**DAY, **{name: known.get(value, value) for name, value in wish.items()}}
    answer = await front.post("/api/waitlist", body, headers=front.as_patient(lena))
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}")
    assert front.stored() == before


async def test_five_waits_are_the_most_and_the_same_request_counts_once(front: Front) -> None:
    doctor, lena = await front.clinic.doctor(), await front.clinic.patient()
    body = {**DAY, "doctor_id": str(doctor.id)}
    for key in ("1", "1", "2", "3", "4", "5"):
        answer = await front.post("/api/waitlist", body, headers={**front.as_patient(lena), "Idempotency-Key": key})
        assert answer.status_code == 201
    refused = await front.post("/api/waitlist", body, headers=front.as_patient(lena))
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/waitlist-limit")
    assert len(await waits(front, lena)) == 5


async def test_a_doctor_offers_times_after_the_visit_and_the_patient_takes_one(front: Front) -> None:
    doctor, lena = await front.clinic.doctor(), await front.clinic.patient()
    visit = await held(front, lena, doctor)
    await paid(front, lena, visit)
    front.clinic.clock.advance(hours=2)
    him, me = front.as_doctor(doctor), front.as_patient(lena)
    assert (await front.post(f"/api/appointments/{visit}/fulfil", headers=him)).status_code == 200
    times = ["2027-03-08T10:00:00Z", "2027-03-09T10:00:00Z"]
    body = {"times": times, "until": "2027-03-03T10:00:00Z"}
    offered = await front.post(f"/api/appointments/{visit}/follow-up", body, headers=him)
    assert offered.status_code == 201, offered.json()
    kept = offered.json()["appointments"]
    assert [each["starts_at"] for each in kept] == times
    assert {each["offer_expires_at"] for each in kept} == {"2027-03-03T10:00:00Z"}
    assert [each["hold_kind"] for each in await upcoming(front, lena)] == ["follow_up", "follow_up"]
    again = await front.post(f"/api/appointments/{visit}/follow-up", body, headers=him)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/offer-limit")
    assert (await front.post(f"/api/appointments/{kept[1]['id']}/accept", headers=me)).status_code == 200
    assert [each["starts_at"] for each in await upcoming(front, lena)] == times[1:]
    too_late = await front.post(f"/api/appointments/{kept[0]['id']}/accept", headers=me)
    assert (too_late.status_code, too_late.json()["type"]) == (409, "/problems/illegal-transition")
