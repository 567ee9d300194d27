"""Taking one's data along and having it erased, over HTTP."""

from contract.http.front import Front, cookies_of
from contract.http.steps import held, paid


async def test_hands_out_everything_as_a_file(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient(name="Lena Koch")
    visit = await held(front, patient, doctor, reason="canary-rash")
    answer = await front.post("/api/me/export", headers=front.as_patient(patient))
    assert answer.headers["content-disposition"] == 'attachment; filename="openhours-2027-03-01.json"'
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert (told["role"], told["id"], told["made_at"]) == ("patient", str(patient.id), "2027-03-01T08:00:00Z")
    assert told["records"]["patients"][0]["name"] == "Lena Koch"
    assert [(each["id"], each["reason"]) for each in told["records"]["appointments"]] == [(str(visit), "canary-rash")]
    other = await front.post("/api/me/export", headers=front.as_doctor(doctor))
    assert "canary-rash" not in other.text


async def test_erases_for_good_once_nothing_is_ahead(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    await paid(front, patient, await held(front, patient, doctor))
    headers, meant = front.as_patient(patient), {"confirmation": patient.email}
    needed = await front.post("/api/me/erase", meant, headers=headers)
    assert (needed.status_code, needed.json()["type"]) == (409, "/problems/cannot-erase")
    assert needed.json()["reason"] == "visits"
    front.clinic.clock.advance(days=3)
    headers = front.as_patient(patient)
    wrong = await front.post("/api/me/erase", {"confirmation": "somebody@example.com"}, headers=headers)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "confirmation")

    done = await front.post("/api/me/erase", meant, headers=headers)
    assert (done.status_code, done.content) == (204, b"")
    assert cookies_of(done)["openhours_refresh"]["max-age"] == "0"
    for path in ("/api/me", "/api/patient/profile"):
        assert (await front.http.get(path, headers=headers)).status_code == 404
    again = await front.hold(patient, doctor.id, "2027-03-08T10:00:00Z", key="again")
    assert again.status_code == 404
    schedule = await front.http.get(
        "/api/doctor/schedule?from=2027-03-01&to=2027-03-05", headers=front.as_doctor(doctor)
    )
    assert patient.email not in schedule.text
    assert "Former patient" in schedule.text
