"""Finding doctors."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from scheduling_core.availability import Hours, Taken, TimeOff
from scheduling_core.doctor import Doctor, Rating
from scheduling_core.ids import DoctorId


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorFilter:
    """What a listed doctor must be like; None asks for nothing. `text` is searched for by the core (`search.rank`): a storage
    passes over it. `max_fee` is in minor units, before tax."""

    text: str = ""
    specialization: str | None = None
    max_fee: int | None = None
    min_rating: float | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDoctor:
    """A doctor as found: with rating, hours, and everything that says when they are free."""

    doctor: Doctor
    rating: Rating
    hours: Hours


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    count: int


class Directory(Protocol):
    """Read-only, over approved doctors."""

    async def matching(self, wanted: DoctorFilter, among: Collection[DoctorId] | None = None) -> list[ListedDoctor]:
        """Every listed doctor that fits, by id; with `among`, of these alone."""
        ...

    async def texts(self, wanted: DoctorFilter) -> dict[DoctorId, str]:
        """What a search looks through of every listed doctor that fits: `searchable` of name and specialization."""
        ...

    async def one(self, doctor_id: DoctorId) -> ListedDoctor:
        """A listed doctor. Raise NotFound."""
        ...

    async def commitments(
        self, doctor_ids: Sequence[DoctorId], *, since: datetime, until: datetime
    ) -> dict[DoctorId, tuple[list[TimeOff], list[Taken]]]:
        """Time off and occupied time of these doctors that overlap [since, until), in one read each."""
        ...

    async def specializations(self) -> list[Facet]:
        """Of listed doctors, by name, with how many there are."""
        ...

    async def languages(self) -> list[Facet]:
        """Spoken by listed doctors, by name, with how many speak each."""
        ...
