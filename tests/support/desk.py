"""The front desk over one storage: every verb of finding, hours, accounts and administration, and what they left behind."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import ANONYMOUS, SYSTEM, Actor, Role
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.doctor import Doctor
from scheduling_core.errors import Forbidden, Unauthenticated
from scheduling_core.feedback import Feedback
from scheduling_core.hours import Hours, TimeOff
from scheduling_core.ids import AdministratorId, DoctorId, PatientId
from scheduling_core.patient import Patient
from scheduling_core.ports.accounts import Administrator
from scheduling_core.ports.storage import Storage
from scheduling_core.tasks import MessageKind, Task
from scheduling_core.use_cases.accounts import ReadMe, ReadPatientProfile, RegisterDoctor, UpdatePatientProfile
from scheduling_core.use_cases.administration import (
    CreateAdministrator,
    DecideDoctor,
    ListDoctors,
    ListTasks,
    RetryTask,
)
from scheduling_core.use_cases.booking import HoldSlot
from scheduling_core.use_cases.directory import FindDoctors, ListSpecializations, ReadDoctor, ReadFeedback
from scheduling_core.use_cases.hours import AddTimeOff, ListTimeOff, ReadHours, RemoveTimeOff, SetHours
from scheduling_core.use_cases.sessions import FinishGoogleSignIn, RefreshSession, SignIn, SignOut, StartGoogleSignIn
from scheduling_core.use_cases.slots import FindSlots
from support.chance import SeededChance
from support.clinic import TERMS
from support.clock import ManualClock
from support.making import a_doctor, a_hold, a_patient, an_administrator, an_id, minutes, some_hours, usd
from support.outside import no_calendars
from support.signing import Embassy, PlainPasswords, PlainTokens

PASSWORD = "correct horse"
EVERYBODY = {
    Role.ANONYMOUS: ANONYMOUS,
    Role.PATIENT: Actor.patient(PatientId(an_id())),
    Role.DOCTOR: Actor.doctor(DoctorId(an_id())),
    Role.ADMINISTRATOR: Actor.administrator(AdministratorId(an_id())),
    Role.SYSTEM: SYSTEM,
}
"""One of each role, none of whom any storage knows."""


class Desk:
    """In memory, unless it is given a storage and the clock that this storage goes by."""

    def __init__(self, storage: Storage | None = None, clock: ManualClock | None = None) -> None:
        self.clock = clock or ManualClock()
        self.storage = storage or MemoryStorage(self.clock)
        self.chance, self.terms = SeededChance(2), TERMS
        self.passwords, self.tokens, self.embassy = PlainPasswords(), PlainTokens(), Embassy()
        storage, chance, clock, terms = self.storage, self.chance, self.clock, self.terms
        self.find_doctors = FindDoctors(storage, clock, terms)
        self.read_doctor = ReadDoctor(storage, clock, terms)
        self.find_slots = FindSlots(storage, clock, terms)
        self.list_specializations = ListSpecializations(storage)
        self.read_feedback = ReadFeedback(storage)
        self.hold_slot = HoldSlot(storage, chance, terms, no_calendars(storage, chance))
        self.read_hours = ReadHours(storage)
        self.set_hours = SetHours(storage, chance)
        self.list_time_off = ListTimeOff(storage, clock)
        self.add_time_off = AddTimeOff(storage, chance)
        self.remove_time_off = RemoveTimeOff(storage, chance)
        self.register_doctor = RegisterDoctor(storage, chance, self.passwords, terms)
        self.read_me = ReadMe(storage)
        self.read_profile = ReadPatientProfile(storage)
        self.update_profile = UpdatePatientProfile(storage)
        self.sign_in = SignIn(storage, chance, self.passwords, self.tokens)
        self.start_google = StartGoogleSignIn(chance, self.embassy)
        self.finish_google = FinishGoogleSignIn(storage, chance, self.embassy, self.tokens)
        self.refresh = RefreshSession(storage, chance, self.tokens)
        self.sign_out = SignOut(storage)
        self.list_doctors = ListDoctors(storage)
        self.decide_doctor = DecideDoctor(storage, chance)
        self.list_tasks = ListTasks(storage)
        self.retry_task = RetryTask(storage)
        self.create_administrator = CreateAdministrator(storage, chance, self.passwords)

    async def doctor(self, doctor: Doctor | None = None, hours: Hours | None = None) -> Doctor:
        """Listed and open every day from nine to five, unless said otherwise."""
        doctor = doctor or a_doctor()
        async with self.storage.writing() as unit:
            await unit.doctors.add(doctor, hours or some_hours())
        return doctor

    async def registered(self) -> Doctor:
        """A doctor who registered as asha@example.com with PASSWORD."""
        return await self.register_doctor(
            email="asha@example.com",
            password=PASSWORD,
            name="Dr. Asha Rao",
            phone="+919812345678",
            specialization="Dermatology",
            fee=usd(5_000),
            time_zone="Asia/Kolkata",
        )

    async def patient(self, patient: Patient | None = None) -> Patient:
        patient = patient or a_patient()
        async with self.storage.writing() as unit:
            await unit.patients.add(patient)
        return patient

    async def administrator(self) -> Administrator:
        administrator = an_administrator()
        async with self.storage.writing() as unit:
            await unit.accounts.add_administrator(administrator)
        return administrator

    async def boss(self) -> Actor:
        """An administrator to act as."""
        return Actor.administrator((await self.administrator()).id)

    async def visit(
        self, doctor: Doctor, starts_at: datetime, *, status: Status = Status.BOOKED, gap: float = 0, lasts: float = 10
    ) -> Appointment:
        """An appointment of a new patient in that status; a hold lasts so many minutes from now."""
        now = self.clock.now()
        hold = a_hold(doctor, await self.patient(), starts_at, at=now, gap=minutes(gap), lasts=minutes(lasts))
        async with self.storage.writing() as unit:
            await unit.appointments.add(hold)
            appointment = hold.after
            if status is not Status.PENDING:
                booked = appointment.move(Verb.BOOK, SYSTEM, now, keep=appointment.quote.total).amend(booked_at=now)
                appointment = await unit.appointments.store(booked)
            if status is Status.ARRIVED:
                arrived = appointment.move(Verb.ARRIVE, Actor.doctor(doctor.id), now)
                appointment = await unit.appointments.store(arrived)
        return appointment

    async def see(self, appointment: Appointment) -> Appointment:
        async with self.storage.reading() as unit:
            return await unit.appointments.get(appointment.id, SYSTEM)

    async def version(self, doctor: Doctor) -> int:
        async with self.storage.reading() as unit:
            return await unit.schedules.version(doctor.id)

    async def time_off(self, doctor: Doctor, time_off: TimeOff) -> TimeOff:
        async with self.storage.writing() as unit:
            await unit.schedules.lock(doctor.id)
            await unit.schedules.add_time_off(doctor.id, time_off)
        return time_off

    async def feedback(self, feedback: Feedback) -> Feedback:
        async with self.storage.writing() as unit:
            await unit.feedback.add(feedback)
        return feedback

    async def tasks(self) -> list[Task]:
        """All of them, oldest first."""
        async with self.storage.reading() as unit:
            return (await unit.tasks.list(None, after=None, limit=10_000))[::-1]

    async def told(self) -> list[tuple[MessageKind | None, object]]:
        """Which messages are to go to whom, oldest first."""
        return [(task.message, task.recipient and task.recipient.id) for task in await self.tasks() if task.message]


async def assert_only(allowed: set[Role], verb: Callable[[Actor], Awaitable[object]]) -> None:
    """Every role but the `allowed` is refused by `verb`: nobody is sent to sign in, the wrong kind is forbidden."""
    for role, actor in EVERYBODY.items():
        if role not in allowed:
            with pytest.raises(Unauthenticated if role is Role.ANONYMOUS else Forbidden):
                await verb(actor)
