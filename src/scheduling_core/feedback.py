"""What a patient says of a fulfilled visit, what its doctor answers, and whether everybody may read it."""

from dataclasses import dataclass, replace
from datetime import datetime

from scheduling_core.errors import InvalidInput
from scheduling_core.ids import AppointmentId, DoctorId, PatientId


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One to five stars, a title and a review; one for each fulfilled appointment."""

    appointment_id: AppointmentId
    doctor_id: DoctorId
    patient_id: PatientId
    stars: int
    title: str
    review: str
    given_at: datetime
    edited_at: datetime | None = None
    answer: str | None = None
    answered_at: datetime | None = None
    hidden_at: datetime | None = None
    """While set, it is neither listed nor counted; whoever gave it, and administrators, still see it."""
    hidden_reason: str = ""
    version: int = 1

    @property
    def hidden(self) -> bool:
        return self.hidden_at is not None

    def edit(self, *, stars: int, title: str, review: str, at: datetime) -> "Feedback":
        return replace(self, stars=stars, title=title, review=review, edited_at=at)

    def hide(self, at: datetime, reason: str) -> "Feedback":
        return replace(self, hidden_at=at, hidden_reason=reason)

    def show(self, reason: str) -> "Feedback":
        """Listed and counted again; why, stands in the place of why it was hidden."""
        return replace(self, hidden_at=None, hidden_reason=reason)

    def answered(self, answer: str, at: datetime) -> "Feedback":
        return replace(self, answer=answer, answered_at=at)

    def __post_init__(self) -> None:
        if not 1 <= self.stars <= 5:
            raise InvalidInput("stars", "Give one to five stars.")
