"""Doctors as they present themselves, and the road from registration to being listed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from scheduling_core.errors import IllegalTransition, NotFound
from scheduling_core.ids import DoctorId
from scheduling_core.money import Money
from scheduling_core.privacy import NO_EMAIL


class DoctorStatus(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUSPENDED = "suspended"


_S = DoctorStatus
TRANSITIONS: Mapping[DoctorStatus, frozenset[DoctorStatus]] = {
    _S.PENDING: frozenset({_S.APPROVED, _S.REJECTED}),
    _S.APPROVED: frozenset({_S.SUSPENDED}),
    _S.SUSPENDED: frozenset({_S.APPROVED}),
    _S.REJECTED: frozenset({_S.APPROVED}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doctor:
    """A doctor; the time zone and the hours live with the schedule. Only approved doctors are listed or booked."""

    id: DoctorId
    name: str
    email: str
    phone: str
    specialization: str
    fee: Money
    languages: tuple[str, ...] = ()
    qualifications: str = ""
    about: str = ""
    photo_url: str | None = None
    status: DoctorStatus = DoctorStatus.PENDING
    status_reason: str = ""
    created_at: datetime
    version: int = 1

    @property
    def listed(self) -> bool:
        return self.status is DoctorStatus.APPROVED

    def here(self) -> "Doctor":
        """This doctor. Raise NotFound for one who was erased, whose access token may live a little longer."""
        if self.email == NO_EMAIL:
            raise NotFound
        return self

    def become(self, status: DoctorStatus, *, reason: str = "") -> "Doctor":
        """This doctor in another status. Raise IllegalTransition where the table has no such row."""
        if status not in TRANSITIONS[self.status]:
            raise IllegalTransition(f"A doctor who is {self.status} cannot become {status}.")
        return replace(self, status=status, status_reason=reason)


@dataclass(frozen=True, slots=True)
class Rating:
    """The sum of stars and how many gave them, so that averages never drift."""

    stars: int = 0
    count: int = 0

    @property
    def average(self) -> float | None:
        """One decimal; None while nobody has rated."""
        return round(self.stars / self.count, 1) if self.count else None
