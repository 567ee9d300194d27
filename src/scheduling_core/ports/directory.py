"""Finding doctors."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from scheduling_core.availability import Taken
from scheduling_core.doctor import Doctor, Rating
from scheduling_core.hours import Hours, TimeOff
from scheduling_core.ids import DoctorId
from scheduling_core.outlook import Outlook, Prospect
from scheduling_core.roll import Ratings, Roll


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorFilter:
    """What a listed doctor must be like; None asks for nothing. `max_fee` is in minor units, before tax."""

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


class Directory(Protocol):
    """Read-only, over approved doctors."""

    async def roll(self) -> Roll:
        """Everybody who is listed, to narrow, rank and count by. It may be the same object for as
        long as nothing of it has changed."""
        ...

    async def ratings(self) -> Ratings:
        """What patients gave. The same object for as long as nothing of it has changed."""
        ...

    async def listed(self, among: Collection[DoctorId]) -> list[ListedDoctor]:
        """Those of these doctors who are listed, by id."""
        ...

    async def one(self, doctor_id: DoctorId) -> ListedDoctor:
        """A listed doctor. Raise NotFound."""
        ...

    async def commitments(
        self, doctor_ids: Sequence[DoctorId], *, since: datetime, until: datetime
    ) -> dict[DoctorId, tuple[list[TimeOff], list[Taken]]]:
        """Time off and occupied time of these doctors that overlap [since, until), in one read each."""
        ...

    async def foremost(self, specialization: str | None, *, limit: int) -> str:
        """As `Storage.foremost`, of the moment that the unit sees: of just what else is read in it."""
        ...

    async def prospects(
        self,
        *,
        now: datetime,
        specialization: str | None = None,
        among: Collection[DoctorId] | None = None,
        after: tuple[datetime, DoctorId] | None = None,
        limit: int | None = None,
    ) -> list[Prospect]:
        """What is kept of when listed doctors are free, in the order of (`not_before`, id): of this specialization, or `among`
        these, from behind `after`, so many."""
        ...

    async def free_later(self, *, since: datetime, specialization: str | None = None) -> Collection[DoctorId]:
        """Listed doctors, of this specialization, whom nothing is free before that instant."""
        ...

    async def doubtful(self, *, now: datetime, before: datetime, specialization: str | None = None) -> list[Prospect]:
        """The others, in no order, but for those who are free before then for certain, by what is kept of them. Some of
        these may be among them all the same."""
        ...

    async def lagging(self, *, now: datetime, limit: int) -> list[Prospect]:
        """Listed doctors whose outlook has to be reckoned anew, or has moved on, those first of whom the least is known."""
        ...

    async def keep(self, reckoned: Sequence[tuple[Prospect, Outlook]]) -> None:
        """Keep these, each unless its doctor got time back since the prospect was read, or is just being written to."""
        ...
