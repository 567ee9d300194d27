"""Every table, in one place. What the statuses mean is taken from the core; the guards are in `sql_guards`.

Rows point at what they cannot be without. History (events, ledger) points at nothing that could be removed before it.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    and_,
    false,
    literal_column,
    or_,
)

from adapters.persistence.columns import count, identifier, instant, key, metadata, number, text, units, where
from adapters.persistence.sql_types import COUNT, DAY, FLAG, IDENTITY, NUMBER, TEXT, among, listed
from scheduling_core.appointment import OCCUPYING, Status
from scheduling_core.notices import Delivery
from scheduling_core.payment_status import LIVE, PaymentStatus
from scheduling_core.tasks import TaskState

doctors = Table(
    "doctors", metadata,
    key("id"), text("name"), text("email"), text("phone"), text("specialization"), units("fee"), text("currency"),
    text("languages"), text("qualifications"), text("about"), text("photo_url", nullable=True), text("status"),
    text("status_reason"), instant("created_at"), count("version"),
    # Name and specialization, folded: what a search is compared with.
    text("folded"),
)  # fmt: skip
Index("doctors_by_status", doctors.c.status, doctors.c.specialization)
Index("doctors_by_registration", doctors.c.created_at, doctors.c.id)

# One narrow row for each doctor, rewritten by every claim: it is the lock.
schedules = Table(
    "schedules", metadata, key("doctor_id", ForeignKey("doctors.id")), Column("version", NUMBER, nullable=False)
)

# What is known of when a doctor is free. Triggers forget it when time is given back; claims leave it alone.
outlooks = Table(
    "outlooks", metadata,
    key("doctor_id", ForeignKey("doctors.id")), text("specialization"), Column("listed", FLAG, nullable=False),
    instant("not_before"), text("times"), count("notice"), instant("until"), Column("version", NUMBER, nullable=False),
    Column("resets", NUMBER, nullable=False),
)  # fmt: skip
Index("outlooks_soonest", outlooks.c.not_before, outlooks.c.doctor_id, **where(outlooks.c.listed))
Index(
    "outlooks_of_specialization", outlooks.c.specialization, outlooks.c.not_before, outlooks.c.doctor_id,
    **where(outlooks.c.listed),
)  # fmt: skip

# One row, counted up by triggers: whoever keeps a copy of what is listed knows by it whether it is still true.
roll_versions = Table(
    "roll_versions", metadata,
    Column("one", COUNT, primary_key=True, autoincrement=False), Column("doctors", NUMBER, nullable=False),
    Column("ratings", NUMBER, nullable=False),
)  # fmt: skip

# Spans are read and written as a whole and never searched, so they are documents.
hours = Table(
    "hours", metadata,
    key("doctor_id", ForeignKey("doctors.id")), text("time_zone"), count("slot_minutes"), count("gap_minutes"),
    count("minimum_notice_minutes"), count("horizon_days"), text("weekly"), text("overrides"),
)  # fmt: skip

time_off = Table(
    "time_off", metadata,
    key("id"), identifier("doctor_id", ForeignKey("doctors.id")), instant("starts_at"), instant("ends_at"), text("note"),
    text("source"), instant("counts_from", nullable=True),
    CheckConstraint("ends_at > starts_at", name="forwards"),
)  # fmt: skip
Index("time_off_of_doctor", time_off.c.doctor_id, time_off.c.ends_at)

patients = Table(
    "patients", metadata,
    key("id"), text("issuer"), text("subject"), text("name"), text("email"), text("time_zone"), instant("created_at"),
    text("phone", nullable=True), text("photo_url", nullable=True), count("version"),
    UniqueConstraint("issuer", "subject"),
)  # fmt: skip

# Whoever can be seen by a doctor. A row is what claims of that person's time lock.
persons = Table("persons", metadata, key("id"), identifier("patient_id", ForeignKey("patients.id")))
Index("persons_of_patient", persons.c.patient_id)

# Rows are kept after a removal, for the names of past visits.
dependants = Table(
    "dependants", metadata,
    key("id", ForeignKey("persons.id")), identifier("patient_id", ForeignKey("patients.id")), text("name"),
    Column("birth_date", DAY, nullable=False), text("relation"), instant("created_at"), instant("removed_at", nullable=True),
    count("version"),
)  # fmt: skip
Index("dependants_of_patient", dependants.c.patient_id, dependants.c.created_at, dependants.c.id)

# Apart from all else, so that nothing reads it by joining a row too many.
medical_profiles = Table(
    "medical_profiles", metadata,
    key("person_id", ForeignKey("persons.id")), text("conditions"), text("medication"), text("allergies"),
    instant("updated_at"),
)  # fmt: skip

administrators = Table(
    "administrators", metadata, key("id"), text("name"), text("email"), text("time_zone"), instant("created_at")
)

credentials = Table(
    "credentials", metadata,
    Column("email_lowered", TEXT, primary_key=True), text("role"), identifier("actor_id"), text("email"), text("password_hash"),
)  # fmt: skip

sessions = Table(
    "sessions", metadata,
    key("id"), text("role"), identifier("actor_id"), instant("created_at"), instant("expires_at"), count("generation"),
    instant("rotated_at", nullable=True), instant("revoked_at", nullable=True),
)  # fmt: skip

refresh_tokens = Table(
    "refresh_tokens", metadata,
    Column("token_hash", TEXT, primary_key=True), identifier("session_id", ForeignKey("sessions.id")), count("generation"),
)  # fmt: skip
Index("sessions_by_end", sessions.c.expires_at)
Index("sessions_by_revocation", sessions.c.revoked_at, **where(sessions.c.revoked_at.is_not(None)))
Index("sessions_of_actor", sessions.c.actor_id, **where(sessions.c.revoked_at.is_(None)))
Index("refresh_tokens_of_session", refresh_tokens.c.session_id)

# Who has the secret of one reads its owner's visits; only the hash is here.
calendar_feeds = Table(
    "calendar_feeds", metadata,
    key("actor_id"), text("role"), text("secret_hash"), instant("created_at"),
    UniqueConstraint("secret_hash"),
)  # fmt: skip

# What doctors' own calendars say is time off; here is where it is read, and how that goes.
own_calendars = Table(
    "own_calendars", metadata,
    key("doctor_id", ForeignKey("doctors.id")), text("address"), instant("connected_at"), instant("read_at"),
    instant("tried_at"), text("trouble"),
)  # fmt: skip

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

receipt_counters = Table(
    "receipt_counters", metadata, Column("year", COUNT, primary_key=True, autoincrement=False), count("latest")
)

payments = Table(
    "payments", metadata,
    key("id"), identifier("appointment_id", ForeignKey("appointments.id")), units("amount"), text("currency"),
    instant("closes_at"), instant("created_at"), text("status"), text("ref", nullable=True), text("url", nullable=True),
    units("captured"), units("refunded"), text("last_decline", nullable=True), Column("refund_failed", FLAG, nullable=False),
    text("quarantined", nullable=True), text("attempt_step", nullable=True), units("attempt_amount", nullable=True),
    text("attempt_key", nullable=True), instant("attempt_started_at", nullable=True), count("attempts"), count("version"),
    Column("capture_refused", FLAG, nullable=False, server_default=false()),
    Column("giving_back", FLAG, nullable=False, server_default=false()), Column("resolution_note", TEXT, nullable=False, server_default=""),
    UniqueConstraint("ref"),
    CheckConstraint(f"status IN ({listed(PaymentStatus)})", name="status_known"),
    CheckConstraint("0 <= refunded AND refunded <= captured", name="refunds_what_it_has"),
)  # fmt: skip
lives = among(payments.c.status, LIVE)
Index("payments_one_live", payments.c.appointment_id, unique=True, **where(lives))
needs_a_look = or_(
    payments.c.quarantined.is_not(None), among(payments.c.status, {PaymentStatus.DISPUTED}), payments.c.refund_failed
)
Index("payments_in_trouble", payments.c.created_at, payments.c.id, **where(needs_a_look))
reserved = among(payments.c.status, {PaymentStatus.AUTHORIZED})
Index("payments_reserved", payments.c.id, **where(reserved))
Index("payments_of_appointment", payments.c.appointment_id, payments.c.created_at, payments.c.id)

ledger = Table(
    "ledger", metadata,
    number(), identifier("payment_id", ForeignKey("payments.id")), text("kind"), units("amount"), text("currency"), instant("at"),
)  # fmt: skip
Index("ledger_of_payment", ledger.c.payment_id, ledger.c.number)

webhook_events = Table(
    "webhook_events", metadata, Column("event_id", TEXT, primary_key=True), text("ref"), instant("at")
)
Index("webhook_events_by_age", webhook_events.c.at)

tasks = Table(
    "tasks", metadata,
    key("id"), text("key"), text("kind"), instant("due_at"), instant("created_at"), Column("appointment_id", IDENTITY),
    Column("payment_id", IDENTITY), Column("doctor_id", IDENTITY), text("message", nullable=True), text("recipient_role", nullable=True),
    Column("recipient_id", IDENTITY), instant("about_start", nullable=True), text("state"), count("attempts"),
    count("revision"), text("last_error"), Column("lease_token", IDENTITY), instant("leased_until", nullable=True),
    text("lane", nullable=True),
    UniqueConstraint("key"),
    CheckConstraint(f"state IN ({listed(TaskState)})", name="state_known"),
)  # fmt: skip
waits = among(tasks.c.state, {TaskState.DUE})
Index("tasks_due", tasks.c.due_at, tasks.c.id, **where(waits))
Index("tasks_in_lane", tasks.c.lane, tasks.c.created_at, tasks.c.id, **where(waits))
Index("tasks_by_state", tasks.c.state, tasks.c.id)
Index("tasks_done", tasks.c.due_at, **where(among(tasks.c.state, {TaskState.DONE})))

# Every message that was ever to be sent: tasks are forgotten, what a person was told is not. Ids and kinds, no content.
notices = Table(
    "notices", metadata,
    key("id"), text("kind"), text("recipient_role"), identifier("recipient_id"), Column("appointment_id", IDENTITY),
    instant("at"), text("delivery"), instant("sent_at", nullable=True), instant("read_at", nullable=True),
    CheckConstraint(f"delivery IN ({listed(Delivery)})", name="delivery_known"),
)  # fmt: skip
Index("notices_of_reader", notices.c.recipient_id, notices.c.at, notices.c.id)
Index("notices_by_delivery", notices.c.delivery, notices.c.id)
told = notices.c.delivery != literal_column(f"'{Delivery.WAITING}'")
Index("notices_by_age", notices.c.at, **where(told))

# What people do not want by e-mail, as a document: a handful of words, read and written as a whole.
preferences = Table("preferences", metadata, key("actor_id"), text("role"), text("topics_off"))

requests = Table(
    "requests", metadata,
    text("caller"), text("operation"), text("key"), text("body_hash"), text("result", nullable=True), instant("at"),
    PrimaryKeyConstraint("caller", "operation", "key"),
)  # fmt: skip
Index("requests_by_age", requests.c.at)

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
