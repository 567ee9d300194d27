"""What of a doctor's time can be offered: the rules of availability together with what is committed already."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from math import ceil

from scheduling_core.hours import Hours
from scheduling_core.ids import DoctorId
from scheduling_core.instants import Interval, day_interval, local_date
from scheduling_core.outlook import Outlook, outlook
from scheduling_core.ports.directory import ListedDoctor
from scheduling_core.ports.storage import Unit
from scheduling_core.terms import Terms

_FIRST_LOOK = timedelta(days=1)
_AT_ONCE = 100
"""Doctors reckoned between two reads: at midnight it is all of a field, and 1,250 without a pause take a tenth of a second."""


async def outlooks(unit: Unit, listed: Sequence[ListedDoctor], terms: Terms, now: datetime) -> dict[DoctorId, Outlook]:
    """When each is free next."""
    found: dict[DoctorId, Outlook] = {}
    for first in range(0, len(listed), _AT_ONCE):
        found |= await _outlooks(unit, listed[first : first + _AT_ONCE], terms, now)
    return found


async def _outlooks(unit: Unit, listed: Sequence[ListedDoctor], terms: Terms, now: datetime) -> dict[DoctorId, Outlook]:
    """Most are free soon, so only those who are not cost a longer look, and a read, each."""
    found: dict[DoctorId, Outlook] = {}
    look = _FIRST_LOOK
    while listed:
        busy = await unit.directory.commitments([each.doctor.id for each in listed], since=now, until=now + look)
        beyond = []
        for each in listed:
            time_off, taken = busy.get(each.doctor.id, ([], []))
            hours = holdable(each.hours, terms)
            seen = outlook(hours, time_off=time_off, taken=taken, now=now, seen_until=now + look)
            if seen is None:
                beyond.append(each)
            else:
                found[each.doctor.id] = seen
        listed, look = beyond, look * 4
    return found


def holdable(hours: Hours, terms: Terms) -> Hours:
    """These hours without slots so soon that no hold on them could last long enough to pay."""
    shortest = ceil(terms.shortest_hold / timedelta(minutes=1))
    return hours if hours.minimum_notice_minutes >= shortest else replace(hours, minimum_notice_minutes=shortest)


def window_of(hours: Hours, *, first: date, last: date, now: datetime) -> Interval | None:
    """What to read of time off and taken time: the dates that can be offered, and what reaches over their end."""
    today = local_date(now, hours.time_zone)
    # From yesterday: a clock put back over midnight shows that date once more.
    first, last = max(first, today - timedelta(days=1)), min(last, today + timedelta(days=hours.horizon_days + 1))
    if first >= last:
        return None
    days = day_interval(first, last, hours.time_zone)
    return Interval(start=days.start, end=days.end + _step(hours))


def _step(hours: Hours) -> timedelta:
    return timedelta(minutes=hours.slot_minutes + hours.gap_minutes)
