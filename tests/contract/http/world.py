"""The people and things of the authorisation matrix, and how each row of it asks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from contract.http.front import PASSWORD, Front
from contract.http.steps import paid
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor
from scheduling_core.ids import AdministratorId, AppointmentId
from scheduling_core.patient import Patient
from support.making import an_administrator

ACTORS = ("anonymous", "patient", "another patient", "doctor", "another doctor", "administrator")


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
    dependant: str
    report: str
    wait: str
    payment: str

    async def ask(self, actor: str, method: str, path: str, body: object = None) -> int:
        headers = {**self.headers[actor], "Idempotency-Key": f"{actor}-key".replace(" ", "-")}
        answer = await self.front.http.request(method, path, json=body, headers=headers)
        return answer.status_code


async def an_administrator_of(front: Front) -> AdministratorId:
    """One who never needs a password, whose making would take most of a world's time."""
    administrator = an_administrator()
    async with front.clinic.storage.writing() as unit:
        await unit.accounts.add_administrator(administrator)
    return administrator.id


async def a_world(front: Front) -> World:
    clinic = front.clinic
    doctor, patient = await clinic.doctor(), await clinic.patient()
    booked = (await front.hold(patient, doctor.id, "2027-03-01T10:00:00Z", key="one")).json()["id"]
    await paid(front, patient, AppointmentId(UUID(booked)))
    held = (await front.hold(patient, doctor.id, "2027-03-01T11:00:00Z", key="two")).json()["id"]
    away = {"starts_at": "2027-03-05T09:00:00Z", "ends_at": "2027-03-05T12:00:00Z"}
    time_off = (await front.post("/api/doctor/time-off", away, headers=front.as_doctor(doctor))).json()["id"]
    mia = {"name": "Mia Koch", "birth_date": "2019-05-01", "relation": "child"}
    dependant = (await front.post("/api/patient/dependants", mia, headers=front.as_patient(patient))).json()["id"]
    bug = {"about": "bug", "text": "The page is blank."}
    report = (await front.post("/api/reports", bug, headers=front.as_patient(patient))).json()["id"]
    wish = {"specialization": "General practice", "from": "2027-03-02T00:00:00Z", "until": "2027-03-03T00:00:00Z"}
    wait = (await front.post("/api/waitlist", wish, headers=front.as_patient(patient))).json()["id"]
    admin = front.token(Actor.administrator(await an_administrator_of(front)))
    tasks = (await front.http.get("/api/admin/tasks", headers=admin)).json()["items"]
    headers = {
        "anonymous": {},
        "patient": front.as_patient(patient),
        "another patient": front.as_patient(await clinic.patient()),
        "doctor": front.as_doctor(doctor),
        "another doctor": front.as_doctor(await clinic.doctor()),
        "administrator": admin,
    }
    payment = str((await clinic.payment(AppointmentId(UUID(booked)))).id)
    return World(
        front, patient, doctor, headers, booked, held, tasks[0]["id"], time_off, dependant, report, wait, payment
    )


Ask = Callable[[World, str], Awaitable[int]]
Expected = tuple[int, int, int, int, int, int]


def everybody(status: int) -> Expected:
    return (status,) * 6


def get(path: str) -> Ask:
    return lambda world, actor: world.ask(actor, "GET", path.format(w=world))


def send(method: str, path: str, body: object = None) -> Ask:
    """With `{w.…}` of the World in the address and in the texts of the body."""

    def filled(world: World) -> object:
        if not isinstance(body, dict):
            return body
        return {name: value.format(w=world) if isinstance(value, str) else value for name, value in body.items()}

    return lambda world, actor: world.ask(actor, method, path.format(w=world), filled(world))


async def hold(world: World, actor: str) -> int:
    body: dict[str, Any] = {"doctor_id": str(world.doctor.id), "starts_at": "2027-03-02T10:00:00Z"}
    if actor == "administrator":
        body["patient_id"] = str(world.patient.id)
    return await world.ask(actor, "POST", "/api/appointments", body)


async def erase(world: World, actor: str) -> int:
    me = await world.front.http.get("/api/me", headers=world.headers[actor])
    return await world.ask(actor, "POST", "/api/me/erase", {"confirmation": me.json().get("email", "nobody")})


async def register(world: World, actor: str) -> int:
    email = f"{actor.replace(' ', '-')}@example.com"
    return await world.ask(actor, "POST", "/api/auth/doctors", {**REGISTRATION, "email": email})


async def webhook(world: World, _: str) -> int:
    return (await world.front.webhook("cs_unknown")).status_code


REGISTRATION = {
    "password": PASSWORD,
    "name": "Dr. New",
    "phone": "+12025550123",
    "specialization": "Dermatology",
    "fee": {"amount": 0, "currency": "USD"},
    "time_zone": "UTC",
}

MINE = {
    "appointment_id": "{w.appointment}",
    "doctor_id": "{w.doctor.id}",
    "task_id": "{w.task}",
    "time_off_id": "{w.time_off}",
    "secret_name": "none.ics",
    "dependant_id": "{w.dependant}",
    "report_id": "{w.report}",
    "payment_id": "{w.payment}",
    "wait_id": "{w.wait}",
}
"""What of the World stands for each parameter of an address."""
