"""Messages to people. Adapters render them from templates and deliver them, at least once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from scheduling_core.access import Role
from scheduling_core.doctor import Rating
from scheduling_core.ids import AppointmentId
from scheduling_core.money import Money
from scheduling_core.ports.alternatives import Alternatives
from scheduling_core.tasks import MessageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The facts of a visit that a message may carry: never a reason or anything medical."""

    appointment_id: AppointmentId
    starts_at: datetime
    ends_at: datetime
    doctor: str
    doctor_email: str
    specialization: str
    doctor_zone: str
    patient: str
    """Who booked."""
    patient_email: str
    patient_zone: str
    total: Money
    refund: Money
    """What comes back of the total, or never was taken."""
    refunded: Money
    """What has come back by now."""
    join_url: str | None
    sequence: int
    cancelled: bool
    cancelled_by: Role | None
    pay_by: datetime | None = None
    moved_from: datetime | None = None
    """The start before the last move, where the message tells of one."""
    full_refund_until: datetime | None = None
    """Until when all of the money comes back, where a doctor's move has promised it."""
    dependant: str | None = None
    """Who is seen, where it is not who booked. To the patient a message names them by the first name alone."""
    alternatives: Alternatives | None = None
    """What the patient may choose instead, where somebody else has called the visit off."""
    offered_until: datetime | None = None
    """Until when a time on offer is kept."""
    instead_of: datetime | None = None
    """The start of the visit that moves to this time when the offer is accepted."""
    offered: tuple[datetime, ...] = ()
    """The starts of all times that are offered together; the visit's own is one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackSummary:
    """What patients said of a doctor on the day that begins at `day` (UTC), and the doctor's whole rating by now."""

    day: datetime
    stars: int
    given: int
    rating: Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message. `id` is deterministic: delivering it twice under one id reads as once. Up to its first dot it is the
    id of the message's task."""

    id: str
    kind: MessageKind
    role: Role
    name: str
    email: str
    zone: str
    """The reader's IANA time zone."""
    written_at: datetime
    visit: Visit | None = None
    summary: FeedbackSummary | None = None
    mail: bool = True
    """Whether it is to be an e-mail; without, a text message alone."""
    phone: str | None = None
    """Where it is to be a text message as well (E.164); for those alone who asked for that."""
    reset: str | None = None
    """What lets its reader choose a new password, and until when it does."""
    reset_until: datetime | None = None
    closes_at: datetime | None = None
    """From when on nobody books, because the doctor's own calendar cannot be read."""
    unsubscribe: str | None = None
    """What stops messages of this kind without a sign-in (RFC 8058); None for those that are sent in any case."""


class Notifier(Protocol):
    async def send(self, message: Message) -> bool:
        """Deliver it, or hand it on to somebody who will: whether it was only handed on.

        Raise ProviderUnavailable to be tried again, ProviderRefused when this address never will do.
        """
        ...
