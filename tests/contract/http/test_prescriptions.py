"""Prescriptions over HTTP, and as the file that a patient takes to a pharmacy."""

from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader

from contract.http.front import Front
from contract.http.steps import held, paid

BODY = {
    "medicines": [{"name": "Hydrocortisone 1 %", "dose": "Thinly", "instructions": "Twice a day", "days": 7}],
    "advice": "Come back after a week.",
}


async def test_goes_from_the_doctor_to_the_patient(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(name="Dr Asha Rao"), await front.clinic.patient(name="Lena Koch")
    id = await held(front, patient, doctor)
    await paid(front, patient, id)
    front.clinic.clock.set(datetime(2027, 3, 1, 10, 20, tzinfo=UTC))
    me, host, path = front.as_patient(patient), front.as_doctor(doctor), f"/api/appointments/{id}/prescription"
    assert (await front.http.put(path, json=BODY, headers=host)).status_code == 409
    await front.post(f"/api/appointments/{id}/fulfil", headers=host)
    assert (await front.http.get(path, headers=me)).status_code == 404

    written = await front.http.put(path, json=BODY, headers=host)
    assert (written.status_code, written.json()["revision"]) == (200, 1)
    assert (await front.http.get(path, headers=me)).json() == written.json()
    assert (await front.http.get(path, headers=await front.administrator())).status_code == 403
    seen = (await front.http.get(f"/api/appointments/{id}", headers=host)).json()
    assert seen["prescribed"] is True
    (window,) = [each for each in seen["actions"] if each["action"] == "prescription"]
    assert (window["open"], window["closes_at"]) == (True, "2027-03-02T10:20:00Z")

    file = await front.http.get(f"{path}.pdf", headers=me)
    assert (file.status_code, file.headers["content-type"]) == (200, "application/pdf")
    assert file.headers["cache-control"] == "no-store"
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(file.content)).pages).split())
    for words in ("Lena Koch", "Dr Asha Rao", "Hydrocortisone 1 %", "Twice a day", "7 days", "Come back after a week."):
        assert words in said


async def test_refuses_what_is_none(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    id = await held(front, patient, doctor)
    path, host = f"/api/appointments/{id}/prescription", front.as_doctor(doctor)
    medicine = BODY["medicines"][0]
    for body, field in (
        ({"advice": "x"}, "medicines"),
        ({"medicines": [{**medicine, "days": 0}]}, "medicines[0].days"),
        ({"medicines": [{**medicine, "dose": ""}]}, "medicines[0].dose"),
        ({"medicines": [{**medicine, "price": 1}]}, "medicines[0].price"),
        ({"medicines": [], "advice": "x" * 4001}, "advice"),
    ):
        answer = await front.http.put(path, json=body, headers=host)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
