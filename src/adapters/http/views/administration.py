"""Doctors and tasks as administrators see them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from adapters.http.cursors import write_id, write_place
from adapters.http.views.fields import Answer, Reason, Request
from adapters.http.views.profiles import DoctorProfile
from scheduling_core import doctor, tasks
from scheduling_core.access import Role
from scheduling_core.tasks import MessageKind, TaskKind, TaskState
from scheduling_core.use_cases import suspension


class AdminDoctor(DoctorProfile):
    """A registration and what became of it."""

    registered_at: datetime

    @classmethod
    def of(cls, who: doctor.Doctor) -> "AdminDoctor":
        return cls(**msgspec.structs.asdict(DoctorProfile.of(who)), registered_at=who.created_at)


class SuspendedDoctor(AdminDoctor):
    """A doctor who cannot be booked any more. `visits_ahead` are booked and still to begin: they stay until called off."""

    visits_ahead: int

    @classmethod
    def and_visits(cls, who: AdminDoctor, visits_ahead: int) -> "SuspendedDoctor":
        return cls(**msgspec.structs.asdict(who), visits_ahead=visits_ahead)


class CancelledVisits(Answer):
    """How many visits were called off; with some `left`, send the request again under another key."""

    cancelled: int
    left: int

    @classmethod
    def of(cls, result: suspension.CancelledVisits) -> "CancelledVisits":
        return cls(cancelled=result.cancelled, left=result.left)


class AdminDoctorPage(Answer):
    """Doctors, oldest registration first."""

    items: list[AdminDoctor]
    next_cursor: str | None

    @classmethod
    def of(
        cls, found: Sequence[doctor.Doctor], *, after: tuple[datetime, UUID] | None, limit: int
    ) -> "AdminDoctorPage":
        """The `limit` doctors of `found` that come after the place of the cursor."""
        rest = [each for each in found if after is None or (each.created_at, each.id) > after]
        page = rest[:limit]
        last = page[-1] if len(rest) > limit else None
        return cls(
            items=[AdminDoctor.of(each) for each in page],
            next_cursor=write_place(last.created_at, last.id) if last else None,
        )


class Decision(Request):
    """Why; the doctor reads it."""

    reason: Reason = ""


class Task(Answer):
    """Work that follows from a fact: settling money, arranging a meeting, sending a message. Ids only.

    One that is `dead` has failed for good and waits for a person.
    """

    id: UUID
    kind: TaskKind
    state: TaskState
    due_at: datetime
    created_at: datetime
    attempts: int
    last_error: str
    appointment_id: UUID | None
    payment_id: UUID | None
    message: MessageKind | None
    recipient_role: Role | None

    @classmethod
    def of(cls, task: tasks.Task) -> "Task":
        return cls(
            id=task.id,
            kind=task.kind,
            state=task.state,
            due_at=task.due_at,
            created_at=task.created_at,
            attempts=task.attempts,
            last_error=task.last_error,
            appointment_id=task.appointment_id,
            payment_id=task.payment_id,
            message=task.message,
            recipient_role=task.recipient.role if task.recipient else None,
        )


class TaskPage(Answer):
    """Tasks, newest first."""

    items: list[Task]
    next_cursor: str | None

    @classmethod
    def of(cls, found: Sequence[tasks.Task], *, limit: int) -> "TaskPage":
        page = found[:limit]
        return cls(
            items=[Task.of(each) for each in page],
            next_cursor=write_id(page[-1].id) if len(found) > limit else None,
        )
