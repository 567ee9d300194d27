"""What patients paid, what doctors earned, and what administrators must see to, over HTTP."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.payments.simulator_sessions import Session
from contract.http.front import Front
from contract.http.steps import held, paid
from scheduling_core.ids import AppointmentId
from support.clinic import OPEN_ALL_DAY
from support.refusing import Refusing


def usd(amount: int) -> dict[str, object]:
    return {"amount": amount, "currency": "USD"}


async def visits(front: Front, count: int, *, zone: str = "UTC", day: str = "2027-03-02"):
    """A patient and a doctor with so many paid visits, one paid a second after the other."""
    doctor, patient = await front.clinic.doctor(replace(OPEN_ALL_DAY, time_zone=zone)), await front.clinic.patient()
    made = []
    for number in range(count):
        made.append(await held(front, patient, doctor, f"{day}T{10 + number}:00:00Z"))
        await paid(front, patient, made[-1])
        front.clinic.clock.advance(seconds=1)
    return patient, doctor, made


async def cancel(front: Front, headers: dict[str, str], visit: AppointmentId) -> None:
    assert (await front.post(f"/api/appointments/{visit}/cancel", {}, headers=headers)).status_code == 200
    await front.clinic.settle()


async def test_a_patient_sees_each_payment_with_what_it_was_for(front: Front) -> None:
    patient, doctor, (first, second) = await visits(front, 2)
    await cancel(front, front.as_doctor(doctor), second)
    page = (await front.http.get("/api/me/payments", headers=front.as_patient(patient))).json()
    newest, oldest = page["items"]

    assert [newest["visit"]["appointment_id"], oldest["visit"]["appointment_id"]] == [str(second), str(first)]
    assert (newest["status"], newest["refunded"], newest["captured"]) == ("refunded", usd(5900), usd(5900))
    assert newest["refunds"] == [{"amount": usd(5900), "at": "2027-03-01T08:00:02Z"}]
    assert (oldest["status"], oldest["amount"], oldest["refunds"]) == ("captured", usd(5900), [])
    assert oldest["visit"] == {
        "appointment_id": str(first),
        "doctor": "Dr Test",
        "specialization": "General practice",
        "patient": "Pat Test",
        "starts_at": "2027-03-02T10:00:00Z",
        "time_zone": "Europe/Berlin",
        "receipt_number": "2027-000001",
    }


async def test_payments_come_in_pages_and_are_nobody_elses(front: Front) -> None:
    patient, doctor, made = await visits(front, 3)
    held_only = await held(front, patient, doctor, "2027-03-02T20:00:00Z")
    await front.post(f"/api/appointments/{held_only}/checkout", headers=front.as_patient(patient))
    seen: list[str] = []
    path = "/api/me/payments?limit=2"
    for _ in range(2):
        page = (await front.http.get(path, headers=front.as_patient(patient))).json()
        seen += [item["visit"]["appointment_id"] for item in page["items"]]
        path = f"/api/me/payments?limit=2&cursor={page['next_cursor']}"
    assert seen == [str(visit) for visit in reversed(made)]
    assert page["next_cursor"] is None

    stranger = await front.clinic.patient()
    assert (await front.http.get("/api/me/payments", headers=front.as_patient(stranger))).json()["items"] == []


async def test_a_doctor_sees_each_month_in_their_own_zone(front: Front) -> None:
    # In Auckland it is the first of April already.
    front.clinic.clock.set(datetime(2027, 3, 31, 20, tzinfo=UTC))
    _, doctor, (kept, given_back) = await visits(front, 2, zone="Pacific/Auckland", day="2027-04-02")
    headers = front.as_doctor(doctor)
    await cancel(front, headers, given_back)
    year = (await front.http.get("/api/doctor/earnings?year=2027", headers=headers)).json()

    assert (year["year"], year["time_zone"], year["currency"]) == (2027, "Pacific/Auckland", "USD")
    april = {
        "month": "2027-04",
        "payments": 2,
        "received": usd(11_800),
        "refunded": usd(5900),
        "disputed": usd(0),
        "kept": usd(5900),
    }
    assert year["months"][3] == april
    assert year["total"] == {**april, "month": "2027"}
    assert [month["month"] for month in year["months"]] == [f"2027-{number:02}" for number in range(1, 13)]

    page = (await front.http.get("/api/doctor/earnings/payments?month=2027-04", headers=headers)).json()
    assert [(each["received"], each["refunded"], each["status"]) for each in page["items"]] == [
        (usd(5900), usd(5900), "refunded"),
        (usd(5900), usd(0), "captured"),
    ]
    assert page["items"][1]["visit"]["appointment_id"] == str(kept)
    assert page["items"][1]["visit"]["time_zone"] == "Pacific/Auckland"
    assert (await front.http.get("/api/doctor/earnings/payments?month=2027-03", headers=headers)).json()["items"] == []


async def test_what_comes_back_later_counts_in_the_month_in_which_it_does(front: Front) -> None:
    front.clinic.clock.set(datetime(2027, 3, 31, 23, 30, tzinfo=UTC))
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    visit = await held(front, patient, doctor, "2027-04-20T10:00:00Z")
    await paid(front, patient, visit)
    front.clinic.clock.advance(hours=1)
    headers = front.as_doctor(doctor)
    await cancel(front, headers, visit)
    months = (await front.http.get("/api/doctor/earnings?year=2027", headers=headers)).json()["months"]

    assert [(months[at]["received"]["amount"], months[at]["refunded"]["amount"]) for at in (2, 3)] == [
        (5900, 0),
        (0, 5900),
    ]
    assert months[3]["kept"] == usd(-5900)
    april = (await front.http.get("/api/doctor/earnings/payments?month=2027-04", headers=headers)).json()["items"]
    assert [(each["received"], each["refunded"]) for each in april] == [(usd(0), usd(5900))]


async def test_a_doctor_sees_only_their_own(front: Front) -> None:
    await visits(front, 1)
    other = front.as_doctor(await front.clinic.doctor())
    year = (await front.http.get("/api/doctor/earnings?year=2027", headers=other)).json()
    assert (year["total"]["payments"], year["total"]["received"]) == (0, usd(0))
    assert (await front.http.get("/api/doctor/earnings/payments?month=2027-03", headers=other)).json()["items"] == []


@pytest.mark.parametrize("query", ["", "?year=1999", "?year=2200", "?year=two"])
async def test_an_unusable_year_is_refused(front: Front, query: str) -> None:
    headers = front.as_doctor(await front.clinic.doctor())
    assert (await front.http.get(f"/api/doctor/earnings{query}", headers=headers)).status_code == 400


@pytest.mark.parametrize("month", ["2027-13", "2027-3", "1999-01", "March"])
async def test_an_unusable_month_is_refused(front: Front, month: str) -> None:
    headers = front.as_doctor(await front.clinic.doctor())
    path = f"/api/doctor/earnings/payments?month={month}"
    assert (await front.http.get(path, headers=headers)).status_code == 400


async def test_an_administrator_sees_a_refund_that_failed_and_why_and_has_it_made(front: Front) -> None:
    patient, doctor, (visit,) = await visits(front, 1)
    provider = Refusing(front.clinic, "refund")
    admin = await front.administrator()
    await cancel(front, front.as_doctor(doctor), visit)
    (failed,) = (await front.http.get("/api/admin/payments?state=refund_failed", headers=admin)).json()["items"]

    assert (failed["state"], failed["status"], failed["task_state"]) == ("refund_failed", "captured", "dead")
    assert "the bank says no" in failed["reason"]
    assert (failed["captured"], failed["refunded"], failed["to_keep"]) == (usd(5900), usd(0), usd(0))
    assert failed["explained"] is True
    assert failed["visit"]["appointment_id"] == str(visit)

    provider.refuses = False
    retried = await front.post(f"/api/admin/tasks/{failed['task_id']}/retry", headers=admin)
    assert retried.status_code == 200
    await front.clinic.settle()
    assert (await front.http.get("/api/admin/payments", headers=admin)).json()["items"] == []
    (own,) = (await front.http.get("/api/me/payments", headers=front.as_patient(patient))).json()["items"]
    assert own["status"] == "refunded"


async def test_an_administrator_sees_what_is_disputed_or_not_ours(front: Front) -> None:
    clinic = front.clinic
    patient, doctor, (disputed,) = await visits(front, 1)
    await clinic.happen(disputed, Session.dispute)
    await front.webhook(str((await clinic.payment(disputed)).ref))
    odd = await held(front, patient, doctor, "2027-03-03T10:00:00Z")
    await front.post(f"/api/appointments/{odd}/checkout", headers=front.as_patient(patient))
    await clinic.happen(odd, lambda session: replace(session.authorize(clinic.clock.now()), amount=1))
    await clinic.wait(seconds=20)
    admin = await front.administrator()

    async def found(query: str) -> list[tuple[str, str]]:
        answer = (await front.http.get(f"/api/admin/payments{query}", headers=admin)).json()
        assert all(item["reason"] for item in answer["items"])
        return [(item["state"], item["visit"]["appointment_id"]) for item in answer["items"]]

    assert await found("") == [("quarantined", str(odd)), ("disputed", str(disputed))]
    assert await found("?state=quarantined") == [("quarantined", str(odd))]
    assert await found("?state=disputed") == [("disputed", str(disputed))]
    assert await found("?state=refund_failed") == []
    receipt = (await front.http.get(f"/api/appointments/{disputed}/receipt", headers=admin)).json()
    assert (receipt["disputed"], receipt["kept"]) == (True, usd(0))
    year = (await front.http.get("/api/doctor/earnings?year=2027", headers=front.as_doctor(doctor))).json()
    assert (year["total"]["disputed"], year["total"]["kept"]) == (usd(5900), usd(0))


async def test_an_administrator_has_what_is_not_ours_given_back(front: Front) -> None:
    clinic = front.clinic
    patient, doctor = await clinic.patient(), await clinic.doctor()
    odd = await held(front, patient, doctor, "2027-03-03T10:00:00Z")
    await front.post(f"/api/appointments/{odd}/checkout", headers=front.as_patient(patient))
    await clinic.happen(odd, lambda session: replace(session.authorize(clinic.clock.now()), amount=1))
    await clinic.wait(seconds=20)
    admin = await front.administrator()
    (found,) = (await front.http.get("/api/admin/payments", headers=admin)).json()["items"]
    path = f"/api/admin/payments/{found['id']}/resolve"
    asked = {"how": "give_back", "reason": "It belongs to another clinic."}
    unsaid = await front.post(path, {**asked, "reason": ""}, headers=admin)
    assert (unsaid.status_code, unsaid.json()["type"]) == (400, "/problems/validation")
    for _ in range(2):
        decided = await front.post(path, asked, headers={**admin, "Idempotency-Key": "back"})
        assert (decided.status_code, decided.json()["giving_back"]) == (200, True)
    await clinic.settle()
    assert (await front.http.get("/api/admin/payments", headers=admin)).json()["items"] == []
    (entry,) = (await front.http.get("/api/admin/audit?verb=resolve-payment", headers=admin)).json()["items"]
    assert (entry["before"], entry["after"], entry["subject_id"]) == ("amount", "give_back", found["id"])
    assert "another clinic" not in (await front.post("/api/me/export", headers=front.as_patient(patient))).text
