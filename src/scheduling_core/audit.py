"""The history as an audit reads it: every entry of it, and the chain of hashes that shows whether one was altered.

Changes of status and the acts of people who look after the clinic stand in one append-only history, ids only. A link holds
the hash of an entry's canonical bytes together with the link before it: whoever alters, removes or reorders entries
afterwards breaks every link from there on.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Status, Verb
from scheduling_core.event import Event
from scheduling_core.ids import AppointmentId, DoctorId, PersonId
from scheduling_core.instants import Interval

SETTLED = timedelta(minutes=10)
"""Longer than any transaction lives: an entry older than that which was not seen by then never will be."""


class Deed(StrEnum):
    """What people do that is no change of an appointment's status and must be accounted for."""

    APPROVE_DOCTOR = "approve-doctor"
    REJECT_DOCTOR = "reject-doctor"
    SUSPEND_DOCTOR = "suspend-doctor"
    RETRY_TASK = "retry-task"
    RESOLVE_PAYMENT = "resolve-payment"
    HIDE_FEEDBACK = "hide-feedback"
    SHOW_FEEDBACK = "show-feedback"
    CLOSE_REPORT = "close-report"
    EXPORT_DATA = "export-data"
    ERASE_DATA = "erase-data"
    CREATE_ADMINISTRATOR = "create-administrator"


class Subject(StrEnum):
    """What kind of thing a deed is about."""

    DOCTOR = "doctor"
    PERSON = "person"
    ADMINISTRATOR = "administrator"
    APPOINTMENT = "appointment"
    TASK = "task"
    PAYMENT = "payment"
    REPORT = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One deed of one actor about one thing. `before` and `after` are states, never texts that somebody wrote."""

    deed: Deed
    actor: Actor
    subject: Subject
    subject_id: UUID
    at: datetime
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the history: a change of status (everything but the subject) or an act (the subject, and no appointment)."""

    number: int
    verb: str
    before: str | None
    after: str | None
    role: Role
    actor_id: UUID | None
    at: datetime
    appointment_id: AppointmentId | None = None
    doctor_id: DoctorId | None = None
    person_id: PersonId | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    occupied_until: datetime | None = None
    subject: Subject | None = None
    subject_id: UUID | None = None

    @classmethod
    def of_event(cls, event: Event, *, number: int) -> "Entry":
        return cls(
            number=number,
            verb=event.verb,
            before=event.before,
            after=event.after,
            role=event.role,
            actor_id=event.actor_id,
            at=event.at,
            appointment_id=event.appointment_id,
            doctor_id=event.doctor_id,
            person_id=event.person_id,
            starts_at=event.interval.start,
            ends_at=event.interval.end,
            occupied_until=event.occupied_until,
        )

    @classmethod
    def of_act(cls, act: Act, *, number: int) -> "Entry":
        return cls(
            number=number,
            verb=act.deed,
            before=act.before,
            after=act.after,
            role=act.actor.role,
            actor_id=act.actor.id,
            at=act.at,
            subject=act.subject,
            subject_id=act.subject_id,
        )

    def event(self) -> Event:
        """The change of status that this is. Raise ValueError for an act."""
        if (
            self.appointment_id is None
            or self.doctor_id is None
            or self.person_id is None
            or self.starts_at is None
            or self.ends_at is None
            or self.occupied_until is None
            or self.after is None
        ):
            raise ValueError(f"{self.verb} is no change of an appointment")
        return Event(
            appointment_id=self.appointment_id,
            doctor_id=self.doctor_id,
            person_id=self.person_id,
            verb=Verb(self.verb),
            before=None if self.before is None else Status(self.before),
            after=Status(self.after),
            role=self.role,
            actor_id=self.actor_id,
            interval=Interval(start=self.starts_at, end=self.ends_at),
            occupied_until=self.occupied_until,
            at=self.at,
        )

    def canonical(self) -> bytes:
        """The same bytes for the same entry, whatever storage it comes from."""
        fields = {
            "number": self.number,
            "verb": str(self.verb),
            "before": self.before and str(self.before),
            "after": self.after and str(self.after),
            "role": str(self.role),
            "actor_id": _text(self.actor_id),
            "at": _instant(self.at),
            "appointment_id": _text(self.appointment_id),
            "doctor_id": _text(self.doctor_id),
            "person_id": _text(self.person_id),
            "starts_at": _instant(self.starts_at),
            "ends_at": _instant(self.ends_at),
            "occupied_until": _instant(self.occupied_until),
            "subject": self.subject and str(self.subject),
            "subject_id": _text(self.subject_id),
        }
        return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of the chain: positions count from 1 in the order in which entries were seen committed."""

    position: int
    number: int
    hash: str


def link_after(last: Link | None, entry: Entry) -> Link:
    """The link of `entry` behind `last`, which is None for the first."""
    position, before = (last.position + 1, last.hash) if last else (1, "")
    return Link(
        position=position, number=entry.number, hash=sha256(before.encode() + b"\n" + entry.canonical()).hexdigest()
    )


def _text(id: UUID | None) -> str | None:
    return None if id is None else str(id)


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")
