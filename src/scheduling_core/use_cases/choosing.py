"""Who is asked next: the first slot of released time that is still free, for the first who waits for it and may have it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scheduling_core.access import SYSTEM
from scheduling_core.appointment import Appointment, Status
from scheduling_core.availability import SlotStatus, slots
from scheduling_core.hours import Hours
from scheduling_core.ids import DoctorId, PersonId, WaitlistId
from scheduling_core.instants import Interval, local_date
from scheduling_core.ports.storage import Unit
from scheduling_core.terms import Terms
from scheduling_core.use_cases.offers import holdable, window_of
from scheduling_core.waitlist import Release, WaitlistEntry

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Choice:
    """The slot to offer and to whom; without them, whether somebody who may want it has another offer in hand."""

    slot: Interval | None
    entry: WaitlistEntry | None
    in_hand: bool = False


@dataclass(slots=True)
class _Standing:
    """What else one who waits has at the moment."""

    busy: list[Interval]
    in_hand: bool
    visit: Appointment | None

    def wants(self, entry: WaitlistEntry, slot: Interval) -> bool:
        """Whether an entry for an earlier time of a visit is served by this slot; other entries are by any."""
        if entry.appointment_id is None:
            return True
        visit = self.visit
        return (
            visit is not None
            and slot.start < visit.starts_at
            and slot.end - slot.start == visit.ends_at - visit.starts_at
        )


@dataclass(slots=True)
class Line:
    """Those who wait for one doctor, as one transaction that holds the schedule's lock sees them."""

    doctor_id: DoctorId
    now: datetime
    hours: Hours
    entries: list[WaitlistEntry]
    offered: set[tuple[PersonId, datetime]]
    """Which starts were ever offered to whom."""
    standing: dict[WaitlistId, _Standing] = field(default_factory=dict)


async def line_for(unit: Unit, doctor_id: DoctorId, now: datetime) -> Line | None:
    """None when nobody waits, or the doctor may not be booked."""
    entries = await unit.waitlist.line(doctor_id, now=now)
    if not entries or not (await unit.doctors.get(doctor_id)).listed:
        return None
    offered = await unit.offers.of_doctor(doctor_id, _hull(entries))
    return Line(
        doctor_id=doctor_id,
        now=now,
        hours=await unit.schedules.hours(doctor_id),
        entries=entries,
        offered={(offer.person_id, offer.starts_at) for offer in offered},
    )


async def choose(unit: Unit, terms: Terms, line: Line, release: Release) -> Choice:
    """The next offer to make of what was released, if there is one."""
    entries = [
        entry for entry in line.entries if entry.created_at <= release.at and entry.window.overlaps(release.interval)
    ]
    if not entries:
        return Choice(None, None)
    hull, in_hand = _hull(entries), False
    within = Interval(start=max(release.interval.start, hull.start), end=min(release.interval.end, hull.end))
    for slot in await _free(unit, terms, line, within):
        for entry in entries:
            if not entry.fits(slot, line.hours.time_zone) or (entry.person_id, slot.start) in line.offered:
                continue
            standing = await _standing(unit, line, entry)
            if not standing.wants(entry, slot) or any(slot.overlaps(busy) for busy in standing.busy):
                continue
            if not standing.in_hand:
                return Choice(slot, entry)
            in_hand = True
    return Choice(None, None, in_hand)


async def _free(unit: Unit, terms: Terms, line: Line, within: Interval) -> list[Interval]:
    """The slots that meet `within`, are free now, and can be kept long enough to be accepted and then paid for."""
    hours, now = holdable(line.hours, terms), line.now
    # A slot belongs to the date of its start, and may begin on the date before.
    first, last = local_date(within.start, hours.time_zone) - DAY, local_date(within.end, hours.time_zone) + DAY
    window = window_of(hours, first=first, last=last, now=now)
    if window is None:
        return []
    time_off = await unit.schedules.time_off(line.doctor_id, within=window)
    taken = await unit.appointments.taken(line.doctor_id, window)
    gap = timedelta(minutes=hours.gap_minutes)
    return [
        slot.interval
        for slot in slots(hours, time_off=time_off, taken=taken, first=first, last=last, now=now)
        if slot.status is SlotStatus.FREE
        and Interval(start=slot.interval.start, end=slot.interval.end + gap).overlaps(within)
        and slot.interval.start - now >= 2 * terms.shortest_hold
    ]


async def _standing(unit: Unit, line: Line, entry: WaitlistEntry) -> _Standing:
    if entry.id not in line.standing:
        theirs = await unit.appointments.occupying_person(entry.person_id, entry.window)
        line.standing[entry.id] = _Standing(
            busy=[other.interval for other in theirs if not other.hold_lapsed(line.now)],
            in_hand=await unit.offers.standing(entry.id, now=line.now) is not None,
            visit=await visit_to_move(unit, entry),
        )
    return line.standing[entry.id]


async def visit_to_move(unit: Unit, entry: WaitlistEntry) -> Appointment | None:
    """The booked visit for which an earlier time is waited for; None for other waits and for one that cannot move."""
    if entry.appointment_id is None:
        return None
    visit = await unit.appointments.get(entry.appointment_id, SYSTEM)
    return visit if visit.status is Status.BOOKED and visit.pay_by is None else None


def _hull(entries: Sequence[WaitlistEntry]) -> Interval:
    """From the first to the last instant that any of them waits for."""
    return Interval(start=min(entry.window.start for entry in entries), end=max(entry.window.end for entry in entries))
