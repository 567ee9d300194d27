"""What a patient says of a fulfilled visit."""

from dataclasses import dataclass
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

    def __post_init__(self) -> None:
        if not 1 <= self.stars <= 5:
            raise InvalidInput("stars", "Give one to five stars.")
