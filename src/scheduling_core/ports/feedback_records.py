"""What patients said of their visits."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from scheduling_core.feedback import Feedback
from scheduling_core.ids import AppointmentId, DoctorId


class FeedbackRecords(Protocol):
    async def add(self, feedback: Feedback) -> None:
        """Raise Outdated if the appointment has feedback already. Counted in the doctor's rating unless it is hidden."""
        ...

    async def save(self, feedback: Feedback) -> Feedback:
        """Store it where the version is still the one read, else raise Outdated; with its new version. The doctor's rating
        stays the exact sum of what is not hidden."""
        ...

    async def find(self, appointment_id: AppointmentId) -> Feedback | None:
        """The feedback of that visit, hidden or not."""
        ...

    async def of_doctor(
        self, doctor_id: DoctorId, *, after: tuple[datetime, UUID] | None, limit: int, hidden_too: bool = False
    ) -> list[Feedback]:
        """What is not hidden, or everything, newest first; `after` is the (given_at, appointment id) of the last one seen."""
        ...

    async def recount(self, doctor_id: DoctorId) -> bool:
        """Make the rating the sum of what is not hidden, whatever it was; whether it was something else. What is being given
        at the same time counts once."""
        ...

    async def doctors_rated(self, *, since: datetime, until: datetime) -> list[DoctorId]:
        """Of whom something was said in that span that is not hidden."""
        ...
