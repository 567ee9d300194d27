"""Fills an empty database with a demonstration: doctors, patients, past visits with feedback, visits to come.

The same day always gives the same demonstration. Everything that can happen in the present goes through the use cases.
"""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, cycle

from entrypoints.demo_papers import REASONS, write_papers
from entrypoints.demo_past import PastVisits
from entrypoints.demo_people import DOCTORS, PATIENTS, PENDING, DemoDoctor
from entrypoints.demo_portraits import PORTRAITS, draw_portrait
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import Conflict, NotFound, SlotNotOffered
from scheduling_core.grid import grid
from scheduling_core.hours import Hours, Span
from scheduling_core.ids import AdministratorId, AppointmentId, DoctorId, PatientId
from scheduling_core.instants import Interval
from scheduling_core.money import Money
from scheduling_core.patient import ExternalIdentity, Patient
from scheduling_core.payment import Observation, Payment
from scheduling_core.ports.accounts import Administrator, Credential
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance, Passwords
from scheduling_core.terms import Terms
from scheduling_core.use_cases.booking import HoldSlot
from scheduling_core.use_cases.checkout import OpenCheckout
from scheduling_core.use_cases.delivery import DeliverTasks

PASSWORD = "openhours-demo"  # noqa: S105  # a demonstration's, printed in the README and refused in production
DOCTOR_EMAIL, ADMINISTRATOR_EMAIL = "doctor@example.com", "admin@example.com"
_SEED = 20
_LOOK_BACK = timedelta(days=75)

Identify = Callable[[str, str], ExternalIdentity]
"""Who the identity provider would say signed in, for an e-mail and a name."""
Pay = Callable[[AppointmentId], Awaitable[None]]
"""Pays the open checkout of an appointment at the simulated provider, and has it settled."""
Show = Callable[[Actor, bytes], Awaitable[None]]
"""Makes a picture theirs, as if they had sent it."""
Remember = Callable[[Sequence[Payment]], Awaitable[list[Observation]]]
"""Makes the simulated provider know these as paid and taken in full long ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """What filling needs. Nothing is written unless the database is empty of doctors."""

    storage: Storage
    chance: Chance
    passwords: Passwords
    terms: Terms
    hold_slot: HoldSlot
    open_checkout: OpenCheckout
    pay: Pay
    remember: Remember
    show: Show
    identify: Identify
    deliver_tasks: DeliverTasks
    now: datetime

    async def fill(self) -> bool:
        """Whether there was room for it. Filling twice changes nothing."""
        async with self.storage.reading() as unit:
            if await unit.doctors.list(None):
                return False
        dice = random.Random(_SEED)  # noqa: S311  # a demonstration wants repeatable chance, not secrecy
        password = await self.passwords.hash(PASSWORD)
        async with self.storage.writing() as unit:
            await self._administrator(unit, password)
            patients = [await self._patient(unit, name, zone) for name, zone in PATIENTS]
            doctors = [
                await self._doctor(unit, person, f"doctor{number}@example.com" if number else DOCTOR_EMAIL, password)
                for number, person in enumerate(DOCTORS)
            ]
            waiting = await self._doctor(unit, PENDING, "pending@example.com", password, DoctorStatus.PENDING)
            past = PastVisits(
                unit=unit, chance=self.chance, terms=self.terms, dice=dice, patients=patients, now=self.now
            )
            for (doctor, hours), person in zip(doctors, DOCTORS, strict=True):
                await past.with_feedback(doctor, hours, person.stars, since=self.now - _LOOK_BACK)
            await past.lately(*doctors[0])
            await write_papers(unit, self.chance, patients, past.visits, now=self.now)
        await self._take(past.paid)
        actors = chain(
            ((doctor.name, Actor.doctor(doctor.id)) for doctor, _ in doctors),
            ((patient.name, Actor.patient(patient.id)) for patient in patients),
        )
        for name, actor in actors:
            if name in PORTRAITS:
                await self.show(actor, draw_portrait(PORTRAITS[name]))
        for index, (doctor, _) in enumerate(doctors):
            if doctor.id != waiting[0].id:
                await self._to_come(doctor.id, patients, dice, visits=12 if index == 0 else 2)
            if index in (1, 3):
                await self._to_come(doctor.id, patients[:1], dice, visits=1)
        while await self.deliver_tasks(limit=20):
            pass  # so that the first person served does not queue behind the demonstration's own letters
        return True

    async def _administrator(self, unit: Unit, password: str) -> None:
        administrator = Administrator(
            id=AdministratorId(self.chance.new_id()),
            name="Demo Administrator",
            email=ADMINISTRATOR_EMAIL,
            time_zone="UTC",
            created_at=self.now,
        )
        await unit.accounts.add_administrator(administrator)
        actor = Actor.administrator(administrator.id)
        await unit.accounts.add_credential(Credential(actor, ADMINISTRATOR_EMAIL, password))

    async def _patient(self, unit: Unit, name: str, zone: str) -> Patient:
        identity = self.identify(f"{name.split(maxsplit=1)[0].lower()}@example.com", name)
        patient = Patient(
            id=PatientId(self.chance.new_id()),
            issuer=identity.issuer,
            subject=identity.subject,
            name=name,
            email=identity.email,
            time_zone=zone,
            phone="+15550100100",
            created_at=self.now - _LOOK_BACK,
        )
        await unit.patients.add(patient)
        return patient

    async def _doctor(
        self,
        unit: Unit,
        person: DemoDoctor,
        email: str,
        password: str,
        status: DoctorStatus = DoctorStatus.APPROVED,
    ) -> tuple[Doctor, Hours]:
        doctor = Doctor(
            id=DoctorId(self.chance.new_id()),
            name=person.name,
            email=email,
            phone="+15550100200",
            specialization=person.specialization,
            fee=Money(person.fee, self.terms.currency),
            languages=person.languages,
            qualifications=person.qualifications,
            about=f"{person.about} (A demonstration: not a real doctor.)",
            status=status,
            created_at=self.now - _LOOK_BACK,
        )
        spans = tuple(Span(60 * h + m, 60 * to_h + to_m) for h, m, to_h, to_m in person.hours)
        hours = Hours(
            time_zone=person.zone,
            slot_minutes=person.slot,
            gap_minutes=person.gap,
            minimum_notice_minutes=15,
            horizon_days=60,
            weekly=tuple(spans if day in person.days else () for day in range(7)),
            overrides={},
        )
        await unit.doctors.add(doctor, hours)
        await unit.accounts.add_credential(Credential(Actor.doctor(doctor.id), email, password))
        return doctor, hours

    async def _take(self, payments: list[Payment]) -> None:
        """With their ledgers, and known to the provider: an auditor would ask there."""
        taken = await self.remember(payments)
        async with self.storage.writing() as unit:
            for payment, seen in zip(payments, taken, strict=True):
                await unit.payments.save(*payment.observe(seen, at=payment.created_at))

    async def _to_come(self, doctor_id: DoctorId, patients: list[Patient], dice: random.Random, *, visits: int) -> None:
        """Some visits of the coming days, held and paid as any patient would; a time that is not free is passed over."""
        async with self.storage.reading() as unit:
            hours = await unit.schedules.hours(doctor_id)
        first = self.now.date()
        ahead = [at for at in grid(hours, first=first, last=first + timedelta(days=6)) if at.start > self.now]
        soon = [*ahead[:2], *ahead[3:7:2]] if visits > 2 else []
        reasons = cycle(REASONS)
        for interval in sorted({*soon, *dice.sample(ahead[:40], min(visits, len(ahead[:40])))}, key=_start):
            await self._book(doctor_id, interval, dice.choice(patients[1:] or patients), next(reasons))

    async def _book(self, doctor_id: DoctorId, interval: Interval, patient: Patient, reason: str) -> None:
        actor = Actor.patient(patient.id)
        try:
            held = await self.hold_slot(actor, None, doctor_id=doctor_id, starts_at=interval.start, reason=reason)
            checkout = await self.open_checkout(actor, held.appointment.id)
        except (Conflict, SlotNotOffered, NotFound):
            return
        if checkout.url is not None:
            await self.pay(held.appointment.id)


def _start(interval: Interval) -> datetime:
    return interval.start
