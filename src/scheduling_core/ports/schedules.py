"""What availability is computed from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from scheduling_core.availability import Taken
from scheduling_core.hours import Hours, TimeOff
from scheduling_core.ids import DoctorId, TimeOffId
from scheduling_core.instants import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a doctor's slots are made of, all of one moment: nothing of it is older or younger than `version`."""

    version: int
    hours: Hours
    time_off: list[TimeOff]
    taken: list[Taken]


class Schedules(Protocol):
    """What availability is computed from. Every write here, and every `lock`, makes the schedule's version grow."""

    async def lock(self, doctor_id: DoctorId) -> datetime:
        """Be the only writer of this doctor's schedule until the transaction ends; the storage's time *after* the wait.

        Raise NotFound for an unknown doctor, StorageBusy when the wait takes too long."""
        ...

    async def version(self, doctor_id: DoctorId) -> int:
        """The version that the schedule has now. Raise NotFound for an unknown doctor."""
        ...

    async def hours(self, doctor_id: DoctorId) -> Hours:
        """Raise NotFound for an unknown doctor."""
        ...

    async def set_hours(self, doctor_id: DoctorId, hours: Hours) -> None:
        """Replace weekly hours, overrides and rules. The caller holds the lock."""
        ...

    async def time_off(self, doctor_id: DoctorId, *, within: Interval | None = None) -> list[TimeOff]:
        """In order of their start; with `within`, those that overlap it."""
        ...

    async def add_time_off(self, doctor_id: DoctorId, time_off: TimeOff) -> None:
        """Close a span. The caller holds the lock."""
        ...

    async def remove_time_off(self, doctor_id: DoctorId, time_off_id: TimeOffId) -> None:
        """Raise NotFound if this doctor has none of that id."""
        ...
