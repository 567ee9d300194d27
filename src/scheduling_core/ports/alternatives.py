"""What somebody whose visit was called off may choose instead."""

from dataclasses import dataclass
from datetime import datetime

from scheduling_core.ids import DoctorId


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDoctor:
    """Another listed doctor of the same specialization, and when they are free next."""

    id: DoctorId
    name: str
    next_free_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternatives:
    """The next free times of a visit's doctor, none while they are not listed, and the colleagues who are free soonest."""

    doctor_id: DoctorId
    doctor_name: str
    specialization: str
    times: tuple[datetime, ...]
    others: tuple[OtherDoctor, ...]
