"""The simplest model of a clinic that can say what must happen: a list of visits and a clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from scheduling_core.appointment import Appointment, Status
from scheduling_core.availability import offered
from scheduling_core.errors import HoldLimit, PatientBusy, Refusal, SlotNotOffered, SlotTaken
from scheduling_core.hours import Hours, TimeOff
from scheduling_core.instants import Interval

HOLD = timedelta(minutes=10)
DAY = timedelta(hours=24)
WENT_ON = frozenset({Status.BOOKED, Status.ARRIVED, Status.FULFILLED, Status.NOSHOW})
"""What a booking becomes while it keeps its time and its money."""


@dataclass(slots=True)
class Entry:
    """A hold or a visit as the model knows it."""

    id: UUID
    doctor: UUID
    person: UUID
    interval: Interval
    occupied: Interval
    made_at: datetime
    expires_at: datetime
    state: str = "held"
    """held, booked, ended"""
    ever_booked: bool = False
    total: int = 0
    keep: int = 0
    offered: bool = False
    """Whether the person was offered it, instead of asking for it: it counts towards none of their limits."""
    moves: int = 0
    """How often its patient has moved it."""
    promise: datetime | None = None
    """Until when all comes back, since its doctor moved it."""

    def promised(self, now: datetime) -> bool:
        return self.promise is not None and now <= self.promise and now < self.interval.start

    def lives(self, now: datetime) -> bool:
        return self.state == "booked" or (self.state == "held" and now < self.expires_at)


class Model:
    """What is held and booked. `hours` and `time_off` are those of each doctor."""

    def __init__(self) -> None:
        self.entries: dict[UUID, Entry] = {}
        self.hours: dict[UUID, Hours] = {}
        self.time_off: dict[UUID, list[TimeOff]] = {}

    def living(self, now: datetime) -> list[Entry]:
        return [entry for entry in self.entries.values() if entry.lives(now)]

    def held_again(self, doctor: UUID, person: UUID, starts_at: datetime, now: datetime) -> Entry | None:
        """The own live hold of exactly this slot, or the offer of it."""
        for entry in self.living(now):
            same = (entry.doctor, entry.person, entry.interval.start) == (doctor, person, starts_at)
            if entry.state == "held" and same:
                return entry
        return None

    def refusal(self, doctor: UUID, person: UUID, starts_at: datetime, now: datetime) -> type[Refusal] | None:
        """Why this hold must be refused, or None if it must succeed."""
        hours = self.hours[doctor]
        try:
            interval = offered(hours, time_off=self.time_off[doctor], starts_at=starts_at, now=now)
        except SlotNotOffered:
            return SlotNotOffered
        if starts_at - now < timedelta(minutes=2):
            return SlotNotOffered
        mine = [
            entry
            for entry in self.living(now)
            if entry.person == person and entry.state == "held" and not entry.offered
        ]
        if sum(entry.doctor != doctor for entry in mine) >= 3:
            return HoldLimit
        unpaid = [
            entry
            for entry in self.entries.values()
            if entry.person == person and not (entry.ever_booked or entry.offered) and entry.made_at >= now - DAY
        ]
        if len(unpaid) >= 10:
            return HoldLimit
        occupied = Interval(start=interval.start, end=interval.end + timedelta(minutes=hours.gap_minutes))
        others = [entry for entry in self.living(now) if not (entry in mine and entry.doctor == doctor)]
        if any(entry.doctor == doctor and entry.occupied.overlaps(occupied) for entry in others):
            return SlotTaken
        if any(entry.person == person and entry.interval.overlaps(interval) for entry in others):
            return PatientBusy
        return None

    def may_say(self, verb: str, visit: Appointment, now: datetime) -> bool:
        """Whether the doctor of the visit may say that now, from the rules as people are told them."""
        to_come = visit.status in (Status.BOOKED, Status.ARRIVED)
        match verb:
            case "arrive":
                soon = visit.starts_at - timedelta(minutes=15) <= now < visit.ends_at
                return visit.status is Status.ARRIVED or (visit.status is Status.BOOKED and soon)
            case "fulfil":
                return to_come and now >= visit.starts_at
            case "mark_missed":
                return to_come and now >= visit.starts_at + timedelta(minutes=10)
            case _:
                return visit.missed is not None and now < visit.missed.at + DAY

    def overlaps(self) -> list[tuple[UUID, UUID]]:
        """Pairs of booked visits that should never have come to be."""
        booked = [entry for entry in self.entries.values() if entry.state == "booked"]
        return [
            (one.id, other.id)
            for index, one in enumerate(booked)
            for other in booked[index + 1 :]
            if (one.doctor == other.doctor and one.occupied.overlaps(other.occupied))
            or (one.person == other.person and one.interval.overlaps(other.interval))
        ]
