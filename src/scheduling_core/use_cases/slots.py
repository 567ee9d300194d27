"""A doctor's slots on some dates: open to everybody, signed in or not, and asked for more often than all else."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from scheduling_core.availability import Slot, SlotStatus, slot_seconds, valid_until
from scheduling_core.errors import InvalidInput
from scheduling_core.ids import DoctorId
from scheduling_core.instants import Interval, instant_of
from scheduling_core.ports.schedules import Glance
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.system import Clock
from scheduling_core.terms import Terms
from scheduling_core.use_cases.offers import holdable, window_of

MOST_DAYS = 62

# No zone is further than a day from UTC, and no slot with its gap is longer than half of one.
_BEFORE, _AFTER = timedelta(days=1), timedelta(days=1, hours=12)
_YESTERDAY_SOMEWHERE, _HORIZON_SOMEWHERE = timedelta(days=2), timedelta(days=732)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedSlots:
    """A doctor's slots on the dates asked for, true until `valid_until` or until the schedule has another version."""

    doctor_id: DoctorId
    time_zone: str
    length: timedelta
    starts: list[tuple[int, SlotStatus]]
    """In order, in seconds since the epoch: whoever writes them down needs no datetimes."""
    schedule_version: int
    valid_until: datetime

    @property
    def slots(self) -> list[Slot]:
        starts = ((instant_of(start), status) for start, status in self.starts)
        return [
            Slot(interval=Interval(start=start, end=start + self.length), status=status) for start, status in starts
        ]


@dataclass(frozen=True, slots=True)
class FindSlots:
    """The slots of a listed doctor's dates [first, last); dates gone by and beyond the horizon have none."""

    storage: Storage
    clock: Clock
    terms: Terms

    async def __call__(self, doctor_id: DoctorId, *, first: date, last: date) -> OfferedSlots:
        """Raise NotFound for a doctor who is not listed, InvalidInput for too many dates."""
        if not 0 < (last - first).days <= MOST_DAYS:
            raise InvalidInput("to", f"Ask for 1 to {MOST_DAYS} days; `to` is the day after the last one.")
        now = self.clock.now()
        seen = await self.storage.glance(doctor_id, _wide(first, last, now))
        return self._offered(doctor_id, seen, first, last, now)

    async def version(self, doctor_id: DoctorId) -> int:
        """The version of the schedule that slots would be of now. Raise NotFound for a doctor who is not listed."""
        return await self.storage.listed_version(doctor_id)

    def _offered(self, doctor_id: DoctorId, seen: Glance, first: date, last: date, now: datetime) -> OfferedSlots:
        hours = holdable(seen.hours, self.terms)
        window = window_of(hours, first=first, last=last, now=now)
        # A hold beyond the dates asked for says nothing about how long their slots stay as they are.
        taken = [each for each in seen.taken if window is not None and each.interval.overlaps(window)]
        return OfferedSlots(
            doctor_id=doctor_id,
            time_zone=hours.time_zone,
            length=timedelta(minutes=hours.slot_minutes),
            starts=slot_seconds(hours, time_off=seen.time_off, taken=taken, first=first, last=last, now=now),
            schedule_version=seen.version,
            valid_until=valid_until(hours, time_off=seen.time_off, taken=taken, first=first, last=last, now=now),
        )


def _wide(first: date, last: date, now: datetime) -> Interval:
    """At least what the dates can need, whatever the doctor's zone: it is not known before the doctor's hours are."""
    today = now.date()
    first = min(max(first, today - _YESTERDAY_SOMEWHERE), today + _HORIZON_SOMEWHERE)
    last = max(min(last, today + _HORIZON_SOMEWHERE), first)
    start, end = (datetime.combine(day, time(), UTC) for day in (first, last))
    return Interval(start=start - _BEFORE, end=end + _AFTER)
