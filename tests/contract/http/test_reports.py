"""Reports of misconduct or of a fault: sent by patients and doctors, read and closed by administrators."""

import pytest

from contract.http.front import Front, open_front
from contract.http.steps import held

SECRET = "canary-he-shouted-at-me"


async def test_reaches_administrators_and_nobody_else(front: Front, caplog: pytest.LogCaptureFixture) -> None:
    doctor, patient, admin = await front.clinic.doctor(), await front.clinic.patient(), await front.administrator()
    visit = str(await held(front, patient, doctor))
    body = {"about": "appointment", "text": SECRET, "appointment_id": visit}
    sent = await front.post("/api/reports", body, headers=front.as_doctor(doctor))
    assert (sent.status_code, set(sent.json())) == (201, {"id", "created_at"})
    await front.clinic.settle()

    [told] = (await front.http.get("/api/admin/reports?state=open", headers=admin)).json()["items"]
    assert told.items() >= {"text": SECRET, "appointment_id": visit, "reporter_role": "doctor", "state": "open"}.items()
    close = f"/api/admin/reports/{told['id']}/close"
    closed = (await front.post(close, {"note": "talked to both"}, headers=admin)).json()
    assert (closed["state"], closed["note"]) == ("closed", "talked to both")
    assert (await front.http.get("/api/admin/reports?state=open", headers=admin)).json()["items"] == []
    again = await front.post(close, {"note": "x"}, headers=admin)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/illegal-transition")

    [act] = (await front.http.get(f"/api/admin/audit?about={told['id']}", headers=admin)).json()["items"]
    assert (act["verb"], act["before"], act["after"]) == ("close-report", "open", "closed")
    assert SECRET not in str(front.clinic.letters.__dict__) + caplog.text + str(front.stored()["reports"])


async def test_has_its_effect_once(front: Front) -> None:
    patient, admin = await front.clinic.patient(), await front.administrator()
    keyed = {**front.as_patient(patient), "Idempotency-Key": "once"}
    body = {"about": "bug", "text": SECRET}
    first, second = [await front.post("/api/reports", body, headers=keyed) for _ in range(2)]
    assert first.json() == second.json()
    assert SECRET not in str(front.stored()["requests"])
    keyed = {**admin, "Idempotency-Key": "once"}
    closing = f"/api/admin/reports/{first.json()['id']}/close"
    answers = [await front.post(closing, {"note": "mended"}, headers=keyed) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len((await front.http.get("/api/admin/reports", headers=admin)).json()["items"]) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"about": "bug", "text": ""},
        {"about": "bug", "text": "  "},
        {"about": "bug", "text": "x" * 4001},
        {"about": "appointment", "text": "x"},
        {"about": "bug", "text": "x", "appointment_id": "0198f0c2-7b10-7f02-8e55-91c3d2a7b604"},
        {"about": "weather", "text": "x"},
        {"about": "bug", "text": "x", "state": "closed"},
    ],
)
async def test_refuses_what_is_no_report(front: Front, body: dict[str, str]) -> None:
    answer = await front.post("/api/reports", body, headers=front.as_patient(await front.clinic.patient()))
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/validation")
    assert front.stored()["reports"] == {}


async def test_takes_only_so_many_of_one_person() -> None:
    async with open_front(rate_limits=True) as front:
        headers = front.as_patient(await front.clinic.patient())
        answers = [await front.post("/api/reports", {"about": "bug", "text": "x"}, headers=headers) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [201] * 5 + [429]
