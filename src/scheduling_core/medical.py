"""What a person tells the doctors whom they visit: the one thing here that nobody else may read."""

from dataclasses import dataclass
from datetime import datetime

from scheduling_core.appointment import Status
from scheduling_core.ids import PersonId

READABLE = frozenset({Status.BOOKED, Status.ARRIVED, Status.FULFILLED})
"""The statuses of a visit in which its doctor may read the profile of whom they see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalProfile:
    """In the person's own words; all empty until they write some. Its texts stand in no repr, and so in no log."""

    person_id: PersonId
    conditions: str = ""
    medication: str = ""
    allergies: str = ""
    updated_at: datetime | None = None

    def __repr__(self) -> str:
        return f"MedicalProfile(person_id={self.person_id!r}, …)"
