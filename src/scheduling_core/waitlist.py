"""Waiting for a time: who waits for what, which time was released, and what was offered to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from scheduling_core.ids import AppointmentId, DoctorId, PatientId, PersonId, ReleaseId, WaitlistId
from scheduling_core.instants import MINUTES_A_DAY, Interval, local_minute


class PartOfDay(StrEnum):
    """By the doctor's clock: until noon, from noon to five, from five on."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


_MINUTES: Mapping[PartOfDay, range] = {
    PartOfDay.MORNING: range(12 * 60),
    PartOfDay.AFTERNOON: range(12 * 60, 17 * 60),
    PartOfDay.EVENING: range(17 * 60, MINUTES_A_DAY),
}


class WaitState(StrEnum):
    """`waiting`; then `satisfied` by a booked offer, `left` by the patient, or `ended` when what was waited for is past."""

    WAITING = "waiting"
    SATISFIED = "satisfied"
    LEFT = "left"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitlistEntry:
    """One person's wait for a doctor, for any doctor of a specialization, or for an earlier time of a booked visit.

    Exactly one of `doctor_id` and `specialization` is there; an entry for an earlier time has the visit's doctor. A slot
    fits when all of it lies in `window` and it starts in the part of the day asked for, if any.
    """

    id: WaitlistId
    patient_id: PatientId
    person_id: PersonId
    doctor_id: DoctorId | None
    specialization: str | None
    window: Interval
    part_of_day: PartOfDay | None
    appointment_id: AppointmentId | None
    """The booked visit that is to be moved to an earlier time."""
    created_at: datetime
    state: WaitState = WaitState.WAITING
    closed_at: datetime | None = None
    version: int = 1

    def waits_at(self, now: datetime) -> bool:
        """Whether the wait goes on at `now`: it ends by itself with its window."""
        return self.state is WaitState.WAITING and now < self.window.end

    def seen_at(self, now: datetime) -> "WaitlistEntry":
        """As every reader must see it: a wait whose window has passed is over, whoever wrote it down."""
        if self.state is WaitState.WAITING and not self.waits_at(now):
            return replace(self, state=WaitState.ENDED, closed_at=self.window.end)
        return self

    def close(self, state: WaitState, at: datetime) -> "WaitlistEntry":
        """This wait, over. What is over already stays as it ended."""
        return replace(self, state=state, closed_at=at) if self.state is WaitState.WAITING else self

    def fits(self, slot: Interval, zone: str) -> bool:
        """Whether the slot of a doctor whose clock is `zone`'s is one that is waited for."""
        if slot.start < self.window.start or slot.end > self.window.end:
            return False
        return self.part_of_day is None or local_minute(slot.start, zone) in _MINUTES[self.part_of_day]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Time of a doctor that became free at `at`. Those who waited by then are asked, in the order in which they came."""

    id: ReleaseId
    doctor_id: DoctorId
    interval: Interval
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A hold that its patient did not ask for: for whom, and because of which wait or after which visit."""

    appointment_id: AppointmentId
    doctor_id: DoctorId
    person_id: PersonId
    starts_at: datetime
    made_at: datetime
    entry_id: WaitlistId | None = None
    visit_id: AppointmentId | None = None
