"""Dependants and medical profiles over HTTP."""

import json
from typing import Any

from structlog.testing import capture_logs

from contract.http.front import Front
from contract.http.steps import held, paid

MIA = {"name": "Mia Koch", "birth_date": "2019-05-01", "relation": "child"}
HEALTH = {"conditions": "Asthma", "medication": "Salbutamol", "allergies": "Nuts"}
PROFILE = "/api/patient/medical-profile"


async def mia_of(front: Front, me: dict[str, str]) -> str:
    added = await front.post("/api/patient/dependants", MIA, headers=me)
    assert added.status_code == 201, added.text
    return str(added.json()["id"])


async def test_keeps_dependants_as_they_were_given(front: Front) -> None:
    me = front.as_patient(await front.clinic.patient())
    id = await mia_of(front, me)
    assert (await front.http.get("/api/patient/dependants", headers=me)).json() == [{"id": id, **MIA}]
    changed = await front.http.patch(f"/api/patient/dependants/{id}", json={"name": "Mia Lund"}, headers=me)
    assert changed.json() == {"id": id, **MIA, "name": "Mia Lund"}
    assert (await front.http.delete(f"/api/patient/dependants/{id}", headers=me)).status_code == 204
    assert (await front.http.get("/api/patient/dependants", headers=me)).json() == []


async def test_adds_a_dependant_once_for_a_key(front: Front) -> None:
    me = {**front.as_patient(await front.clinic.patient()), "Idempotency-Key": "once"}
    one, two = [await front.post("/api/patient/dependants", MIA, headers=me) for _ in range(2)]
    assert one.json() == two.json()
    assert len((await front.http.get("/api/patient/dependants", headers=me)).json()) == 1


async def test_names_what_is_wrong_with_a_dependant(front: Front) -> None:
    me = front.as_patient(await front.clinic.patient())
    before = front.stored()
    for field, value in (
        ("name", " "),
        ("birth_date", "2019-02-30"),
        ("birth_date", "2099-01-01"),
        ("relation", "cat"),
    ):
        answer = await front.post("/api/patient/dependants", {**MIA, field: value}, headers=me)
        assert (field, value, answer.status_code) == (field, value, 400)
        assert answer.json()["errors"][0]["field"] == field
    assert front.stored() == before


async def test_a_visit_for_a_child_shows_the_doctor_who_is_seen_and_by_whom_it_was_booked(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient(name="Lena Koch")
    mia = await mia_of(front, front.as_patient(patient))
    id = await held(front, patient, doctor, dependant_id=mia)
    await paid(front, patient, id)
    seen = (await front.http.get(f"/api/appointments/{id}", headers=front.as_doctor(doctor))).json()
    assert seen["patient"] == {
        "id": mia,
        "name": "Mia Koch",
        "booked_by": "Lena Koch",
        "relation": "child",
        "time_zone": patient.time_zone,
    }
    refused = await front.http.delete(f"/api/patient/dependants/{mia}", headers=front.as_patient(patient))
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/dependant-has-visits")


async def test_the_calendar_file_names_a_child_by_first_name_to_the_patient_alone(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient(name="Lena Koch")
    mia = await mia_of(front, front.as_patient(patient))
    own = await held(front, patient, doctor, "2027-03-01T12:00:00Z")
    id = await held(front, patient, doctor, dependant_id=mia)
    for appointment, reader, title in (
        (id, front.as_patient(patient), "Openhours video visit for Mia"),
        (id, front.as_doctor(doctor), "Openhours video visit"),
        (own, front.as_patient(patient), "Openhours video visit"),
    ):
        file = (await front.http.get(f"/api/appointments/{appointment}/calendar.ics", headers=reader)).text
        assert f"SUMMARY:{title}\r\n" in file
        assert "Koch" not in file


async def test_a_medical_profile_goes_to_the_doctor_of_the_visit(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient(name="Lena Koch")
    me = front.as_patient(patient)
    nothing = {"conditions": "", "medication": "", "allergies": "", "updated_at": None}
    assert (await front.http.get(PROFILE, headers=me)).json() == nothing
    put = await front.http.put(PROFILE, json=HEALTH, headers=me)
    told: dict[str, Any] = {**HEALTH, "updated_at": "2027-03-01T08:00:00Z"}
    assert (put.status_code, put.json()) == (200, told)
    assert (await front.http.get(PROFILE, headers=me)).json() == told
    id = await held(front, patient, doctor)
    path = f"/api/appointments/{id}/medical-profile"
    assert (await front.http.get(path, headers=front.as_doctor(doctor))).status_code == 404
    await paid(front, patient, id)
    seen = await front.http.get(path, headers=front.as_doctor(doctor))
    assert seen.json() == {"name": "Lena Koch", "birth_date": None, **told}
    assert seen.headers["cache-control"] == "no-store"


async def test_what_is_told_of_a_persons_health_goes_nowhere_else(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    me = front.as_patient(patient)
    with capture_logs() as logs:
        mia = await mia_of(front, me)
        await front.http.put(f"{PROFILE}?dependant_id={mia}", json=HEALTH, headers={**me, "Idempotency-Key": "k"})
        id = await held(front, patient, doctor, dependant_id=mia)
        await paid(front, patient, id)
        await front.http.get(f"/api/appointments/{id}/medical-profile", headers=front.as_doctor(doctor))
        await front.clinic.wait(minutes=5)
    elsewhere = {name: rows for name, rows in front.stored().items() if name != "medical"}
    asked = [repr(front.clinic.letters.letters), repr(elsewhere), json.dumps(logs, default=repr)]
    asked.append(repr(await front.clinic.payments.find(await front.clinic.payment(id))))
    for text in HEALTH.values():
        assert not [where for where in asked if text in where]
    assert mia not in asked[2]


async def test_refuses_a_medical_profile_that_is_not_whole(front: Front) -> None:
    me = front.as_patient(await front.clinic.patient())
    for body, field in (({"conditions": ""}, "medication"), ({**HEALTH, "allergies": "x" * 4001}, "allergies")):
        answer = await front.http.put(PROFILE, json=body, headers=me)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
