"""The visits of the demonstration that are over: held, paid, fulfilled, and most of them praised."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import cycle
from uuid import UUID

from entrypoints.demo_papers import ANSWERS, REASONS
from entrypoints.demo_people import WORDS
from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment import Appointment, Verb, hold
from scheduling_core.doctor import Doctor
from scheduling_core.feedback import Feedback
from scheduling_core.grid import grid
from scheduling_core.hours import Hours
from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.instants import Interval
from scheduling_core.money import Quote
from scheduling_core.patient import Patient
from scheduling_core.payment import Payment
from scheduling_core.ports.storage import Unit
from scheduling_core.ports.system import Chance
from scheduling_core.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVisits:
    """Writes them, and knows those that it wrote: `visits`, and their payments, which are still to be taken, in `paid`."""

    unit: Unit
    chance: Chance
    terms: Terms
    dice: random.Random
    patients: list[Patient]
    now: datetime
    visits: list[Appointment] = field(default_factory=list)
    paid: list[Payment] = field(default_factory=list)
    _busy: set[tuple[UUID, datetime]] = field(default_factory=set)

    async def with_feedback(self, doctor: Doctor, hours: Hours, given: tuple[int, ...], *, since: datetime) -> None:
        """One visit for each of the stars given, at any times but the last two days; 0 stars say nothing."""
        times = grid(hours, first=since.date(), last=self.now.date() - timedelta(days=2))
        words = {stars: cycle(self.dice.sample(said, len(said))) for stars, said in WORDS.items()}
        answers = cycle((None, *ANSWERS))
        for interval, stars in zip(sorted(self.dice.sample(times, len(given)), key=_start), given, strict=True):
            visit = await self._visit(doctor, hours, self._somebody(interval), interval, self.dice.choice(REASONS))
            if not stars:
                continue
            title, review = next(words[stars])
            said = Feedback(
                appointment_id=visit.id,
                doctor_id=doctor.id,
                patient_id=visit.booked_by,
                stars=stars,
                title=title,
                review=review,
                given_at=interval.end + timedelta(hours=3),
            )
            await self.unit.feedback.add(said)
            if answer := next(answers):
                await self.unit.feedback.save(said.answered(answer, interval.end + timedelta(hours=20)))

    async def lately(self, doctor: Doctor, hours: Hours) -> None:
        """The newest visits that are over, of which nobody has said anything yet."""
        over = [
            at
            for at in grid(hours, first=self.now.date() - timedelta(days=1), last=self.now.date() + timedelta(days=1))
            if at.end < self.now - timedelta(minutes=5)
        ]
        for interval, patient, reason in zip(over[-4:], self.patients, REASONS, strict=False):
            await self._visit(doctor, hours, patient, interval, reason)

    def _somebody(self, interval: Interval) -> Patient:
        """Who has no visit on that day or beside it."""
        day = datetime.combine(interval.start.date(), time(), UTC)
        patient = self.dice.choice([patient for patient in self.patients if (patient.id, day) not in self._busy])
        self._busy.update((patient.id, day + timedelta(days=off)) for off in (-1, 0, 1))
        return patient

    async def _visit(
        self, doctor: Doctor, hours: Hours, patient: Patient, interval: Interval, reason: str
    ) -> Appointment:
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
            reason=reason,
            actor=Actor.patient(patient.id),
            at=held_at,
        )
        await self.unit.appointments.add(move)
        paid_by = payment.id if total.amount else None
        number = await self.unit.appointments.next_receipt_number(held_at.year)
        booked = await self.unit.appointments.store(
            move.after.move(Verb.BOOK, SYSTEM, held_at, keep=total).amend(
                paid_by=paid_by, booked_at=held_at, receipt_number=number
            )
        )
        if paid_by:
            await self.unit.payments.add(payment)
            self.paid.append(payment)
        done = await self.unit.appointments.store(booked.move(Verb.FULFIL, Actor.doctor(doctor.id), interval.end))
        self.visits.append(done)
        return done


def _start(interval: Interval) -> datetime:
    return interval.start
