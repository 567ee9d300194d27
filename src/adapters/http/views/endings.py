"""How an appointment ended: cancelled, struck out, or not taken place as its patient says."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from adapters.http.views.fields import Answer
from scheduling_core import appointment_parts
from scheduling_core.access import Role
from scheduling_core.appointment import Verb


class CancelledKind(StrEnum):
    """How it ended: a hold `expired`, was `abandoned`, `replaced` by another, or `struck` by time off or a suspension; a visit was
    `cancelled` or `struck`, lost for want of payment (`unpaid`), or its doctor did not come (`doctor_absent`)."""

    EXPIRED = "expired"
    ABANDONED = "abandoned"
    REPLACED = "replaced"
    STRUCK = "struck"
    CANCELLED = "cancelled"
    UNPAID = "unpaid"
    DOCTOR_ABSENT = "doctor_absent"


KINDS: Mapping[Verb, CancelledKind] = {
    Verb.EXPIRE: CancelledKind.EXPIRED,
    Verb.ABANDON: CancelledKind.ABANDONED,
    Verb.REPLACE: CancelledKind.REPLACED,
    Verb.STRIKE: CancelledKind.STRUCK,
    Verb.CANCEL: CancelledKind.CANCELLED,
    Verb.UNPAID: CancelledKind.UNPAID,
    Verb.DOCTOR_ABSENT: CancelledKind.DOCTOR_ABSENT,
}
"""How each verb that leads to `cancelled` is told."""


class Cancelled(Answer):
    """Why and by whom an appointment ended."""

    by: Role
    kind: CancelledKind
    reason: str | None
    at: datetime

    @classmethod
    def of(cls, ended: appointment_parts.Cancellation, *, participant: bool) -> "Cancelled":
        return cls(
            by=ended.by,
            kind=KINDS[ended.verb],
            reason=ended.reason if participant else None,
            at=ended.at,
        )


class Absence(Answer):
    """The patient says that the doctor did not come. `rejection` is why an administrator did not follow it."""

    claimed_at: datetime
    note: str
    rejected_at: datetime | None
    rejection: str

    @classmethod
    def of(cls, claimed: appointment_parts.Absence) -> "Absence":
        return cls(
            claimed_at=claimed.claimed_at,
            note=claimed.note,
            rejected_at=claimed.rejected_at,
            rejection=claimed.rejection,
        )


class Voided(Answer):
    """When and why an administrator struck the appointment as one that should never have been there."""

    at: datetime
    reason: str

    @classmethod
    def of(cls, voided: appointment_parts.Cancellation) -> "Voided":
        return cls(at=voided.at, reason=voided.reason)
