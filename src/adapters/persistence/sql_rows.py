"""Rows of people, hours and work to and from what the core knows. Appointments and payments: `sql_rows_visits`."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row

from scheduling_core.access import Actor, Role
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.hours import Hours, Source, Span, TimeOff
from scheduling_core.instants import Interval
from scheduling_core.money import Money
from scheduling_core.patient import Patient
from scheduling_core.session import Session
from scheduling_core.tasks import MessageKind, Recipient, Task, TaskKind, TaskState

_Values = dict[str, Any]
_LANGUAGES = msgspec.json.Decoder(tuple[str, ...])
_WEEKLY = msgspec.json.Decoder(tuple[tuple[Span, ...], ...])
_OVERRIDES = msgspec.json.Decoder(dict[date, tuple[Span, ...]])


def document(value: object) -> str:
    """The value as JSON text."""
    return msgspec.json.encode(value).decode()


@lru_cache(maxsize=16_384)
def _hours(zone: str, slot: int, gap: int, notice: int, horizon: int, weekly: str, overrides: str) -> Hours:
    # A search reads the hours of thousands of doctors, the same ones each time; decoding them is most of its work.
    return Hours(
        time_zone=zone, slot_minutes=slot, gap_minutes=gap, minimum_notice_minutes=notice, horizon_days=horizon,
        weekly=_WEEKLY.decode(weekly), overrides=_OVERRIDES.decode(overrides),
    )  # fmt: skip


def hours_of(row: Row[Any]) -> Hours:
    """The hours in a row of `hours`, whatever else it holds."""
    return _hours(
        row.time_zone, row.slot_minutes, row.gap_minutes, row.minimum_notice_minutes, row.horizon_days, row.weekly,
        row.overrides,
    )  # fmt: skip


def hours_values(hours: Hours) -> _Values:
    """All columns but the doctor's id."""
    return {
        "time_zone": hours.time_zone, "slot_minutes": hours.slot_minutes, "gap_minutes": hours.gap_minutes,
        "minimum_notice_minutes": hours.minimum_notice_minutes, "horizon_days": hours.horizon_days,
        "weekly": document(hours.weekly), "overrides": document(hours.overrides),
    }  # fmt: skip


def time_off_of(row: Row[Any]) -> TimeOff:
    """The time off in a row of `time_off`."""
    return TimeOff(
        id=row.id,
        interval=Interval(start=row.starts_at, end=row.ends_at),
        note=row.note,
        source=Source(row.source),
        counts_from=row.counts_from,
    )


@lru_cache(maxsize=4_096)
def languages_of(text: str) -> tuple[str, ...]:
    """The languages in a column of them; the same few again and again."""
    return _LANGUAGES.decode(text)


def doctor_of(row: Row[Any]) -> Doctor:
    """The doctor in a row of `doctors`."""
    return Doctor(
        id=row.id, name=row.name, email=row.email, phone=row.phone, specialization=row.specialization,
        fee=Money(row.fee, row.currency), languages=languages_of(row.languages), qualifications=row.qualifications,
        about=row.about, photo_url=row.photo_url, status=DoctorStatus(row.status), status_reason=row.status_reason,
        created_at=row.created_at, version=row.version,
    )  # fmt: skip


def doctor_values(doctor: Doctor) -> _Values:
    """All columns but id, version and the folded one."""
    return {
        "name": doctor.name, "email": doctor.email, "phone": doctor.phone, "specialization": doctor.specialization,
        "fee": doctor.fee.amount, "currency": doctor.fee.currency, "languages": document(doctor.languages),
        "qualifications": doctor.qualifications, "about": doctor.about, "photo_url": doctor.photo_url,
        "status": doctor.status.value, "status_reason": doctor.status_reason, "created_at": doctor.created_at,
    }  # fmt: skip


def patient_of(row: Row[Any]) -> Patient:
    """The patient in a row of `patients`."""
    return Patient(
        id=row.id, issuer=row.issuer, subject=row.subject, name=row.name, email=row.email, time_zone=row.time_zone,
        created_at=row.created_at, phone=row.phone, photo_url=row.photo_url, version=row.version,
    )  # fmt: skip


def patient_values(patient: Patient) -> _Values:
    """All columns but id and version."""
    return {
        "issuer": patient.issuer, "subject": patient.subject, "name": patient.name, "email": patient.email,
        "time_zone": patient.time_zone, "created_at": patient.created_at, "phone": patient.phone,
        "photo_url": patient.photo_url,
    }  # fmt: skip


def actor_of(role: str, id: UUID) -> Actor:
    """Who is meant by a role and an id."""
    return Actor(Role(role), id)


def session_of(row: Row[Any]) -> Session:
    """The session in a row of `sessions`."""
    return Session(
        id=row.id, actor=actor_of(row.role, row.actor_id), created_at=row.created_at, expires_at=row.expires_at,
        generation=row.generation, rotated_at=row.rotated_at, revoked_at=row.revoked_at,
    )  # fmt: skip


def session_values(session: Session) -> _Values:
    """All columns but id."""
    return {
        "role": session.actor.role.value, "actor_id": session.actor.known(), "created_at": session.created_at,
        "expires_at": session.expires_at, "generation": session.generation, "rotated_at": session.rotated_at,
        "revoked_at": session.revoked_at,
    }  # fmt: skip


def task_of(row: Row[Any]) -> Task:
    """The task in a row of `tasks`."""
    return Task(
        id=row.id, key=row.key, kind=TaskKind(row.kind), due_at=row.due_at, created_at=row.created_at,
        appointment_id=row.appointment_id, payment_id=row.payment_id, doctor_id=row.doctor_id,
        message=None if row.message is None else MessageKind(row.message),
        recipient=None if row.recipient_id is None else Recipient(Role(row.recipient_role), row.recipient_id),
        about_start=row.about_start, state=TaskState(row.state), attempts=row.attempts, revision=row.revision,
        last_error=row.last_error, lease_token=row.lease_token, leased_until=row.leased_until,
    )  # fmt: skip


def task_values(task: Task) -> Mapping[str, Any]:
    """All columns."""
    return {
        "id": task.id, "key": task.key, "kind": task.kind.value, "due_at": task.due_at, "created_at": task.created_at,
        "appointment_id": task.appointment_id, "payment_id": task.payment_id,
        "doctor_id": task.doctor_id,
        "message": task.message and task.message.value,
        "recipient_role": task.recipient and task.recipient.role.value,
        "recipient_id": task.recipient and task.recipient.id, "about_start": task.about_start, "state": task.state.value,
        "attempts": task.attempts, "revision": task.revision, "last_error": task.last_error,
        "lease_token": task.lease_token, "leased_until": task.leased_until, "lane": task.lane,
    }  # fmt: skip
