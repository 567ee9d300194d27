"""The history as administrators see it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from adapters.http.cursors import write_number
from adapters.http.views.fields import Answer
from scheduling_core import audit
from scheduling_core.access import Role
from scheduling_core.audit import Subject


class AuditEntry(Answer):
    """What happened: a change of an appointment's status, or an act about the `subject`. Ids only."""

    number: int
    verb: str
    before: str | None
    after: str | None
    role: Role
    actor_id: UUID | None
    at: datetime
    appointment_id: UUID | None
    doctor_id: UUID | None
    person_id: UUID | None
    starts_at: datetime | None
    subject: Subject | None
    subject_id: UUID | None

    @classmethod
    def of(cls, entry: audit.Entry) -> "AuditEntry":
        return cls(
            number=entry.number,
            verb=entry.verb,
            before=entry.before,
            after=entry.after,
            role=entry.role,
            actor_id=entry.actor_id,
            at=entry.at,
            appointment_id=entry.appointment_id,
            doctor_id=entry.doctor_id,
            person_id=entry.person_id,
            starts_at=entry.starts_at,
            subject=entry.subject,
            subject_id=entry.subject_id,
        )


class AuditPage(Answer):
    """The history, newest first."""

    items: list[AuditEntry]
    next_cursor: str | None

    @classmethod
    def of(cls, found: Sequence[audit.Entry], *, limit: int) -> "AuditPage":
        page = found[:limit]
        return cls(
            items=[AuditEntry.of(each) for each in page],
            next_cursor=write_number(page[-1].number) if len(found) > limit else None,
        )
