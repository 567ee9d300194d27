"""What people were told, as they and the administrators see it, and which of it they want by e-mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduling_core.ids import AppointmentId, TaskId
from scheduling_core.tasks import MessageKind, Recipient, Task


class Topic(StrEnum):
    """Messages that a person may do without by e-mail. What states facts about a booking or money is in none."""

    REMINDERS = "reminders"
    FEEDBACK_REQUESTS = "feedback_requests"
    SIGN_IN_NOTICES = "sign_in_notices"
    OFFERS = "offers"
    TEXT_REMINDERS = "text_reminders"
    """Reminders as text messages to a telephone, beside those by e-mail."""


OPT_IN = frozenset({Topic.TEXT_REMINDERS})
"""Nobody gets these who has not asked for them; all others come until somebody says no."""


TOPICS: Mapping[MessageKind, Topic] = {
    MessageKind.REMINDER_DAY: Topic.REMINDERS,
    MessageKind.REMINDER_SOON: Topic.REMINDERS,
    MessageKind.FEEDBACK_REQUEST: Topic.FEEDBACK_REQUESTS,
    MessageKind.OFFER: Topic.OFFERS,
    MessageKind.SIGNED_IN: Topic.SIGN_IN_NOTICES,
}
"""The topic of each kind that can be turned off. A kind that is not here is always sent."""


class Delivery(StrEnum):
    """What became of a message: `withheld` is told in the application alone, `dropped` was no longer true when it was due."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    WITHHELD = "withheld"
    DROPPED = "dropped"


HIDDEN = frozenset({Delivery.DROPPED})
"""Not shown to the person: they were never told."""
UNSETTLED = frozenset({Delivery.WAITING})
"""Shown once it is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message to one person, kept when its task is long gone. Its id is the task's. No content: ids and a kind."""

    id: TaskId
    kind: MessageKind
    recipient: Recipient
    appointment_id: AppointmentId | None
    at: datetime
    """When it is due, or was told if that was earlier: until then it is nobody's news."""
    delivery: Delivery = Delivery.WAITING
    sent_at: datetime | None = None
    read_at: datetime | None = None

    @classmethod
    def of(cls, task: Task) -> "Notice":
        """The record of a message that is about to be written down. Raise ValueError for other work."""
        if task.message is None or task.recipient is None:
            raise ValueError("not a message")
        return cls(
            id=task.id,
            kind=task.message,
            recipient=task.recipient,
            appointment_id=task.appointment_id,
            at=task.due_at,
        )

    def shown(self, now: datetime) -> bool:
        """Whether the person finds it among their news at `now`."""
        return self.delivery not in HIDDEN and (self.delivery not in UNSETTLED or self.at <= now)
