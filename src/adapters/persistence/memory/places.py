"""The indexes of the memory's tables: functions that say where a row stands in each."""

from adapters.persistence.memory.table import Place
from scheduling_core.appointment import Appointment, Status
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.audit import Entry, Link
from scheduling_core.feedback import Feedback
from scheduling_core.notices import Notice
from scheduling_core.patient import Dependant, Patient
from scheduling_core.payment import Payment
from scheduling_core.ports.feeds import CalendarFeed
from scheduling_core.report import Report
from scheduling_core.tasks import Task, TaskState
from scheduling_core.waitlist import Offer, WaitlistEntry, WaitState

LIVE = frozenset({Status.PENDING, Status.BOOKED, Status.ARRIVED})
"""What may still lie ahead of somebody."""

EVERYBODY = "everybody"
"""The one group of an index over a whole table."""


def occupying_doctor(row: Appointment) -> Place:
    """By when the doctor is free again: rows that no other of the same doctor may overlap."""
    return (row.doctor_id, row.occupied_until) if row.occupying else None


def occupying_person(row: Appointment) -> Place:
    """By their end: rows that no other of the same person may overlap."""
    return (row.person_id, row.ends_at) if row.occupying else None


def live_of_doctor(row: Appointment) -> Place:
    """By start: a doctor's rows that may still lie ahead."""
    return (row.doctor_id, row.starts_at) if row.status in LIVE else None


def live_of_patient(row: Appointment) -> Place:
    """By start: rows that a patient booked and that may still lie ahead."""
    return (row.booked_by, row.starts_at) if row.status in LIVE else None


def once_booked_of_doctor(row: Appointment) -> Place:
    """By start: a doctor's rows that are or were more than a hold."""
    return (row.doctor_id, row.starts_at) if row.booked_at is not None else None


def once_booked_of_patient(row: Appointment) -> Place:
    """By start: a patient's rows that are or were more than a hold."""
    return (row.booked_by, row.starts_at) if row.booked_at is not None else None


def disputed(row: Appointment) -> Place:
    """By when it was claimed: visits whose doctor did not come, as their patients say, and nobody has answered."""
    return (EVERYBODY, row.absence.claimed_at) if row.absence is not None and row.disputed else None


def pending_of_doctor(row: Appointment) -> Place:
    """By their expiry: a doctor's holds."""
    return (row.doctor_id, row.hold_expires_at) if row.status is Status.PENDING and row.hold_expires_at else None


def pending_of_everybody(row: Appointment) -> Place:
    """By their expiry: all holds."""
    return (EVERYBODY, row.hold_expires_at) if row.status is Status.PENDING and row.hold_expires_at else None


def pending_of_patient(row: Appointment) -> Place:
    """By their making: the holds that a patient made, for whomever."""
    return (row.booked_by, row.created_at) if row.status is Status.PENDING else None


def never_booked_of_patient(row: Appointment) -> Place:
    """By their making: a patient's own holds that never became a booking."""
    return (row.booked_by, row.created_at) if row.hold_kind is HoldKind.PATIENT and row.booked_at is None else None


def patient_of_identity(row: Patient) -> Place:
    """Unique: who is known to an identity provider under that subject."""
    return (row.issuer, row.subject), row.created_at


def dependant_of_patient(row: Dependant) -> Place:
    """By their making: those whom a patient has not removed."""
    return (row.patient_id, row.created_at) if row.removed_at is None else None


def feed_of_secret(row: CalendarFeed) -> Place:
    """Unique: by the hash of the secret; a feed that ended has none."""
    return (row.secret_hash, row.created_at) if row.secret_hash else None


def payment_of_appointment(row: Payment) -> Place:
    """By their making."""
    return row.appointment_id, row.created_at


def payment_of_ref(row: Payment) -> Place:
    """Unique: by the provider's name for it."""
    return (row.ref, row.created_at) if row.ref is not None else None


def feedback_of_doctor(row: Feedback) -> Place:
    """By when it was given."""
    return row.doctor_id, row.given_at


def task_of_key(row: Task) -> Place:
    """Unique: by the key."""
    return row.key, row.id


def due_tasks(row: Task) -> Place:
    """By when they are due: all that are not done or dead."""
    return (EVERYBODY, row.due_at) if row.state is TaskState.DUE else None


def due_of_lane(row: Task) -> Place:
    """By when they were written: messages of one lane that are not done or dead."""
    lane = row.lane
    return (lane, row.created_at) if lane is not None and row.state is TaskState.DUE else None


def tasks_of_state(row: Task) -> Place:
    """By id, which follows their making."""
    return row.state, row.id


def all_tasks(row: Task) -> Place:
    """By id, which follows their making."""
    return EVERYBODY, row.id


def whole_history(row: Entry) -> Place:
    """By number, which is the order of their commits."""
    return EVERYBODY, row.number


def history_of_appointment(row: Entry) -> Place:
    """By number: the changes of one appointment."""
    return (row.appointment_id, row.number) if row.appointment_id is not None else None


def whole_chain(row: Link) -> Place:
    """By position."""
    return EVERYBODY, row.position


def waits_of_patient(row: WaitlistEntry) -> Place:
    """By their beginning: all waits of a patient."""
    return row.patient_id, row.created_at


def waits_for_doctor(row: WaitlistEntry) -> Place:
    """By their beginning: waits for one doctor that nobody closed."""
    return (row.doctor_id, row.created_at) if row.doctor_id and row.state is WaitState.WAITING else None


def waits_for_specialization(row: WaitlistEntry) -> Place:
    """By their beginning: waits for any doctor of a specialization that nobody closed."""
    return (row.specialization, row.created_at) if row.specialization and row.state is WaitState.WAITING else None


def offers_of_visit(row: Offer) -> Place:
    """By the offer's id: follow-up times."""
    return (row.visit_id, row.appointment_id) if row.visit_id else None


def offers_of_doctor(row: Offer) -> Place:
    """By start."""
    return row.doctor_id, row.starts_at


def offers_of_entry(row: Offer) -> Place:
    """By the offer's id: what one wait was offered."""
    return (row.entry_id, row.appointment_id) if row.entry_id else None


def notices_of_reader(row: Notice) -> Place:
    """By when they are due: one person's."""
    return row.recipient, row.at


def notices_of_delivery(row: Notice) -> Place:
    """By id, which follows their making."""
    return row.delivery, row.id


def all_notices(row: Notice) -> Place:
    """By id, which follows their making."""
    return EVERYBODY, row.id


def all_reports(row: Report) -> Place:
    """By id, which follows their making."""
    return EVERYBODY, row.id
