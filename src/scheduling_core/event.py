"""The history of an appointment, event by event."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment, Move
from scheduling_core.ids import AppointmentId, DoctorId, PersonId
from scheduling_core.instants import Interval
from scheduling_core.transitions import Status, Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A row of the append-only history: transition log, judge of race tests and audit in one. Ids only."""

    appointment_id: AppointmentId
    doctor_id: DoctorId
    person_id: PersonId
    verb: Verb
    before: Status | None
    after: Status
    role: Role
    actor_id: UUID | None
    interval: Interval
    occupied_until: datetime
    at: datetime

    @classmethod
    def of(cls, move: Move) -> "Event":
        seen = move.after
        return cls(
            appointment_id=seen.id,
            doctor_id=seen.doctor_id,
            person_id=seen.person_id,
            verb=move.verb,
            before=move.before,
            after=seen.status,
            role=move.actor.role,
            actor_id=move.actor.id,
            interval=seen.interval,
            occupied_until=seen.occupied_until,
            at=move.at,
        )

    @classmethod
    def unmoved(cls, appointment: Appointment, verb: Verb, actor: Actor, at: datetime) -> "Event":
        """Something that happened and left the appointment as it was."""
        before = appointment.status
        return cls.of(Move(before=before, after=appointment, verb=verb, actor=actor, at=at))
