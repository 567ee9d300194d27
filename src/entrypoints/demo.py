"""Fills an empty database with a demonstration: doctors, patients, past visits with feedback, visits to come.

The same day always gives the same demonstration. Everything that can happen in the present goes through the use cases.
"""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import cycle
from uuid import UUID

from entrypoints.demo_people import DOCTORS, PATIENTS, PENDING, WORDS, DemoDoctor
from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment import Appointment, Verb, hold
from scheduling_core.availability import Hours, Span, grid
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import Conflict, NotFound, SlotNotOffered
from scheduling_core.feedback import Feedback
from scheduling_core.ids import AdministratorId, AppointmentId, DoctorId, PatientId, PaymentId
from scheduling_core.instants import Interval
from scheduling_core.money import Money, Quote
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
            busy: set[tuple[UUID, datetime]] = set()
            paid: list[Payment] = []
            for (doctor, hours), person in zip(doctors, DOCTORS, strict=True):
                await self._past(unit, doctor, hours, person, patients, dice, busy, paid)
        await self._take(paid)
        for index, (doctor, _) in enumerate(doctors):
            if doctor.id != waiting[0].id:
                await self._to_come(doctor.id, patients, dice, visits=6 if index == 0 else 2)
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

    async def _past(
        self,
        unit: Unit,
        doctor: Doctor,
        hours: Hours,
        person: DemoDoctor,
        patients: list[Patient],
        dice: random.Random,
        busy: set[tuple[UUID, datetime]],
        paid: list[Payment],
    ) -> None:
        today = self.now.date()
        times = grid(hours, first=(self.now - _LOOK_BACK).date(), last=today - timedelta(days=2))
        words = {stars: cycle(dice.sample(said, len(said))) for stars, said in WORDS.items()}
        for interval, stars in zip(
            sorted(dice.sample(times, len(person.stars)), key=_start), person.stars, strict=True
        ):
            day = datetime.combine(interval.start.date(), time(), UTC)
            patient = dice.choice([patient for patient in patients if (patient.id, day) not in busy])
            busy.update(
                {(patient.id, day), (patient.id, day - timedelta(days=1)), (patient.id, day + timedelta(days=1))}
            )
            visit = await self._visit(unit, doctor, hours, patient, interval, paid)
            title, review = next(words[stars])
            given = Feedback(
                appointment_id=visit.id,
                doctor_id=doctor.id,
                patient_id=patient.id,
                stars=stars,
                title=title,
                review=review,
                given_at=interval.end + timedelta(hours=3),
            )
            await unit.feedback.add(given)

    async def _visit(
        self, unit: Unit, doctor: Doctor, hours: Hours, patient: Patient, interval: Interval, paid: list[Payment]
    ) -> Appointment:
        """A visit that was held, paid and fulfilled in the past; its payment, still to be taken, joins those that are `paid`."""
        held_at = interval.start - timedelta(days=2)
        total = Quote.of(doctor.fee, tax_percent=self.terms.tax_percent).total
        payment = Payment(
            id=PaymentId(self.chance.new_id()),
            appointment_id=AppointmentId(self.chance.new_id()),
            amount=total,
            closes_at=held_at + self.terms.hold,
            created_at=held_at,
        )
        move = hold(
            id=payment.appointment_id,
            doctor_id=doctor.id,
            patient_id=patient.id,
            person_id=patient.person_id,
            interval=interval,
            occupied_until=interval.end + timedelta(minutes=hours.gap_minutes),
            expires_at=held_at + self.terms.hold,
            quote=Quote.of(doctor.fee, tax_percent=self.terms.tax_percent),
            policy=self.terms.policy,
            doctor_zone=hours.time_zone,
            patient_zone=patient.time_zone,
            reason="",
            actor=Actor.patient(patient.id),
            at=held_at,
        )
        await unit.appointments.add(move)
        paid_by = payment.id if total.amount else None
        number = await unit.appointments.next_receipt_number(held_at.year)
        booked = await unit.appointments.store(
            move.after.move(Verb.BOOK, SYSTEM, held_at, keep=total).amend(
                paid_by=paid_by, booked_at=held_at, receipt_number=number
            )
        )
        if paid_by:
            await unit.payments.add(payment)
            paid.append(payment)
        return await unit.appointments.store(booked.move(Verb.FULFIL, Actor.doctor(doctor.id), interval.end))

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
        soon = ahead[1:3] if visits > 2 else []
        for interval in sorted({*soon, *dice.sample(ahead[:40], min(visits, len(ahead[:40])))}, key=_start):
            actor = Actor.patient(dice.choice(patients[1:]).id)
            try:
                held = await self.hold_slot(actor, None, doctor_id=doctor_id, starts_at=interval.start)
                checkout = await self.open_checkout(actor, held.appointment.id)
            except (Conflict, SlotNotOffered, NotFound):
                continue
            if checkout.url is not None:
                await self.pay(held.appointment.id)


def _start(interval: Interval) -> datetime:
    return interval.start
