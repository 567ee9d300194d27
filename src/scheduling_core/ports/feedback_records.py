"""What patients said of their visits."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from scheduling_core.feedback import Feedback
from scheduling_core.ids import DoctorId


class FeedbackRecords(Protocol):
    async def add(self, feedback: Feedback) -> None:
        """Raise Outdated if the appointment has feedback already."""
        ...

    async def of_doctor(
        self, doctor_id: DoctorId, *, after: tuple[datetime, UUID] | None, limit: int
    ) -> list[Feedback]:
        """Newest first; `after` is the (given_at, appointment id) of the last one seen."""
        ...
