"""The steps of a booking as tests take them over HTTP."""

from uuid import UUID

from contract.http.front import Front
from scheduling_core.doctor import Doctor
from scheduling_core.ids import AppointmentId
from scheduling_core.patient import Patient

TEN = "2027-03-01T10:00:00Z"
"""Two hours from when tests begin."""


async def held(front: Front, patient: Patient, doctor: Doctor, starts_at: str = TEN, **more: str) -> AppointmentId:
    answer = await front.hold(patient, doctor.id, starts_at, key=f"hold {starts_at}".replace(" ", "-"), **more)
    assert answer.status_code == 201, answer.text
    return AppointmentId(UUID(answer.json()["id"]))


async def paid(front: Front, patient: Patient, appointment_id: AppointmentId) -> None:
    """The patient opens the payment page and pays there; the provider tells us; what is due is done."""
    await front.post(f"/api/appointments/{appointment_id}/checkout", headers=front.as_patient(patient))
    await front.clinic.authorize(appointment_id)
    await front.webhook(str((await front.clinic.payment(appointment_id)).ref))
    await front.clinic.settle()
