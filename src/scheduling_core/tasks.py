"""Durable work: what must happen after a commit, written in the same transaction as the fact it follows from."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from scheduling_core.access import Role
from scheduling_core.ids import AppointmentId, DoctorId, PaymentId, TaskId

LEASE = timedelta(seconds=30)
CALL_DEADLINE = timedelta(seconds=10)
MOST_ATTEMPTS = 12
HAND_OVER = timedelta(minutes=5)
"""How long whoever work was handed over to has for it, before it is handed over again."""
_FIRST_BACKOFF, _LONGEST_BACKOFF = 2.0, 900.0


class TaskKind(StrEnum):
    SETTLE_MONEY = "settle_money"
    ARRANGE_MEETING = "arrange_meeting"
    SEND_MESSAGE = "send_message"
    FULFIL_VISIT = "fulfil_visit"
    OFFER_TIME = "offer_time"
    TIDY_PHOTOS = "tidy_photos"
    SUMMARISE_FEEDBACK = "summarise_feedback"
    READ_CALENDAR = "read_calendar"


class Group(StrEnum):
    """Who does a task that is handed over: each group has a queue of its own."""

    NOTIFICATION = "notification"
    FEEDBACK = "feedback"
    INTEGRATION = "integration"


GROUPS = {
    TaskKind.SETTLE_MONEY: Group.INTEGRATION,
    TaskKind.ARRANGE_MEETING: Group.INTEGRATION,
    TaskKind.SEND_MESSAGE: Group.NOTIFICATION,
    TaskKind.FULFIL_VISIT: Group.INTEGRATION,
    TaskKind.OFFER_TIME: Group.INTEGRATION,
    TaskKind.TIDY_PHOTOS: Group.INTEGRATION,
    TaskKind.SUMMARISE_FEEDBACK: Group.FEEDBACK,
    TaskKind.READ_CALENDAR: Group.INTEGRATION,
}


class TaskState(StrEnum):
    DUE = "due"
    DONE = "done"
    DEAD = "dead"


class MessageKind(StrEnum):
    """One message to one person about one fact."""

    WELCOME = "welcome"
    SIGNED_IN = "signed_in"
    PASSWORD_RESET = "password_reset"  # noqa: S105  # a kind
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  # a kind
    REGISTERED = "registered"
    APPROVED = "approved"
    REJECTED = "rejected"
    BOOKED = "booked"
    LINK_READY = "link_ready"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"
    NOT_CHARGED = "not_charged"
    PAY_AGAIN = "pay_again"
    REFUND_COMPLETED = "refund_completed"
    VOIDED = "voided"
    FEEDBACK_REQUEST = "feedback_request"
    FEEDBACK_RECEIVED = "feedback_received"
    FEEDBACK_SUMMARY = "feedback_summary"
    ABSENCE_CLAIMED = "absence_claimed"
    ABSENCE_REJECTED = "absence_rejected"
    MEETING_FAILED = "meeting_failed"
    CALENDAR_UNREAD = "calendar_unread"
    OFFER = "offer"
    FOLLOW_UP = "follow_up"
    REMINDER_DAY = "reminder_day"
    REMINDER_SOON = "reminder_soon"


REMINDERS = {MessageKind.REMINDER_DAY: timedelta(hours=24), MessageKind.REMINDER_SOON: timedelta(minutes=15)}


@dataclass(frozen=True, slots=True)
class Recipient:
    role: Role
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One row of work. `key` names it: waking a key that exists brings that row back to life instead of doubling it.

    `revision` grows with every waking; work done for an older revision does not finish the row. Ids only, no personal data.
    """

    id: TaskId
    key: str
    kind: TaskKind
    due_at: datetime
    created_at: datetime
    appointment_id: AppointmentId | None = None
    payment_id: PaymentId | None = None
    doctor_id: DoctorId | None = None
    message: MessageKind | None = None
    recipient: Recipient | None = None
    about_start: datetime | None = None
    """The start of the visit that a reminder is about: one for a moved visit is outdated."""
    state: TaskState = TaskState.DUE
    attempts: int = 0
    revision: int = 1
    last_error: str = ""
    lease_token: UUID | None = None
    leased_until: datetime | None = None

    @property
    def lane(self) -> str | None:
        """Messages of one lane go out in the order they were written; None: no order."""
        if self.message is None or self.appointment_id is None or self.recipient is None:
            return None
        return f"{self.appointment_id}:{self.recipient.id}"


@dataclass(frozen=True, slots=True)
class LookAgain:
    """The work is done for now, and is due again `at`; `trouble` says, for administrators, what did not succeed this time."""

    at: datetime
    trouble: str = ""


def said_of(failure: Exception) -> str:
    """What administrators read of a failure."""
    return f"{type(failure).__name__}: {failure}"[:500]


def backoff(attempts: int, *, jitter: float) -> timedelta:
    """How long to wait after `attempts` failures: exponential with full jitter, `jitter` in [0, 1)."""
    ceiling = min(_LONGEST_BACKOFF, _FIRST_BACKOFF * 2 ** min(attempts, 30))
    return timedelta(seconds=0.5 + ceiling * jitter)


def settle_key(payment_id: PaymentId) -> str:
    """The name of the one task that settles a payment."""
    return f"settle:{payment_id}"


def settle_money(
    id: TaskId, payment_id: PaymentId, appointment_id: AppointmentId, *, due_at: datetime, at: datetime
) -> Task:
    """Make the provider agree with what is to be kept of one payment: one row a payment, so one in flight."""
    return Task(
        id=id,
        key=settle_key(payment_id),
        kind=TaskKind.SETTLE_MONEY,
        payment_id=payment_id,
        appointment_id=appointment_id,
        due_at=due_at,
        created_at=at,
    )


def arrange_meeting(id: TaskId, appointment_id: AppointmentId, *, at: datetime) -> Task:
    """Make the calendar agree with the appointment: one row an appointment."""
    return Task(
        id=id,
        key=f"meeting:{appointment_id}",
        kind=TaskKind.ARRANGE_MEETING,
        appointment_id=appointment_id,
        due_at=at,
        created_at=at,
    )


def tidy_photos(id: TaskId, owner: Recipient, *, due_at: datetime, at: datetime) -> Task:
    """Make the keeper of pictures agree with the one that a person has now: one row a person."""
    return Task(
        id=id, key=f"photos:{owner.id}", kind=TaskKind.TIDY_PHOTOS, recipient=owner, due_at=due_at, created_at=at
    )


def fulfil_visit(id: TaskId, appointment_id: AppointmentId, *, due_at: datetime, at: datetime) -> Task:
    """See to it that a visit of which nobody says anything does not stay open: one row an appointment."""
    return Task(
        id=id,
        key=f"fulfil:{appointment_id}",
        kind=TaskKind.FULFIL_VISIT,
        appointment_id=appointment_id,
        due_at=due_at,
        created_at=at,
    )


def offer_time(id: TaskId, doctor_id: DoctorId, *, due_at: datetime, at: datetime) -> Task:
    """Offer a doctor's released time to those who wait: one row a doctor, so that two releases never race."""
    return Task(
        id=id, key=f"offer:{doctor_id}", kind=TaskKind.OFFER_TIME, doctor_id=doctor_id, due_at=due_at, created_at=at
    )


def summarise_feedback(id: TaskId, doctor_id: DoctorId, *, at: datetime) -> Task:
    """Count a doctor's rating anew from all that was said: one row a doctor, however much is said at once."""
    key, kind = f"ratings:{doctor_id}", TaskKind.SUMMARISE_FEEDBACK
    return Task(id=id, key=key, kind=kind, doctor_id=doctor_id, due_at=at, created_at=at)


def read_calendar(id: TaskId, doctor_id: DoctorId, *, due_at: datetime, at: datetime) -> Task:
    """Read a doctor's own calendar, again and again: one row a doctor."""
    key, kind = f"calendar:{doctor_id}", TaskKind.READ_CALENDAR
    return Task(id=id, key=key, kind=kind, doctor_id=doctor_id, due_at=due_at, created_at=at)


def message_key(kind: MessageKind, recipient: Recipient, about: str) -> str:
    """The name of a message's task."""
    return f"message:{kind}:{recipient.id}:{about}"


def send_message(
    id: TaskId,
    kind: MessageKind,
    recipient: Recipient,
    *,
    about: str,
    at: datetime,
    due_at: datetime | None = None,
    appointment_id: AppointmentId | None = None,
    about_start: datetime | None = None,
) -> Task:
    """A message about one fact, which `about` names: the same fact is never told to the same person twice."""
    return Task(
        id=id,
        key=message_key(kind, recipient, about),
        kind=TaskKind.SEND_MESSAGE,
        message=kind,
        recipient=recipient,
        appointment_id=appointment_id,
        about_start=about_start,
        due_at=due_at or at,
        created_at=at,
    )
