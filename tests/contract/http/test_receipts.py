"""Receipts over HTTP: facts, a page to print, and a file; for those whom they concern."""

import html
import re
from io import BytesIO

from pypdf import PdfReader

from contract.http.front import Front
from contract.http.steps import held, paid
from scheduling_core.access import Actor

HTML = {"Accept": "text/html,application/xhtml+xml;q=0.9"}


def usd(amount: int) -> dict[str, object]:
    return {"amount": amount, "currency": "USD"}


async def a_visit(front: Front, starts_at: str = "2027-03-01T20:00:00Z"):
    doctor = await front.clinic.doctor(name="Dr. <i>Asha</i> Rao")
    patient = await front.clinic.patient(name="Łena Кох")
    visit = await held(front, patient, doctor, starts_at)
    await paid(front, patient, visit)
    return visit, patient, doctor


async def test_says_what_a_visit_cost_and_what_was_paid(front: Front) -> None:
    visit, patient, doctor = await a_visit(front)
    answer = await front.http.get(f"/api/appointments/{visit}/receipt", headers=front.as_patient(patient))
    assert answer.status_code == 200
    assert answer.headers["vary"] == "Accept"
    now = "2027-03-01T08:00:00Z"
    assert answer.json() == {
        "number": "2027-000001",
        "clinic": "Test Clinic",
        "issued_at": now,
        "doctor": doctor.name,
        "specialization": "General practice",
        "patient": "Łena Кох",
        "starts_at": "2027-03-01T20:00:00Z",
        "ends_at": "2027-03-01T20:30:00Z",
        "doctor_time_zone": "UTC",
        "patient_time_zone": "Europe/Berlin",
        "quote": {"fee": usd(5000), "tax_percent": "18", "tax": usd(900), "total": usd(5900)},
        "payments": [{"amount": usd(5900), "at": now}],
        "refunds": [],
        "reserved": usd(0),
        "kept": usd(5900),
        "cancelled_at": None,
        "cancelled_by": None,
        "voided_at": None,
        "pay_by": None,
        "disputed": False,
    }


async def test_says_what_came_back_of_a_cancelled_visit(front: Front) -> None:
    visit, patient, doctor = await a_visit(front)
    front.clinic.clock.advance(hours=1)
    headers = front.as_patient(patient)
    await front.post(f"/api/appointments/{visit}/cancel", {"reason": "better"}, headers=headers)
    await front.clinic.wait(minutes=1)

    for reader in (headers, front.as_doctor(doctor), await front.administrator()):
        receipt = (await front.http.get(f"/api/appointments/{visit}/receipt", headers=reader)).json()
        assert receipt["refunds"] == [{"amount": usd(2950), "at": "2027-03-01T09:01:00Z"}]
        assert (receipt["kept"], receipt["quote"]["total"]) == (usd(2950), usd(5900))
        assert (receipt["cancelled_by"], receipt["cancelled_at"]) == ("patient", "2027-03-01T09:00:00Z")
        assert "better" not in str(receipt)

    page = await front.http.get(f"/api/appointments/{visit}/receipt", headers={**headers, **HTML})
    assert "This visit was cancelled by the patient" in page.text


async def test_is_a_page_to_print_on_which_nothing_can_act(front: Front) -> None:
    visit, patient, _ = await a_visit(front)
    page = await front.http.get(f"/api/appointments/{visit}/receipt", headers={**front.as_patient(patient), **HTML})
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text
    assert "@media print" in page.text
    assert "Dr. &lt;i&gt;Asha&lt;/i&gt; Rao" in page.text
    words = " ".join(html.unescape(re.sub("<[^>]*>", " ", page.text)).split())
    assert "Monday 1 March 2027, 9:00 pm Berlin time (8:00 pm UTC)" in words
    assert "Łena Кох" in words


async def test_is_a_file_to_keep(front: Front) -> None:
    visit, _, doctor = await a_visit(front)
    file = await front.http.get(f"/api/appointments/{visit}/receipt.pdf", headers=front.as_doctor(doctor))
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["content-disposition"] == 'attachment; filename="receipt-2027-000001.pdf"'
    words = " ".join(PdfReader(BytesIO(file.content)).pages[0].extract_text().split())
    assert "Monday 1 March 2027, 8:00 pm UTC (9:00 pm Berlin time)" in words
    assert "Łena Кох" in words
    assert "Dr. <i>Asha</i> Rao" in words
    assert "$59.00" in words


async def test_there_is_none_for_a_hold(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    visit = await held(front, patient, doctor)
    for end in ("receipt", "receipt.pdf"):
        answer = await front.http.get(f"/api/appointments/{visit}/{end}", headers=front.as_patient(patient))
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


async def test_a_free_visit_has_one_too(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(fee=0), await front.clinic.patient()
    visit = await held(front, patient, doctor)
    await front.clinic.open_checkout(Actor.patient(patient.id), visit)
    receipt = (await front.http.get(f"/api/appointments/{visit}/receipt", headers=front.as_patient(patient))).json()
    assert (receipt["number"], receipt["kept"], receipt["payments"]) == ("2027-000001", usd(0), [])
