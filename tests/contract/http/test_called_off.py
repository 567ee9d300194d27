"""Visits that are called off, and what there is instead, over HTTP."""

from uuid import uuid4

import pytest

from contract.http.front import Front
from contract.http.steps import held, paid
from scheduling_core.doctor import Doctor
from scheduling_core.ids import AppointmentId
from scheduling_core.patient import Patient

FRIDAY, SATURDAY = "2027-03-05T10:00:00Z", "2027-03-06T10:00:00Z"
FRIDAY_OFF = {"starts_at": "2027-03-05T00:00:00Z", "ends_at": "2027-03-06T00:00:00Z"}


@pytest.fixture
async def doctor(front: Front) -> Doctor:
    return await front.clinic.doctor()


@pytest.fixture
async def patient(front: Front) -> Patient:
    return await front.clinic.patient()


async def visit_at(front: Front, patient: Patient, doctor: Doctor, starts_at: str) -> AppointmentId:
    booked = await held(front, patient, doctor, starts_at)
    await paid(front, patient, booked)
    return booked


async def test_absence_lists_strikes_refunds_and_offers_others(front: Front, patient: Patient, doctor: Doctor) -> None:
    visit = await visit_at(front, patient, doctor, FRIDAY)
    colleague = await front.clinic.doctor(name="Dr Other")
    absence, me = "/api/doctor/time-off", front.as_doctor(doctor)
    asked = await front.post(absence, FRIDAY_OFF, headers=me)
    assert (asked.status_code, asked.json()["id"]) == (200, None)
    assert [each["id"] for each in asked.json()["conflicts"]] == [str(visit)]
    agreed = await front.post(absence, {**FRIDAY_OFF, "cancel_conflicts": True}, headers=me)
    assert agreed.status_code == 201
    assert [each["status"] for each in agreed.json()["conflicts"]] == ["cancelled"]
    await front.clinic.settle()
    mine = front.as_patient(patient)
    seen = (await front.http.get(f"/api/appointments/{visit}", headers=mine)).json()
    assert (seen["cancelled"]["kind"], seen["payment"]["status"]) == ("struck", "refunded")
    instead = (await front.http.get(f"/api/appointments/{visit}/alternatives", headers=mine)).json()
    # Half past eight is the first slot that leaves time to pay.
    times = ["2027-03-01T08:30:00Z", "2027-03-01T09:00:00Z", "2027-03-01T09:30:00Z"]
    assert instead == {
        "doctor": {
            "id": str(doctor.id),
            "name": doctor.name,
            "specialization": doctor.specialization,
            "times": times,
        },
        "others": [{"id": str(colleague.id), "name": "Dr Other", "next_free_at": times[0]}],
    }
    again = await front.hold(patient, doctor.id, instead["doctor"]["times"][0], key="again")
    assert again.status_code == 201


async def test_a_suspension_tells_what_is_booked_and_an_administrator_calls_it_off(
    front: Front, patient: Patient, doctor: Doctor
) -> None:
    visits = [await visit_at(front, patient, doctor, start) for start in (FRIDAY, SATURDAY)]
    admin, whose = await front.administrator(), f"/api/admin/doctors/{doctor.id}"
    early = await front.post(f"{whose}/cancel-visits", {"reason": ""}, headers=admin)
    assert (early.status_code, early.json()["type"]) == (409, "/problems/illegal-transition")
    suspended = (await front.post(f"{whose}/suspend", {"reason": "licence"}, headers=admin)).json()
    assert (suspended["status"], suspended["visits_ahead"]) == ("suspended", 2)
    first = (await front.http.get(f"{whose}/visits?limit=1", headers=admin)).json()
    rest = (await front.http.get(f"{whose}/visits?cursor={first['next_cursor']}", headers=admin)).json()
    assert [each["id"] for each in (*first["items"], *rest["items"])] == [str(visit) for visit in visits]
    assert {each["reason"] for each in (*first["items"], *rest["items"])} == {None}
    key = {"Idempotency-Key": "once"}
    for _ in range(2):
        done = await front.post(f"{whose}/cancel-visits", {"reason": "licence"}, headers={**admin, **key})
        assert (done.status_code, done.json()) == (200, {"cancelled": 2, "left": 0})
    await front.clinic.settle()
    assert (await front.http.get(f"{whose}/visits", headers=admin)).json() == {"items": [], "next_cursor": None}
    for visit in visits:
        seen = (await front.http.get(f"/api/appointments/{visit}", headers=front.as_patient(patient))).json()
        assert (seen["cancelled"]["by"], seen["payment"]["status"]) == ("administrator", "refunded")
    back = (await front.post(f"{whose}/approve", headers=admin)).json()
    assert back["status"] == "approved"
    assert (await front.hold(patient, doctor.id, FRIDAY, key="anew")).status_code == 201


async def test_visits_of_a_doctor_who_is_not_there_are_not_there(front: Front) -> None:
    admin = await front.administrator()
    missing = await front.http.get(f"/api/admin/doctors/{uuid4()}/visits", headers=admin)
    assert (missing.status_code, missing.json()["type"]) == (404, "/problems/not-found")
