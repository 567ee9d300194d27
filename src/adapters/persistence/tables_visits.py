"""The tables of visits, of their history, and of what was written and said of them.

What the statuses mean is taken from the core; the guards are in `sql_guards`. History points at nothing that could be removed
before it.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, Table, UniqueConstraint, and_

from adapters.persistence.columns import count, identifier, instant, key, metadata, number, text, units, where
from adapters.persistence.sql_types import COUNT, IDENTITY, NUMBER, TEXT, among, listed
from scheduling_core.transitions import OCCUPYING, Status

appointments = Table(
    "appointments", metadata,
    key("id"), identifier("doctor_id", ForeignKey("doctors.id")), identifier("person_id", ForeignKey("persons.id")),
    identifier("booked_by", ForeignKey("patients.id")), instant("starts_at"), instant("ends_at"), instant("occupied_until"),
    text("status"), text("hold_kind"), instant("hold_expires_at", nullable=True), units("fee"), text("tax_percent"),
    units("tax"), units("total"), text("currency"), units("keep"), text("policy"), text("doctor_zone"),
    text("patient_zone"), text("reason"), instant("created_at"), Column("paid_by", IDENTITY), text("meeting_status"),
    text("join_url", nullable=True), text("receipt_number", nullable=True), instant("booked_at", nullable=True),
    instant("accepted_at", nullable=True),
    text("cancelled_verb", nullable=True), text("cancelled_by", nullable=True), instant("cancelled_at", nullable=True),
    text("cancelled_reason", nullable=True), count("moves"), instant("full_refund_until", nullable=True), count("sequence"),
    count("version"), instant("pay_by", nullable=True), text("missed_was", nullable=True),
    instant("missed_at", nullable=True), instant("absence_claimed_at", nullable=True), text("absence_note", nullable=True),
    instant("absence_rejected_at", nullable=True), text("absence_rejection", nullable=True),
    instant("voided_at", nullable=True), text("voided_reason", nullable=True),
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
Index("appointments_occupying_person", appointments.c.person_id, appointments.c.starts_at, **where(occupies))
Index("appointments_of_doctor", appointments.c.doctor_id, appointments.c.starts_at, appointments.c.id)
Index("appointments_of_patient", appointments.c.booked_by, appointments.c.starts_at, appointments.c.id)
Index("appointments_held_by", appointments.c.booked_by, appointments.c.created_at)
Index("appointments_pending_of", appointments.c.booked_by, **where(pends))
claimed = and_(appointments.c.absence_claimed_at.is_not(None), appointments.c.absence_rejected_at.is_(None))
Index("appointments_claimed_absent", appointments.c.absence_claimed_at, appointments.c.id, **where(claimed))
# Both look empty to a planner whose statistics are of a quiet hour, and it keeps its plan: so what asks for a patient's holds
# must not be able to take this one, over everybody's. Every pending row has an end; only what asks for it says so.
lapses = and_(pends, appointments.c.hold_expires_at.is_not(None))
Index("appointments_pending", appointments.c.doctor_id, appointments.c.hold_expires_at, **where(lapses))

events = Table(
    "events", metadata,
    number(), Column("appointment_id", IDENTITY), Column("doctor_id", IDENTITY), Column("person_id", IDENTITY), text("verb"),
    text("before", nullable=True), text("after", nullable=True), text("role"), Column("actor_id", IDENTITY),
    instant("starts_at", nullable=True), instant("ends_at", nullable=True), instant("occupied_until", nullable=True), instant("at"),
    text("subject", nullable=True), Column("subject_id", IDENTITY),
    # A change of status with all that it says, or an act with what it is about.
    CheckConstraint(
        "(appointment_id IS NOT NULL AND doctor_id IS NOT NULL AND person_id IS NOT NULL AND after IS NOT NULL"
        " AND starts_at IS NOT NULL AND ends_at IS NOT NULL AND occupied_until IS NOT NULL AND subject IS NULL)"
        " OR (subject IS NOT NULL AND subject_id IS NOT NULL AND appointment_id IS NULL)",
        name="whole",
    ),
)  # fmt: skip
Index("events_of_appointment", events.c.appointment_id, events.c.number)
Index("events_of_subject", events.c.subject_id, events.c.number, **where(events.c.subject_id.is_not(None)))

# The chain over the history: positions in the order in which events were seen committed, `at` when they were.
event_links = Table(
    "event_links", metadata,
    Column("position", NUMBER, primary_key=True, autoincrement=False), Column("number", NUMBER, nullable=False), text("hash"),
    instant("at"),
    UniqueConstraint("number"),
)  # fmt: skip
Index("event_links_by_age", event_links.c.at, event_links.c.position)

feedback = Table(
    "feedback", metadata,
    key("appointment_id", ForeignKey("appointments.id")), identifier("doctor_id", ForeignKey("doctors.id")),
    identifier("patient_id", ForeignKey("patients.id")), count("stars"), text("title"), text("review"), instant("given_at"),
    instant("edited_at", nullable=True), text("answer", nullable=True), instant("answered_at", nullable=True),
    instant("hidden_at", nullable=True), Column("hidden_reason", TEXT, nullable=False, server_default=""),
    Column("version", COUNT, nullable=False, server_default="1"),
    CheckConstraint("stars BETWEEN 1 AND 5", name="stars_known"),
)  # fmt: skip
Index("feedback_of_doctor", feedback.c.doctor_id, feedback.c.given_at, feedback.c.appointment_id)

# One row a revision: what was written is never written over.
prescriptions = Table(
    "prescriptions", metadata,
    identifier("appointment_id", ForeignKey("appointments.id")), count("revision"),
    identifier("doctor_id", ForeignKey("doctors.id")), identifier("person_id", ForeignKey("persons.id")), text("medicines"),
    text("advice"), instant("written_at"), instant("first_written_at"),
    PrimaryKeyConstraint("appointment_id", "revision"),
)  # fmt: skip

# The sum of a doctor's feedback, grown in the transaction that adds to it, so that a search adds up nothing.
ratings = Table(
    "ratings",
    metadata,
    key("doctor_id", ForeignKey("doctors.id")),
    units("stars"),
    Column("given", NUMBER, nullable=False),
)
