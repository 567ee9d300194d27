"""A doctor's hours, time off and schedule; a patient's own details."""

from contract.http.front import Front, query
from contract.http.steps import held, paid

HOURS = {
    "time_zone": "Europe/Berlin",
    "slot_minutes": 30,
    "gap_minutes": 0,
    "minimum_notice_minutes": 60,
    "horizon_days": 90,
    "weekly": [
        {"weekday": "monday", "from": "09:00", "to": "12:30"},
        {"weekday": "monday", "from": "14:00", "to": "24:00"},
    ],
    "overrides": [
        {"date": "2027-12-24", "spans": [{"from": "09:00", "to": "12:00"}]},
        {"date": "2027-12-25", "spans": []},
    ],
}


async def test_keeps_hours_as_they_were_given(front: Front) -> None:
    me = front.as_doctor(await front.clinic.doctor())
    put = await front.http.put("/api/doctor/hours", json=HOURS, headers=me)
    assert (put.status_code, put.json()) == (200, HOURS)
    assert (await front.http.get("/api/doctor/hours", headers=me)).json() == HOURS


async def test_names_what_makes_no_sense_in_hours(front: Front) -> None:
    me = front.as_doctor(await front.clinic.doctor())
    monday = {"weekday": "monday", "from": "09:00", "to": "12:00"}
    before = front.stored()
    for change, field in (
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"slot_minutes": 4}, "slot_minutes"),
        ({"slot_minutes": 481}, "slot_minutes"),
        ({"gap_minutes": -1}, "gap_minutes"),
        ({"horizon_days": 731}, "horizon_days"),
        ({"minimum_notice_minutes": 43_201}, "minimum_notice_minutes"),
        ({"weekly": [monday, {**monday, "from": "11:00", "to": "13:00"}]}, "weekly.monday"),
        ({"weekly": [{**monday, "to": "09:00"}]}, "weekly.monday"),
        ({"weekly": [{**monday, "to": "24:01"}]}, "weekly[0].to"),
        ({"weekly": [{**monday, "from": "9:00"}]}, "weekly[0].from"),
        ({"weekly": [{**monday, "weekday": "Monday"}]}, "weekly[0].weekday"),
        ({"overrides": [{"date": "2027-02-30", "spans": []}]}, "overrides[0].date"),
        ({"overrides": [{"date": "2027-03-01", "spans": []}] * 2}, "overrides.2027-03-01"),
    ):
        answer = await front.http.put("/api/doctor/hours", json={**HOURS, **change}, headers=me)
        assert (change, answer.status_code, answer.json()["type"]) == (change, 400, "/problems/validation")
        assert answer.json()["errors"][0]["field"] == field
    assert front.stored() == before


async def test_lists_the_visits_that_time_off_would_cancel_before_it_cancels_them(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    id = await held(front, patient, doctor)
    await paid(front, patient, id)
    away = {"starts_at": "2027-03-01T09:00:00Z", "ends_at": "2027-03-01T18:00:00Z", "note": "Conference"}
    me = front.as_doctor(doctor)
    before = front.stored()
    asked = await front.post("/api/doctor/time-off", away, headers=me)
    assert (asked.status_code, asked.json()["id"]) == (200, None)
    assert [each["id"] for each in asked.json()["conflicts"]] == [str(id)]
    assert front.stored() == before

    agreed = await front.post("/api/doctor/time-off", {**away, "cancel_conflicts": True}, headers=me)
    assert agreed.status_code == 201
    assert [(each["id"], each["status"]) for each in agreed.json()["conflicts"]] == [(str(id), "cancelled")]
    await front.clinic.settle()
    seen = (await front.http.get(f"/api/appointments/{id}", headers=front.as_patient(patient))).json()
    assert (seen["cancelled"]["by"], seen["cancelled"]["kind"]) == ("doctor", "struck")
    assert seen["payment"]["refunded"] == {"amount": 5900, "currency": "USD"}

    kept = (await front.http.get("/api/doctor/time-off", headers=me)).json()
    assert kept == [{"id": agreed.json()["id"], **away}]
    assert (await front.http.delete(f"/api/doctor/time-off/{kept[0]['id']}", headers=me)).status_code == 204
    assert (await front.http.delete(f"/api/doctor/time-off/{kept[0]['id']}", headers=me)).status_code == 404
    assert (await front.http.get("/api/doctor/time-off", headers=me)).json() == []


async def test_refuses_time_off_that_ends_before_it_starts(front: Front) -> None:
    me = front.as_doctor(await front.clinic.doctor())
    body = {"starts_at": "2027-03-01T18:00:00Z", "ends_at": "2027-03-01T19:00:00+02:00"}
    answer = await front.post("/api/doctor/time-off", body, headers=me)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "ends_at")


async def test_lets_no_doctor_remove_anothers_time_off(front: Front) -> None:
    mine, theirs = await front.clinic.doctor(), await front.clinic.doctor()
    body = {"starts_at": "2027-03-01T18:00:00Z", "ends_at": "2027-03-01T19:00:00Z"}
    id = (await front.post("/api/doctor/time-off", body, headers=front.as_doctor(mine))).json()["id"]
    before = front.stored()
    answer = await front.http.delete(f"/api/doctor/time-off/{id}", headers=front.as_doctor(theirs))
    assert answer.status_code == 404
    assert front.stored() == before


async def test_shows_a_doctor_their_day(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient(name="Lena Koch")
    id = await held(front, patient, doctor, reason="A rash")
    await paid(front, patient, id)
    me = front.as_doctor(doctor)
    day = (await front.http.get(f"/api/doctor/schedule{query(from_='2027-03-01', to='2027-03-02')}", headers=me)).json()
    (visit,) = day["appointments"]
    assert day["time_zone"] == "UTC"
    assert (visit["id"], visit["patient"]["name"], visit["reason"]) == (str(id), "Lena Koch", "A rash")
    assert visit["meeting"]["join_url"]
    other = await front.http.get(f"/api/doctor/schedule{query(from_='2027-03-02', to='2027-03-03')}", headers=me)
    assert other.json()["appointments"] == []


async def test_gives_everything_back_when_the_doctor_cancels(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    id = await held(front, patient, doctor)
    await paid(front, patient, id)
    cancelled = await front.post(f"/api/appointments/{id}/cancel", {"reason": "Ill"}, headers=front.as_doctor(doctor))
    assert (cancelled.status_code, cancelled.json()["cancelled"]["by"]) == (200, "doctor")
    await front.clinic.settle()
    seen = (await front.http.get(f"/api/appointments/{id}", headers=front.as_patient(patient))).json()
    assert seen["payment"] == {
        "status": "released" if seen["payment"]["status"] == "released" else "refunded",
        "refunded": {"amount": 5900, "currency": "USD"},
        "last_decline": None,
    }


async def test_lets_patients_complete_their_own_details(front: Front) -> None:
    me = front.as_patient(await front.clinic.patient())
    changed = await front.http.patch(
        "/api/patient/profile", json={"phone": "+49 30 123456", "time_zone": "Asia/Tokyo"}, headers=me
    )
    assert (changed.status_code, changed.json()["phone"], changed.json()["time_zone"]) == (
        200,
        "+4930123456",
        "Asia/Tokyo",
    )
    assert (await front.http.get("/api/patient/profile", headers=me)).json() == changed.json()
    for field, value in (("phone", "030 123456"), ("time_zone", "Mars"), ("email", "other@example.com"), ("name", "")):
        answer = await front.http.patch("/api/patient/profile", json={field: value}, headers=me)
        assert (field, answer.status_code) == (field, 400)
        assert answer.json()["errors"][0]["field"] == field
