"""A booked visit whose money could not be taken: the patient is told, sees by when to pay, pays again, or loses it."""

from contract.http.front import Front
from contract.http.steps import held, paid
from scheduling_core.doctor import Doctor
from scheduling_core.ids import AppointmentId
from scheduling_core.patient import Patient
from scheduling_core.tasks import MessageKind
from support.refusing import Refusing

START = "2027-03-04T10:00:00Z"
PAY_BY = "2027-03-02T08:00:00Z"


async def an_unpaid_visit(front: Front) -> tuple[AppointmentId, Patient, Doctor, Refusing]:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    visit = await held(front, patient, doctor, START)
    provider = Refusing(front.clinic, "capture")
    await paid(front, patient, visit)
    provider.refuses = False
    return visit, patient, doctor, provider


async def seen(front: Front, visit: AppointmentId, patient: Patient) -> dict[str, object]:
    answer: dict[str, object] = (
        await front.http.get(f"/api/appointments/{visit}", headers=front.as_patient(patient))
    ).json()
    return answer


async def test_the_patient_sees_by_when_to_pay_and_pays_again(front: Front) -> None:
    visit, patient, _, _ = await an_unpaid_visit(front)
    facts = await seen(front, visit, patient)
    assert (facts["status"], facts["pay_by"]) == ("booked", PAY_BY)
    assert facts["payment"] == {
        "status": "released",
        "refunded": {"amount": 0, "currency": "USD"},
        "last_decline": None,
    }
    letters = front.clinic.letters.to(patient.email)
    assert [letter.visit.pay_by for letter in letters if letter.kind is MessageKind.PAY_AGAIN and letter.visit] != []

    receipt = (await front.http.get(f"/api/appointments/{visit}/receipt", headers=front.as_patient(patient))).json()
    assert (receipt["pay_by"], receipt["payments"]) == (PAY_BY, [])

    checkout = await front.post(f"/api/appointments/{visit}/checkout", headers=front.as_patient(patient))
    assert (checkout.status_code, checkout.json()["expires_at"]) == (201, PAY_BY)
    assert (await seen(front, visit, patient))["checkout_url"] == checkout.json()["url"]
    await front.clinic.authorize(visit)
    await front.webhook(str((await front.clinic.payment(visit)).ref))
    await front.clinic.settle()
    facts = await seen(front, visit, patient)
    assert (facts["status"], facts["pay_by"], facts["checkout_url"]) == ("booked", None, None)
    receipt = (await front.http.get(f"/api/appointments/{visit}/receipt", headers=front.as_patient(patient))).json()
    assert (receipt["kept"]["amount"], len(receipt["payments"])) == (5900, 1)


async def test_a_declined_card_leaves_it_open_until_then(front: Front) -> None:
    visit, patient, _, _ = await an_unpaid_visit(front)
    await front.post(f"/api/appointments/{visit}/checkout", headers=front.as_patient(patient))
    await front.clinic.happen(visit, lambda session: session.decline("card_declined"))
    await front.clinic.wait(seconds=20)
    facts = await seen(front, visit, patient)
    assert (facts["status"], facts["pay_by"]) == ("booked", PAY_BY)
    assert facts["payment"]["last_decline"] == "card_declined"


async def test_who_does_not_pay_loses_the_visit_and_both_are_told(front: Front) -> None:
    visit, patient, doctor, _ = await an_unpaid_visit(front)
    await front.post(f"/api/appointments/{visit}/checkout", headers=front.as_patient(patient))
    await front.clinic.wait(hours=24)
    await front.clinic.wait(seconds=30)
    facts = await seen(front, visit, patient)
    assert facts["status"] == "cancelled"
    assert facts["cancelled"].items() >= {"by": "system", "kind": "unpaid"}.items()
    for email in (patient.email, doctor.email):
        assert MessageKind.CANCELLED in [letter.kind for letter in front.clinic.letters.to(email)]
    late = await front.post(f"/api/appointments/{visit}/checkout", headers=front.as_patient(patient))
    assert (late.status_code, late.json()["type"]) == (409, "/problems/checkout-unavailable")
    own = (await front.http.get("/api/me/payments", headers=front.as_patient(patient))).json()["items"]
    assert [item["status"] for item in own] == ["released"]
