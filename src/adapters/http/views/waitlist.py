"""Waiting for a time, and times that a doctor offers after a visit."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from adapters.http.views.appointments import Appointment
from adapters.http.views.fields import Answer, Instant, Request, utc
from scheduling_core.errors import InvalidInput
from scheduling_core.ids import AppointmentId, DoctorId, PersonId
from scheduling_core.instants import Interval
from scheduling_core.use_cases.waitlist import Wish
from scheduling_core.waitlist import PartOfDay, WaitlistEntry, WaitState

_Field = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class WaitRequest(Request):
    """What is waited for: exactly one of a doctor, any doctor of a specialization, and an earlier time of a booked visit.

    All of a time must lie between `from` and `until`; the part of the day is by the doctor's clock.
    """

    start: Instant = msgspec.field(name="from")
    until: Instant
    doctor_id: UUID | None = None
    specialization: _Field | None = None
    appointment_id: UUID | None = None
    dependant_id: UUID | None = None
    part_of_day: PartOfDay | None = None

    def value(self) -> Wish:
        start, until = utc(self.start, "from"), utc(self.until, "until")
        if start >= until:
            raise InvalidInput("until", "This is not after the beginning.")
        return Wish(
            window=Interval(start=start, end=until),
            doctor_id=DoctorId(self.doctor_id) if self.doctor_id else None,
            specialization=self.specialization,
            appointment_id=AppointmentId(self.appointment_id) if self.appointment_id else None,
            dependant_id=PersonId(self.dependant_id) if self.dependant_id else None,
            part_of_day=self.part_of_day,
        )


class Wait(Answer):
    """One wait of the patient. `offer` is the appointment that is kept for them at the moment because of it."""

    id: UUID
    state: WaitState
    doctor_id: UUID | None
    specialization: str | None
    appointment_id: UUID | None
    person_id: UUID
    start: datetime = msgspec.field(name="from")
    until: datetime
    part_of_day: PartOfDay | None
    created_at: datetime
    offer: UUID | None

    @classmethod
    def of(cls, entry: WaitlistEntry, offer: AppointmentId | None, now: datetime) -> "Wait":
        seen = entry.seen_at(now)
        return cls(
            id=seen.id,
            state=seen.state,
            doctor_id=seen.doctor_id,
            specialization=seen.specialization,
            appointment_id=seen.appointment_id,
            person_id=seen.person_id,
            start=seen.window.start,
            until=seen.window.end,
            part_of_day=seen.part_of_day,
            created_at=seen.created_at,
            offer=offer,
        )


class FollowUpRequest(Request):
    """Up to three starts of free slots, kept for the patient of the visit until then."""

    times: Annotated[list[Instant], msgspec.Meta(min_length=1, max_length=10)]
    until: Instant


class FollowUp(Answer):
    """The times that are kept, by start; the patient accepts one of them."""

    appointments: list[Appointment]
