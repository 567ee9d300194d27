"""Every table, in one place. What the statuses mean is taken from the core; the guards are in `sql_guards`.

Rows point at what they cannot be without. History (events, ledger) points at nothing that could be removed before it.
"""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from adapters.persistence.sql_types import COUNT, FLAG, IDENTITY, INSTANT, MINOR_UNITS, NUMBER, TEXT, among, listed
from scheduling_core.appointment import OCCUPYING, Status
from scheduling_core.payment import LIVE, PaymentStatus
from scheduling_core.tasks import TaskState

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s",
    }
)


def _id(name: str, *reference: ForeignKey) -> Column[Any]:
    return Column(name, IDENTITY, *reference, nullable=False)


def _key(name: str, *reference: ForeignKey) -> Column[Any]:
    return Column(name, IDENTITY, *reference, primary_key=True)


def _text(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, TEXT, nullable=nullable)


def _count(name: str) -> Column[Any]:
    return Column(name, COUNT, nullable=False)


def _units(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, MINOR_UNITS, nullable=nullable)


def _instant(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, INSTANT, nullable=nullable)


def _number() -> Column[Any]:
    return Column("number", NUMBER, Identity(), primary_key=True)


def _where(condition: Any) -> dict[str, Any]:
    return {"postgresql_where": condition, "sqlite_where": condition}


doctors = Table(
    "doctors", metadata,
    _key("id"), _text("name"), _text("email"), _text("phone"), _text("specialization"), _units("fee"), _text("currency"),
    _text("languages"), _text("qualifications"), _text("about"), _text("photo_url", nullable=True), _text("status"),
    _text("status_reason"), _instant("created_at"), _count("version"),
    # Name and specialization, folded: what a search is compared with.
    _text("folded"),
)  # fmt: skip
Index("doctors_by_status", doctors.c.status, doctors.c.specialization)
Index("doctors_by_registration", doctors.c.created_at, doctors.c.id)

# One narrow row for each doctor, rewritten by every claim: it is the lock.
schedules = Table(
    "schedules", metadata, _key("doctor_id", ForeignKey("doctors.id")), Column("version", NUMBER, nullable=False)
)

# Spans are read and written as a whole and never searched, so they are documents.
hours = Table(
    "hours", metadata,
    _key("doctor_id", ForeignKey("doctors.id")), _text("time_zone"), _count("slot_minutes"), _count("gap_minutes"),
    _count("minimum_notice_minutes"), _count("horizon_days"), _text("weekly"), _text("overrides"),
)  # fmt: skip

time_off = Table(
    "time_off", metadata,
    _key("id"), _id("doctor_id", ForeignKey("doctors.id")), _instant("starts_at"), _instant("ends_at"), _text("note"),
    CheckConstraint("ends_at > starts_at", name="forwards"),
)  # fmt: skip
Index("time_off_of_doctor", time_off.c.doctor_id, time_off.c.ends_at)

patients = Table(
    "patients", metadata,
    _key("id"), _text("issuer"), _text("subject"), _text("name"), _text("email"), _text("time_zone"), _instant("created_at"),
    _text("phone", nullable=True), _text("photo_url", nullable=True), _count("version"),
    UniqueConstraint("issuer", "subject"),
)  # fmt: skip

# Whoever can be seen by a doctor. A row is what claims of that person's time lock.
persons = Table("persons", metadata, _key("id"), _id("patient_id", ForeignKey("patients.id")))
Index("persons_of_patient", persons.c.patient_id)

administrators = Table(
    "administrators", metadata, _key("id"), _text("name"), _text("email"), _text("time_zone"), _instant("created_at")
)

credentials = Table(
    "credentials", metadata,
    Column("email_lowered", TEXT, primary_key=True), _text("role"), _id("actor_id"), _text("email"), _text("password_hash"),
)  # fmt: skip

sessions = Table(
    "sessions", metadata,
    _key("id"), _text("role"), _id("actor_id"), _instant("created_at"), _instant("expires_at"), _count("generation"),
    _instant("rotated_at", nullable=True), _instant("revoked_at", nullable=True),
)  # fmt: skip

refresh_tokens = Table(
    "refresh_tokens", metadata,
    Column("token_hash", TEXT, primary_key=True), _id("session_id", ForeignKey("sessions.id")), _count("generation"),
)  # fmt: skip
Index("refresh_tokens_of_session", refresh_tokens.c.session_id)

appointments = Table(
    "appointments", metadata,
    _key("id"), _id("doctor_id", ForeignKey("doctors.id")), _id("person_id", ForeignKey("persons.id")),
    _id("booked_by", ForeignKey("patients.id")), _instant("starts_at"), _instant("ends_at"), _instant("occupied_until"),
    _text("status"), _text("hold_kind"), _instant("hold_expires_at", nullable=True), _units("fee"), _text("tax_percent"),
    _units("tax"), _units("total"), _text("currency"), _units("keep"), _text("policy"), _text("doctor_zone"),
    _text("patient_zone"), _text("reason"), _instant("created_at"), Column("paid_by", IDENTITY), _text("meeting_status"),
    _text("join_url", nullable=True), _text("receipt_number", nullable=True), _instant("booked_at", nullable=True),
    _text("cancelled_verb", nullable=True), _text("cancelled_by", nullable=True), _instant("cancelled_at", nullable=True),
    _text("cancelled_reason", nullable=True), _count("sequence"), _count("version"),
    UniqueConstraint("receipt_number"),
    CheckConstraint("ends_at > starts_at AND occupied_until >= ends_at", name="forwards"),
    # No window needs to look further back than this for what may still reach into it.
    CheckConstraint("occupied_until <= starts_at + interval '24 hours'", name="at_most_a_day").ddl_if("postgresql"),
    CheckConstraint("occupied_until <= starts_at + 86400000000", name="at_most_a_day").ddl_if("sqlite"),
    CheckConstraint(f"status IN ({listed(Status)})", name="status_known"),
    CheckConstraint("status <> 'pending' OR hold_expires_at IS NOT NULL", name="holds_expire"),
)  # fmt: skip
occupies = among(appointments.c.status, OCCUPYING)
pends = among(appointments.c.status, {Status.PENDING})
Index("appointments_occupying_person", appointments.c.person_id, appointments.c.starts_at, **_where(occupies))
Index("appointments_of_doctor", appointments.c.doctor_id, appointments.c.starts_at, appointments.c.id)
Index("appointments_of_patient", appointments.c.booked_by, appointments.c.starts_at, appointments.c.id)
Index("appointments_held_by", appointments.c.booked_by, appointments.c.created_at)
Index("appointments_pending", appointments.c.doctor_id, appointments.c.hold_expires_at, **_where(pends))

events = Table(
    "events", metadata,
    _number(), _id("appointment_id"), _id("doctor_id"), _id("person_id"), _text("verb"), _text("before", nullable=True),
    _text("after"), _text("role"), Column("actor_id", IDENTITY), _instant("starts_at"), _instant("ends_at"),
    _instant("occupied_until"), _instant("at"),
)  # fmt: skip
Index("events_of_appointment", events.c.appointment_id, events.c.number)

receipt_counters = Table(
    "receipt_counters", metadata, Column("year", COUNT, primary_key=True, autoincrement=False), _count("latest")
)

payments = Table(
    "payments", metadata,
    _key("id"), _id("appointment_id", ForeignKey("appointments.id")), _units("amount"), _text("currency"),
    _instant("closes_at"), _instant("created_at"), _text("status"), _text("ref", nullable=True), _text("url", nullable=True),
    _units("captured"), _units("refunded"), _text("last_decline", nullable=True), Column("refund_failed", FLAG, nullable=False),
    _text("quarantined", nullable=True), _text("attempt_step", nullable=True), _units("attempt_amount", nullable=True),
    _text("attempt_key", nullable=True), _instant("attempt_started_at", nullable=True), _count("attempts"), _count("version"),
    UniqueConstraint("ref"),
    CheckConstraint(f"status IN ({listed(PaymentStatus)})", name="status_known"),
    CheckConstraint("0 <= refunded AND refunded <= captured", name="refunds_what_it_has"),
)  # fmt: skip
lives = among(payments.c.status, LIVE)
Index("payments_one_live", payments.c.appointment_id, unique=True, **_where(lives))
Index("payments_of_appointment", payments.c.appointment_id, payments.c.created_at, payments.c.id)

ledger = Table(
    "ledger", metadata,
    _number(), _id("payment_id", ForeignKey("payments.id")), _text("kind"), _units("amount"), _text("currency"), _instant("at"),
)  # fmt: skip
Index("ledger_of_payment", ledger.c.payment_id, ledger.c.number)

webhook_events = Table(
    "webhook_events", metadata, Column("event_id", TEXT, primary_key=True), _text("ref"), _instant("at")
)

tasks = Table(
    "tasks", metadata,
    _key("id"), _text("key"), _text("kind"), _instant("due_at"), _instant("created_at"), Column("appointment_id", IDENTITY),
    Column("payment_id", IDENTITY), _text("message", nullable=True), _text("recipient_role", nullable=True),
    Column("recipient_id", IDENTITY), _instant("about_start", nullable=True), _text("state"), _count("attempts"),
    _count("revision"), _text("last_error"), Column("lease_token", IDENTITY), _instant("leased_until", nullable=True),
    _text("lane", nullable=True),
    UniqueConstraint("key"),
    CheckConstraint(f"state IN ({listed(TaskState)})", name="state_known"),
)  # fmt: skip
waits = among(tasks.c.state, {TaskState.DUE})
Index("tasks_due", tasks.c.due_at, tasks.c.id, **_where(waits))
Index("tasks_in_lane", tasks.c.lane, tasks.c.created_at, tasks.c.id, **_where(waits))
Index("tasks_by_state", tasks.c.state, tasks.c.id)

requests = Table(
    "requests", metadata,
    _text("caller"), _text("operation"), _text("key"), _text("body_hash"), _text("result", nullable=True), _instant("at"),
    PrimaryKeyConstraint("caller", "operation", "key"),
)  # fmt: skip
Index("requests_by_age", requests.c.at)

feedback = Table(
    "feedback", metadata,
    _key("appointment_id", ForeignKey("appointments.id")), _id("doctor_id", ForeignKey("doctors.id")),
    _id("patient_id", ForeignKey("patients.id")), _count("stars"), _text("title"), _text("review"), _instant("given_at"),
    CheckConstraint("stars BETWEEN 1 AND 5", name="stars_known"),
)  # fmt: skip
Index("feedback_of_doctor", feedback.c.doctor_id, feedback.c.given_at, feedback.c.appointment_id)

# The sum of a doctor's feedback, grown in the transaction that adds to it, so that a search adds up nothing.
ratings = Table(
    "ratings",
    metadata,
    _key("doctor_id", ForeignKey("doctors.id")),
    _units("stars"),
    Column("given", NUMBER, nullable=False),
)
