"""Builders of plausible things. Each makes a new one, with ids of its own; say only what a test is about."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from scheduling_core import appointment as appointments
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment, Move
from scheduling_core.cancellation import CancellationPolicy
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.feedback import Feedback
from scheduling_core.hours import Hours, Span, TimeOff
from scheduling_core.ids import (
    AdministratorId,
    AppointmentId,
    DoctorId,
    PatientId,
    PaymentId,
    PersonId,
    ReleaseId,
    SessionId,
    TaskId,
    TimeOffId,
    WaitlistId,
)
from scheduling_core.instants import Interval
from scheduling_core.money import Money, Quote
from scheduling_core.patient import Dependant, Patient, Relation
from scheduling_core.payment import Payment
from scheduling_core.ports.accounts import Administrator
from scheduling_core.session import Session
from scheduling_core.tasks import MessageKind, Recipient, Task, TaskKind
from scheduling_core.waitlist import Offer, Release, WaitlistEntry
from support.chance import SeededChance
from support.clock import MONDAY

_CHANCE = SeededChance(1)
NINE_TO_FIVE = (Span(9 * 60, 17 * 60),)
ALL_DAY = (Span(0, 24 * 60),)
POLICY = CancellationPolicy.parse("24h:100,4h:50")


def an_id() -> UUID:
    """One that no other builder of this run has given or will give; greater than those before."""
    return _CHANCE.new_id()


def usd(amount: int) -> Money:
    return Money(amount, "USD")


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def some_hours(
    *,
    time_zone: str = "UTC",
    slot_minutes: int = 30,
    gap_minutes: int = 0,
    minimum_notice_minutes: int = 0,
    horizon_days: int = 60,
    weekly: tuple[tuple[Span, ...], ...] = (NINE_TO_FIVE,) * 7,
    overrides: Mapping[date, tuple[Span, ...]] | None = None,
) -> Hours:
    """Every day from nine to five, half hours, bookable until the last moment."""
    return Hours(
        time_zone=time_zone,
        slot_minutes=slot_minutes,
        gap_minutes=gap_minutes,
        minimum_notice_minutes=minimum_notice_minutes,
        horizon_days=horizon_days,
        weekly=weekly,
        overrides=overrides or {},
    )


def a_doctor(**changes: Any) -> Doctor:
    """A listed one."""
    id = changes.pop("id", None) or DoctorId(an_id())
    facts: dict[str, Any] = {
        "name": "Dr. Ada Okafor",
        "email": f"{id}@doctors.example",
        "phone": "+12025550101",
        "specialization": "Cardiology",
        "fee": usd(50_000),
        "languages": ("English",),
        "status": DoctorStatus.APPROVED,
        "created_at": MONDAY,
    }
    return Doctor(id=id, **{**facts, **changes})


def a_patient(**changes: Any) -> Patient:
    id = changes.pop("id", None) or PatientId(an_id())
    facts: dict[str, Any] = {
        "issuer": "https://accounts.example",
        "subject": str(id),
        "name": "Ben Aster",
        "email": f"{id}@patients.example",
        "time_zone": "UTC",
        "phone": "+12025550102",
        "created_at": MONDAY,
    }
    return Patient(id=id, **{**facts, **changes})


def a_dependant(patient: Patient, **changes: Any) -> Dependant:
    facts: dict[str, Any] = {
        "id": PersonId(an_id()),
        "patient_id": patient.id,
        "name": "Mia Aster",
        "birth_date": date(2019, 5, 1),
        "relation": Relation.CHILD,
        "created_at": MONDAY,
    }
    return Dependant(**{**facts, **changes})


def an_administrator(**changes: Any) -> Administrator:
    id = changes.pop("id", None) or AdministratorId(an_id())
    facts: dict[str, Any] = {
        "name": "Cleo Brandt",
        "email": f"{id}@clinic.example",
        "time_zone": "UTC",
        "created_at": MONDAY,
    }
    return Administrator(id=id, **{**facts, **changes})


def a_time_off(start: datetime, length: timedelta = timedelta(hours=1), **facts: Any) -> TimeOff:
    return TimeOff(id=TimeOffId(an_id()), interval=Interval(start=start, end=start + length), **facts)


def a_hold(
    doctor: Doctor,
    patient: Patient,
    starts_at: datetime,
    *,
    at: datetime = MONDAY,
    length: timedelta = timedelta(minutes=30),
    gap: timedelta = timedelta(0),
    lasts: timedelta = timedelta(minutes=10),
    person_id: PersonId | None = None,
    tax_percent: Decimal = Decimal(18),
    reason: str = "",
    **changes: Any,
) -> Move:
    """The move that makes a hold, for [starts_at, starts_at + length), held from `at` for as long as it `lasts`."""
    interval = Interval(start=starts_at, end=starts_at + length)
    move = appointments.hold(
        id=changes.pop("id", None) or AppointmentId(an_id()),
        doctor_id=doctor.id,
        patient_id=patient.id,
        person_id=person_id or patient.person_id,
        interval=interval,
        occupied_until=interval.end + gap,
        expires_at=at + lasts,
        quote=Quote.of(doctor.fee, tax_percent=tax_percent),
        policy=POLICY,
        doctor_zone="UTC",
        patient_zone=patient.time_zone,
        reason=reason,
        actor=Actor.patient(patient.id),
        at=at,
    )
    return move.amend(**changes) if changes else move


def a_payment(appointment: Appointment, **changes: Any) -> Payment:
    """An open one, for the whole total."""
    facts: dict[str, Any] = {
        "id": PaymentId(an_id()),
        "appointment_id": appointment.id,
        "amount": appointment.quote.total,
        "closes_at": appointment.created_at + timedelta(minutes=9),
        "created_at": appointment.created_at,
    }
    return Payment(**{**facts, **changes})


def a_task(**changes: Any) -> Task:
    """One that is due at once, in no lane."""
    id = changes.pop("id", None) or TaskId(an_id())
    facts: dict[str, Any] = {
        "key": f"task:{id}",
        "kind": TaskKind.SETTLE_MONEY,
        "due_at": MONDAY,
        "created_at": MONDAY,
    }
    return Task(id=id, **{**facts, **changes})


def a_message(recipient: Recipient | None = None, appointment_id: AppointmentId | None = None, **changes: Any) -> Task:
    """A message in the lane of this recipient and this appointment."""
    facts: dict[str, Any] = {
        "kind": TaskKind.SEND_MESSAGE,
        "message": MessageKind.BOOKED,
        "recipient": recipient or Recipient(Role.PATIENT, an_id()),
        "appointment_id": appointment_id or AppointmentId(an_id()),
    }
    return a_task(**{**facts, **changes})


def a_feedback(appointment: Appointment, stars: int = 5, *, at: datetime = MONDAY, **changes: Any) -> Feedback:
    facts: dict[str, Any] = {"title": "Kind", "review": "Took the time that it took."}
    return Feedback(
        appointment_id=appointment.id,
        doctor_id=appointment.doctor_id,
        patient_id=appointment.booked_by,
        stars=stars,
        given_at=at,
        **{**facts, **changes},
    )


def a_wait(patient: Patient, doctor: Doctor | None, **changes: Any) -> WaitlistEntry:
    """For any time of this doctor from MONDAY on, for a week; without one, of any cardiologist."""
    facts: dict[str, Any] = {
        "id": WaitlistId(an_id()),
        "patient_id": patient.id,
        "person_id": patient.person_id,
        "doctor_id": doctor.id if doctor else None,
        "specialization": None if doctor else "Cardiology",
        "window": Interval(start=MONDAY, end=MONDAY + timedelta(days=7)),
        "part_of_day": None,
        "appointment_id": None,
        "created_at": MONDAY,
    }
    return WaitlistEntry(**{**facts, **changes})


def an_offer(appointment: Appointment, **changes: Any) -> Offer:
    """What a hold was made for: say for which wait, or after which visit."""
    facts: dict[str, Any] = {
        "appointment_id": appointment.id,
        "doctor_id": appointment.doctor_id,
        "person_id": appointment.person_id,
        "starts_at": appointment.starts_at,
        "made_at": appointment.created_at,
    }
    return Offer(**{**facts, **changes})


def a_release(
    doctor: Doctor, starts_at: datetime, length: timedelta = timedelta(minutes=30), **changes: Any
) -> Release:
    facts: dict[str, Any] = {
        "id": ReleaseId(an_id()),
        "doctor_id": doctor.id,
        "interval": Interval(start=starts_at, end=starts_at + length),
        "at": MONDAY,
    }
    return Release(**{**facts, **changes})


def a_session(actor: Actor | None = None, *, at: datetime = MONDAY) -> Session:
    return Session.begin(SessionId(an_id()), actor or Actor.patient(PatientId(an_id())), at=at)
