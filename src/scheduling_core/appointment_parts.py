"""What an appointment is made of beside its status: how its time came to be kept, its meeting, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduling_core.access import Role
from scheduling_core.transitions import Status, Verb


class HoldKind(StrEnum):
    PATIENT = "patient"
    WAITLIST = "waitlist"
    FOLLOW_UP = "follow_up"


class MeetingStatus(StrEnum):
    NONE = "none"
    CREATING = "creating"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Meeting:
    """The video link: `join_url` is there exactly when the status is ready."""

    status: MeetingStatus = MeetingStatus.NONE
    join_url: str | None = None


NO_MEETING = Meeting()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation:
    """Why and by whom an appointment ended; `verb` tells an expired hold from a cancelled visit."""

    verb: Verb
    by: Role
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """When the patient was marked as not having come, and what the visit was until then: an undoing leads back to it."""

    was: Status
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """The patient's word that the doctor did not come, and why an administrator did not follow it if they did not."""

    claimed_at: datetime
    note: str = ""
    rejected_at: datetime | None = None
    rejection: str = ""
