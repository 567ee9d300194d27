"""Who may do what: every operation of the API document, asked for by each kind of person, with what is theirs and not."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from adapters.http import openapi_document
from contract.http.front import PASSWORD, Front, open_front, query
from contract.http.steps import paid
from contract.http.test_doctor_side import HOURS
from scheduling_core.doctor import Doctor
from scheduling_core.ids import AppointmentId
from scheduling_core.patient import Patient

ACTORS = ("anonymous", "patient", "another patient", "doctor", "another doctor", "administrator")
DAYS = query(from_="2027-03-01", to="2027-03-02")


@dataclass
class World:
    """One appointment with its patient and doctor, people who have nothing to do with it, and requests about it."""

    front: Front
    patient: Patient
    doctor: Doctor
    headers: dict[str, dict[str, str]]
    appointment: str
    held: str
    task: str
    time_off: str

    async def ask(self, actor: str, method: str, path: str, body: object = None) -> int:
        headers = {**self.headers[actor], "Idempotency-Key": f"{actor}-key".replace(" ", "-")}
        answer = await self.front.http.request(method, path, json=body, headers=headers)
        return answer.status_code


async def a_world(front: Front, number: int) -> World:
    clinic = front.clinic
    doctor, patient = await clinic.doctor(), await clinic.patient()
    booked = (await front.hold(patient, doctor.id, "2027-03-01T10:00:00Z", key="one")).json()["id"]
    await paid(front, patient, AppointmentId(UUID(booked)))
    held = (await front.hold(patient, doctor.id, "2027-03-01T11:00:00Z", key="two")).json()["id"]
    away = {"starts_at": "2027-03-05T09:00:00Z", "ends_at": "2027-03-05T12:00:00Z"}
    time_off = (await front.post("/api/doctor/time-off", away, headers=front.as_doctor(doctor))).json()["id"]
    admin = await front.administrator(f"admin{number}@clinic.example.com")
    tasks = (await front.http.get("/api/admin/tasks", headers=admin)).json()["items"]
    headers = {
        "anonymous": {},
        "patient": front.as_patient(patient),
        "another patient": front.as_patient(await clinic.patient()),
        "doctor": front.as_doctor(doctor),
        "another doctor": front.as_doctor(await clinic.doctor()),
        "administrator": admin,
    }
    return World(front, patient, doctor, headers, booked, held, tasks[0]["id"], time_off)


Ask = Callable[[World, str], Awaitable[int]]
Expected = tuple[int, int, int, int, int, int]


def everybody(status: int) -> Expected:
    return (status,) * 6


def get(path: str) -> Ask:
    return lambda world, actor: world.ask(actor, "GET", path.format(w=world))


def send(method: str, path: str, body: object = None) -> Ask:
    return lambda world, actor: world.ask(actor, method, path.format(w=world), body)


async def hold(world: World, actor: str) -> int:
    body: dict[str, Any] = {"doctor_id": str(world.doctor.id), "starts_at": "2027-03-02T10:00:00Z"}
    if actor == "administrator":
        body["patient_id"] = str(world.patient.id)
    return await world.ask(actor, "POST", "/api/appointments", body)


async def register(world: World, actor: str) -> int:
    email = f"{actor.replace(' ', '-')}@example.com"
    return await world.ask(actor, "POST", "/api/auth/doctors", {**REGISTRATION, "email": email})


async def webhook(world: World, _: str) -> int:
    return (await world.front.webhook("cs_unknown")).status_code


TIME_OFF = {"starts_at": "2027-03-06T09:00:00Z", "ends_at": "2027-03-06T12:00:00Z"}
REGISTRATION = {
    "password": PASSWORD,
    "name": "Dr. New",
    "phone": "+12025550123",
    "specialization": "Dermatology",
    "fee": {"amount": 0, "currency": "USD"},
    "time_zone": "UTC",
}

# In the order of ACTORS. 401: sign in first. 403: not your kind of account. 404: not yours, or not there.
MATRIX: dict[str, tuple[Ask, Expected]] = {
    "listSpecializations": (get("/api/specializations"), everybody(200)),
    "findDoctors": (get("/api/doctors"), everybody(200)),
    "readDoctor": (get("/api/doctors/{w.doctor.id}"), everybody(200)),
    "readDoctorFeedback": (get("/api/doctors/{w.doctor.id}/feedback"), everybody(200)),
    "findSlots": (get("/api/doctors/{w.doctor.id}/slots" + DAYS), everybody(200)),
    "readClinic": (get("/api/clinic"), everybody(200)),
    "live": (get("/health/live"), everybody(200)),
    "ready": (get("/health/ready"), everybody(200)),
    "metrics": (get("/metrics"), everybody(200)),
    "startGoogleSignIn": (get("/api/auth/google/start"), everybody(302)),
    "finishGoogleSignIn": (get("/api/auth/google/callback?code=a&state=b"), everybody(302)),
    "signIn": (send("POST", "/api/auth/sign-in", {"email": "a@example.com", "password": "x"}), everybody(401)),
    "refreshSession": (send("POST", "/api/auth/refresh"), everybody(401)),
    "signOut": (send("POST", "/api/auth/sign-out"), everybody(204)),
    "registerDoctor": (register, everybody(201)),
    "receivePaymentWebhook": (webhook, everybody(200)),
    "readMe": (get("/api/me"), (401, 200, 200, 200, 200, 200)),
    "readPatientProfile": (get("/api/patient/profile"), (401, 200, 200, 403, 403, 403)),
    "updatePatientProfile": (send("PATCH", "/api/patient/profile", {}), (401, 200, 200, 403, 403, 403)),
    "holdSlot": (hold, (401, 201, 201, 403, 403, 201)),
    "listAppointments": (get("/api/appointments"), (401, 200, 200, 200, 200, 403)),
    "readAppointment": (get("/api/appointments/{w.appointment}"), (401, 200, 404, 200, 404, 200)),
    "readCalendarFile": (get("/api/appointments/{w.appointment}/calendar.ics"), (401, 200, 404, 200, 404, 200)),
    "openCheckout": (send("POST", "/api/appointments/{w.held}/checkout"), (401, 201, 404, 403, 403, 201)),
    "previewCancellation": (get("/api/appointments/{w.appointment}/cancellation"), (401, 200, 404, 200, 404, 200)),
    "cancelAppointment": (
        send("POST", "/api/appointments/{w.appointment}/cancel", {"reason": ""}),
        (401, 200, 404, 200, 404, 200),
    ),
    "readHours": (get("/api/doctor/hours"), (401, 403, 403, 200, 200, 403)),
    "setHours": (send("PUT", "/api/doctor/hours", HOURS), (401, 403, 403, 200, 200, 403)),
    "listTimeOff": (get("/api/doctor/time-off"), (401, 403, 403, 200, 200, 403)),
    "addTimeOff": (send("POST", "/api/doctor/time-off", TIME_OFF), (401, 403, 403, 201, 201, 403)),
    "removeTimeOff": (send("DELETE", "/api/doctor/time-off/{w.time_off}"), (401, 403, 403, 204, 404, 403)),
    "readSchedule": (get("/api/doctor/schedule" + DAYS), (401, 403, 403, 200, 200, 403)),
    "listDoctors": (get("/api/admin/doctors"), (401, 403, 403, 403, 403, 200)),
    # The doctor is approved and the task is not dead: an administrator is told so.
    "approveDoctor": (send("POST", "/api/admin/doctors/{w.doctor.id}/approve"), (401, 403, 403, 403, 403, 409)),
    "rejectDoctor": (send("POST", "/api/admin/doctors/{w.doctor.id}/reject"), (401, 403, 403, 403, 403, 409)),
    "suspendDoctor": (send("POST", "/api/admin/doctors/{w.doctor.id}/suspend"), (401, 403, 403, 403, 403, 200)),
    "listTasks": (get("/api/admin/tasks"), (401, 403, 403, 403, 403, 200)),
    "retryTask": (send("POST", "/api/admin/tasks/{w.task}/retry"), (401, 403, 403, 403, 403, 409)),
}

REFUSED = {401, 403, 404}


async def test_has_a_row_for_every_operation_and_none_for_others(front: Front) -> None:
    document = json.loads(openapi_document(front.app))
    described = {
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
        if "operationId" in operation
    }
    assert MATRIX.keys() == described


@pytest.mark.parametrize("operation", MATRIX)
async def test_lets_each_do_what_is_theirs_and_nothing_else(operation: str) -> None:
    ask, expected = MATRIX[operation]
    found: dict[str, int] = {}
    async with open_front() as front:
        world = None
        for number, (actor, status) in enumerate(zip(ACTORS, expected, strict=True)):
            world = world or await a_world(front, number)
            before = front.stored()
            found[actor] = await ask(world, actor)
            if front.stored() != before:
                assert status not in REFUSED, f"{actor} was refused {operation} and still changed something"
                world = None
    assert found == dict(zip(ACTORS, expected, strict=True))
