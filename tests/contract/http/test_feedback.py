"""Feedback over HTTP: given, changed, answered, hidden, and who reads what of it."""

from datetime import UTC, datetime

from contract.http.front import Front
from contract.http.steps import held, paid
from support.clock import MONDAY


async def test_goes_from_the_patient_to_everybody_and_out_of_sight(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient(name="Lena Koch")
    id = await held(front, patient, doctor)
    await paid(front, patient, id)
    front.clinic.clock.set(datetime(2027, 3, 1, 10, 0, tzinfo=UTC))
    me, host, boss = front.as_patient(patient), front.as_doctor(doctor), await front.administrator()
    path, words = f"/api/appointments/{id}/feedback", {"stars": 4, "title": "Kind", "review": "She listened."}

    early = await front.http.put(path, json=words, headers=me)
    assert (early.status_code, early.json()["type"]) == (409, "/problems/illegal-transition")
    fulfilled = await front.post(f"/api/appointments/{id}/fulfil", headers=host)
    assert fulfilled.status_code == 200
    seen = (await front.http.get(f"/api/appointments/{id}", headers=me)).json()
    assert [each["action"] for each in seen["actions"] if each["open"]] == ["feedback"]

    given = await front.http.put(path, json=words, headers=me)
    assert (given.status_code, given.json()["feedback"]["stars"]) == (200, 4)
    assert given.json()["actions"][0]["closes_at"] == "2027-03-15T10:00:00Z"
    (mine,) = (await front.http.get("/api/doctor/feedback", headers=host)).json()["items"]
    assert (mine["appointment_id"], mine["patient"]["name"]) == (str(id), "Lena Koch")
    answered = await front.http.put(f"{path}/answer", json={"answer": "Thank you."}, headers=host)
    assert answered.json()["feedback"]["answer"] == "Thank you."
    public = (await front.http.get(f"/api/doctors/{doctor.id}/feedback")).json()["items"]
    assert [(each["review"], each["answer"]) for each in public] == [("She listened.", "Thank you.")]
    assert (await front.http.get(f"/api/doctors/{doctor.id}")).json()["rating"] == {"average": 4.0, "count": 1}

    hide = f"/api/admin/feedback/{id}"
    hidden = await front.post(f"{hide}/hide", {"reason": "Names somebody."}, headers=boss)
    assert (hidden.status_code, hidden.json()["feedback"]["hidden"]) == (200, True)
    assert (await front.http.get(f"/api/doctors/{doctor.id}/feedback")).json()["items"] == []
    assert (await front.http.get("/api/doctor/feedback", headers=host)).json()["items"] == []
    assert (await front.http.get(f"/api/doctors/{doctor.id}")).json()["rating"]["count"] == 0
    own = (await front.http.get(f"/api/appointments/{id}", headers=me)).json()["feedback"]
    assert (own["hidden"], own["hidden_reason"]) == (True, "Names somebody.")
    assert (await front.http.get(f"/api/appointments/{id}", headers=host)).json()["feedback"] is None
    every = (await front.http.get(f"/api/admin/doctors/{doctor.id}/feedback", headers=boss)).json()["items"]
    assert [each["appointment_id"] for each in every] == [str(id)]
    shown = await front.post(f"{hide}/unhide", {"reason": "It does not."}, headers=boss)
    assert shown.json()["feedback"]["hidden"] is False

    for headers in (front.as_patient(patient), front.as_doctor(doctor)):
        (past,) = (await front.http.get("/api/appointments?when=past", headers=headers)).json()["items"]
        assert past["feedback"]["stars"] == 4


async def test_refuses_words_without_measure(front: Front) -> None:
    patient = await front.clinic.patient()
    doctor = await front.clinic.doctor()
    id = await held(front, patient, doctor)
    me = front.as_patient(patient)
    for body, field in (
        ({"stars": 0, "title": "x"}, "stars"),
        ({"stars": "5", "title": "x"}, "stars"),
        ({"stars": 5}, "title"),
        ({"stars": 5, "title": "x" * 101}, "title"),
        ({"stars": 5, "title": "x", "review": "y" * 2001}, "review"),
    ):
        answer = await front.http.put(f"/api/appointments/{id}/feedback", json=body, headers=me)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert front.clinic.clock.now() == MONDAY
