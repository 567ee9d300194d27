"""Everything that is held about one person: exported whole, erased whole, and forgotten in time."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from contract.storage.making import (
    DAY,
    NINE,
    stored_doctor,
    stored_feedback,
    stored_hold,
    stored_patient,
    stored_payment,
    stored_task,
    stored_visit,
)
from scheduling_core.access import SYSTEM, Actor, Role
from scheduling_core.appointment import Appointment
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import NotFound, Outdated
from scheduling_core.ids import AdministratorId, PersonId, ReportId
from scheduling_core.medical import MedicalProfile
from scheduling_core.notices import Delivery, Notice
from scheduling_core.patient import Dependant, Patient, Relation
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.accounts import Credential
from scheduling_core.ports.history import Wanted
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage
from scheduling_core.privacy import ERASED, NO_EMAIL, Erasure, Kept, StillNeeded
from scheduling_core.report import Report, ReportAbout
from scheduling_core.tasks import LEASE, Recipient
from support.clock import MONDAY, ManualClock
from support.making import a_message, a_session, a_task, a_time_off, an_id, minutes

PATIENTS = (
    "Canary Name",
    "canary@mail",
    "+4930canary",
    "canary-reason",
    "canary-report",
    "canary-review",
    "canary-ill",
    "Canary Kid",
)
DOCTORS = ("Canary Doctor", "canary-doctor@mail", "+canary-phone", "canary-studies", "canary-about", "canary-away")
SECRETS = ("canary-hash", "canary-token", "canary-answer")


class World:
    """A patient, a doctor and a visit of theirs with everything that leaves words behind."""

    def __init__(self, patient: Patient, doctor: Doctor, visit: Appointment) -> None:
        self.patient, self.doctor, self.visit = patient, doctor, visit
        self.as_patient, self.as_doctor = Actor.patient(patient.id), Actor.doctor(doctor.id)


@pytest.fixture
async def world(storage: Storage) -> World:
    patient = await stored_patient(
        storage, name="Canary Name", email="canary@mail", phone="+4930canary", photo_url="https://photos/canary"
    )
    doctor = await stored_doctor(
        storage, name="Canary Doctor", email="canary-doctor@mail", phone="+canary-phone", qualifications="canary-studies",
        about="canary-about",
    )  # fmt: skip
    visit = await stored_visit(storage, doctor, patient, reason="canary-reason")
    await stored_payment(storage, visit, status=PaymentStatus.RELEASED, url="https://pay/canary-token")
    await stored_feedback(storage, visit, title="canary-review", review="canary-review", answer="canary-reply")
    key = RequestKey(Actor.patient(patient.id), "POST /x", "k", "h")
    kid = Dependant(
        id=PersonId(an_id()), patient_id=patient.id, name="Canary Kid", birth_date=date(2019, 5, 1), relation=Relation.CHILD,
        created_at=MONDAY,
    )  # fmt: skip
    async with storage.writing() as unit:
        assert await unit.requests.begin(key, str) is None
        await unit.dependants.add(kid)
        await unit.medical.put(MedicalProfile(person_id=patient.person_id, conditions="canary-ill", updated_at=MONDAY))
        await unit.accounts.add_credential(Credential(Actor.doctor(doctor.id), doctor.email, "canary-hash"))
        await unit.schedules.add_time_off(doctor.id, a_time_off(NINE + DAY, note="canary-away"))
        for actor in (Actor.patient(patient.id), Actor.doctor(doctor.id)):
            await unit.sessions.add(a_session(actor), f"canary-token {actor.role}")
        report = Report(
            id=ReportId(an_id()),
            about=ReportAbout.BUG,
            by=Actor.patient(patient.id),
            text="canary-report",
            created_at=MONDAY,
        )
        await unit.reports.add(report)
        await unit.tasks.wake(a_message(Recipient(Role.PATIENT, patient.id), visit.id))
        await unit.tasks.wake(a_message(Recipient(Role.DOCTOR, doctor.id), visit.id))
        await unit.requests.remember(key, "canary-answer")
    return World(patient, doctor, visit)


async def everything(storage: Storage, actor: Actor) -> str:
    async with storage.reading() as unit:
        return json.dumps(await unit.privacy.everything(actor), default=_never)


def _never(value: object) -> str:
    raise AssertionError(f"{value!r} is not JSON")


async def erased(storage: Storage, actor: Actor, at: datetime = MONDAY) -> None:
    async with storage.writing() as unit:
        await unit.privacy.erase(actor, at=at)


async def test_exports_all_that_a_patient_left_and_no_secret(storage: Storage, world: World) -> None:
    text = await everything(storage, world.as_patient)
    assert [word for word in (*PATIENTS, "canary-reply") if word not in text] == []
    assert [word for word in (*SECRETS, *DOCTORS) if word in text] == []
    assert str(world.visit.id) in text


async def test_exports_a_doctors_own_and_not_what_patients_told(storage: Storage, world: World) -> None:
    text = await everything(storage, world.as_doctor)
    assert [word for word in DOCTORS if word not in text] == []
    assert [
        word for word in (*SECRETS, "Canary Name", "canary-reason", "canary-ill", str(world.patient.id)) if word in text
    ] == []
    assert str(world.visit.id) in text


async def test_exports_nothing_of_others(storage: Storage, world: World) -> None:
    text = await everything(storage, Actor.patient((await stored_patient(storage)).id))
    assert "anary" not in text
    assert str(world.visit.id) not in text


async def test_erases_a_patient_and_keeps_the_books(storage: Storage, world: World) -> None:
    async with storage.reading() as unit:
        before = await unit.history.find(Wanted(), before=None, limit=99)
        payments = await unit.payments.of_appointment(world.visit.id)
    await erased(storage, world.as_patient)

    text = await everything(storage, world.as_patient) + await everything(storage, world.as_doctor)
    assert [word for word in (*PATIENTS, *SECRETS, "canary-reply") if word in text] == []
    async with storage.reading() as unit:
        assert await unit.history.find(Wanted(), before=None, limit=99) == before
        after = await unit.payments.of_appointment(world.visit.id)
        assert [replace(each, url=None, version=1) for each in after] == [replace(each, url=None) for each in payments]
        visit = await unit.appointments.get(world.visit.id, SYSTEM)
        assert (visit.reason, visit.status, visit.quote) == ("", world.visit.status, world.visit.quote)
        details = await unit.appointments.details(world.visit.id, world.as_doctor)
        assert (details.patient_name, details.doctor_name) == ("Former patient", "Canary Doctor")
        assert details.feedback is not None
        assert (details.feedback.stars, details.feedback.review) == (5, "")
        patient = await unit.patients.get(world.patient.id)
        assert (patient.issuer, patient.email, patient.phone, patient.photo_url) == (ERASED, NO_EMAIL, None, None)
        assert await unit.patients.find(world.patient.issuer, world.patient.subject) is None
        assert await unit.medical.get(world.patient.person_id) == MedicalProfile(person_id=world.patient.person_id)
        with pytest.raises(NotFound):
            patient.here()
    async with storage.writing() as unit:
        assert await unit.sessions.lock("canary-token patient") is None
        assert await unit.sessions.lock("canary-token doctor") is not None
        left = await unit.tasks.lease(limit=9, token=an_id(), lease=LEASE)
        assert [task.recipient and task.recipient.role for task in left] == [Role.DOCTOR]


async def test_erases_a_doctor_whom_nobody_finds_or_books_any_more(storage: Storage, world: World) -> None:
    await erased(storage, world.as_doctor)
    text = await everything(storage, world.as_doctor) + await everything(storage, world.as_patient)
    assert [word for word in (*DOCTORS, "canary-reply") if word in text] == []
    assert "canary-reason" in text
    async with storage.reading() as unit:
        doctor = await unit.doctors.get(world.doctor.id)
        assert (doctor.name, doctor.email, doctor.status) == ("Former doctor", NO_EMAIL, DoctorStatus.SUSPENDED)
        assert await unit.accounts.find_credential("canary-doctor@mail") is None
        assert await unit.schedules.time_off(doctor.id) == []


async def test_erasing_again_changes_nothing_and_is_noted_once(storage: Storage, world: World) -> None:
    await erased(storage, world.as_patient)
    once = await everything(storage, world.as_patient)
    await erased(storage, world.as_patient, MONDAY + DAY)
    await erased(storage, world.as_doctor, MONDAY + DAY)
    assert await everything(storage, world.as_patient) != ""
    async with storage.reading() as unit:
        assert await unit.privacy.erasures() == [
            Erasure(world.as_patient, MONDAY), Erasure(world.as_doctor, MONDAY + DAY)
        ]  # fmt: skip
    assert json.loads(once)["patients"] == json.loads(await everything(storage, world.as_patient))["patients"]


async def test_somebody_is_needed_while_a_visit_is_ahead(storage: Storage, world: World) -> None:
    async def needed(actor: Actor, now: datetime) -> StillNeeded | None:
        async with storage.reading() as unit:
            return await unit.privacy.needed_for(actor, now=now)

    over = world.visit.ends_at
    for actor in (world.as_patient, world.as_doctor):
        assert await needed(actor, over - minutes(1)) is StillNeeded.VISITS
        assert await needed(actor, over) is None
    other = await stored_patient(storage)
    assert await needed(Actor.patient(other.id), NINE) is None
    await stored_hold(storage, world.doctor, other, NINE + DAY)
    assert await needed(Actor.patient(other.id), NINE) is StillNeeded.VISITS


@pytest.mark.parametrize(
    ("changes", "unsettled"),
    [
        ({"status": PaymentStatus.OPEN}, True),
        ({"status": PaymentStatus.AUTHORIZED}, True),
        ({"status": PaymentStatus.DISPUTED, "captured": 5}, True),
        ({"status": PaymentStatus.REFUNDED, "captured": 5, "refunded": 5, "refund_failed": True}, True),
        ({"status": PaymentStatus.EXPIRED, "quarantined": "amount"}, True),
        ({"status": PaymentStatus.CAPTURED, "captured": 5}, True),
        ({"status": PaymentStatus.EXPIRED}, False),
        ({"status": PaymentStatus.REFUNDED, "captured": 5, "refunded": 5}, False),
    ],
)
async def test_somebody_is_needed_while_money_is_not_settled(
    storage: Storage, changes: dict[str, Any], unsettled: bool
) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    visit = await stored_visit(storage, doctor, patient)
    await stored_payment(storage, visit, **changes)
    async with storage.reading() as unit:
        for actor in (Actor.patient(patient.id), Actor.doctor(doctor.id)):
            needed = await unit.privacy.needed_for(actor, now=NINE + DAY)
            assert needed is (StillNeeded.MONEY if unsettled else None)


@pytest.mark.parametrize("actor", [SYSTEM, Actor.administrator(AdministratorId(an_id()))])
async def test_holds_nothing_of_others_than_patients_and_doctors(storage: Storage, actor: Actor) -> None:
    async with storage.writing() as unit:
        for ask in (unit.privacy.everything(actor), unit.privacy.erase(actor, at=MONDAY)):
            with pytest.raises(ValueError, match="nothing is held"):
                await ask


async def test_forgets_what_was_over_in_small_batches_and_nothing_else(
    storage: Storage, clock: ManualClock, world: World
) -> None:
    for _ in range(3):
        await stored_task(storage, a_task(due_at=MONDAY))
    async with storage.writing() as unit:
        for task in await unit.tasks.lease(limit=9, token=an_id(), lease=LEASE):
            await unit.tasks.finish(task)
        await unit.payments.note_webhook("evt", "ref", at=MONDAY)
        told, waiting = (Notice.of(a_message()) for _ in range(2))
        for notice in (told, waiting):
            await unit.notices.add(notice)
        await unit.notices.mark(told.id, Delivery.SENT, at=MONDAY)
        await unit.tasks.wake(a_task(due_at=MONDAY))
    later = MONDAY + timedelta(days=1)

    async def forget(kept: Kept, before: datetime, limit: int = 2) -> int:
        async with storage.writing() as unit:
            return await unit.privacy.forget(kept, before=before, limit=limit)

    assert await forget(Kept.TASKS, MONDAY) == 0
    assert [await forget(Kept.TASKS, later, limit=3) for _ in range(3)] == [3, 2, 0]
    assert [await forget(Kept.MESSAGES, later) for _ in range(2)] == [1, 0]
    assert [await forget(Kept.WEBHOOK_EVENTS, later) for _ in range(2)] == [1, 0]
    assert [await forget(Kept.REQUESTS, later) for _ in range(2)] == [1, 0]
    assert await forget(Kept.SESSIONS, later) == 0
    assert [await forget(Kept.SESSIONS, MONDAY + timedelta(days=31)) for _ in range(2)] == [2, 0]
    async with storage.writing() as unit:
        assert len(await unit.tasks.list(None, after=None, limit=9)) == 1
        assert await unit.sessions.lock("canary-token doctor") is None
        # Forgotten, it may happen anew.
        assert await unit.payments.note_webhook("evt", "ref", at=later)


async def test_nobody_writes_back_what_they_read_before_the_erasure(storage: Storage, world: World) -> None:
    async with storage.reading() as unit:
        patient, doctor = await unit.patients.get(world.patient.id), await unit.doctors.get(world.doctor.id)
        (kid,) = await unit.dependants.list(world.patient.id)
        visit = await unit.appointments.get(world.visit.id, SYSTEM)
    for actor in (world.as_patient, world.as_doctor):
        await erased(storage, actor)

    async def write_back(what: str) -> None:
        async with storage.writing() as unit:
            match what:
                case "patient":
                    await unit.patients.save(patient)
                case "doctor":
                    await unit.doctors.save(doctor)
                case "dependant":
                    await unit.dependants.save(kid)
                case _:
                    await unit.appointments.save(visit)

    for late in ("patient", "doctor", "dependant", "visit"):
        with pytest.raises(Outdated):
            await write_back(late)


async def test_nobody_gets_what_others_reported_about_a_visit_with_them(storage: Storage, world: World) -> None:
    report = Report(
        id=ReportId(an_id()),
        about=ReportAbout.APPOINTMENT,
        by=world.as_patient,
        text="canary-complaint",
        created_at=MONDAY,
        appointment_id=world.visit.id,
    )
    async with storage.writing() as unit:
        await unit.reports.add(report)
    assert "canary-complaint" in await everything(storage, world.as_patient)
    assert "canary-complaint" not in await everything(storage, world.as_doctor)
