"""Who waits for a time, which time was released, and what was offered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from scheduling_core.ids import AppointmentId, DoctorId, PatientId, WaitlistId
from scheduling_core.instants import Interval
from scheduling_core.waitlist import Offer, Release, WaitlistEntry


class Waitlist(Protocol):
    """Waits of every state, and time that was released while somebody waited for it."""

    async def add(self, entry: WaitlistEntry) -> None:
        """Store a new wait."""
        ...

    async def get(self, entry_id: WaitlistId) -> WaitlistEntry:
        """Raise NotFound. For whom it is, the caller decides."""
        ...

    async def save(self, entry: WaitlistEntry) -> WaitlistEntry:
        """Store it where the version is still the one it was read at, else raise Outdated; with its new version."""
        ...

    async def of_patient(self, patient_id: PatientId) -> list[WaitlistEntry]:
        """All of them, those that are over included, in the order in which they came."""
        ...

    async def line(self, doctor_id: DoctorId, *, now: datetime) -> list[WaitlistEntry]:
        """Those who wait at `now` for this doctor or for any of the doctor's specialization, in the order in which they came."""
        ...

    async def release(self, release: Release) -> bool:
        """Note that this time became free, unless nobody waits then for any of it of this doctor; whether it was noted."""
        ...

    async def releases(self, doctor_id: DoctorId) -> list[Release]:
        """What was noted and not forgotten, in the order in which it became free."""
        ...

    async def forget(self, releases: Sequence[Release]) -> None:
        """Nobody is left to be asked for any of these."""
        ...


class Offers(Protocol):
    """What was offered to whom; the offer itself is an appointment, which knows whether it still stands."""

    async def add(self, offer: Offer) -> None:
        """Store what a new hold was made for. Its appointment is stored already."""
        ...

    async def of(self, appointment_id: AppointmentId) -> Offer | None:
        """Why this appointment was offered; None for one that its patient asked for."""
        ...

    async def of_visit(self, visit_id: AppointmentId) -> list[Offer]:
        """The follow-up times ever offered after this visit, by appointment id."""
        ...

    async def of_doctor(self, doctor_id: DoctorId, within: Interval) -> list[Offer]:
        """Offers ever made of this doctor's slots that start in `within`, by start and appointment id."""
        ...

    async def standing(self, entry_id: WaitlistId, *, now: datetime) -> AppointmentId | None:
        """The offer that this wait has in hand: pending, accepted or not, and not lapsed."""
        ...

    async def live_follow_ups(self, doctor_id: DoctorId, *, now: datetime) -> int:
        """How many follow-up times of this doctor wait for an answer or a payment."""
        ...

    async def next_lapse(self, doctor_id: DoctorId) -> datetime | None:
        """When the first of this doctor's pending offers, of either kind, lapses or lapsed."""
        ...
