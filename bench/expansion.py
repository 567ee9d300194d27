"""How fast hours become slots, in pure Python."""

import time
from datetime import UTC, datetime, timedelta
from statistics import median
from uuid import UUID

from bench.seed import ZONES
from scheduling_core.availability import Taken, slot_seconds
from scheduling_core.hours import Hours, Span, TimeOff
from scheduling_core.ids import TimeOffId
from scheduling_core.instants import Interval

_NOW = datetime(2027, 3, 1, 6, tzinfo=UTC)
_DAYS = 30


def slots_a_second() -> float:
    """The middle of five runs over a month of a doctor of each zone, with a week and a day off and a visit in each morning."""
    weekly = ((Span(480, 750), Span(840, 1080)),) * 7
    practices = [
        Hours(time_zone=zone, slot_minutes=15, gap_minutes=0, minimum_notice_minutes=60, horizon_days=60, weekly=weekly, overrides={})
        for zone in ZONES
    ]  # fmt: skip
    off = [
        TimeOff(id=TimeOffId(UUID(int=number)), interval=_from(day=day, minutes=0, lasts=length))
        for number, (day, length) in enumerate(((6, 24 * 60), (12, 7 * 24 * 60)))
    ]
    taken = [
        Taken(interval=_from(day=day, minutes=4 * 60, lasts=30), held=False, expires_at=None) for day in range(1, _DAYS)
    ]
    first, found = _NOW.date(), []
    for _ in range(5):
        began, made = time.process_time(), 0
        while time.process_time() - began < 0.2:
            for hours in practices:
                made += len(
                    slot_seconds(
                        hours, time_off=off, taken=taken, first=first, last=first + timedelta(days=_DAYS), now=_NOW
                    )
                )
        found.append(made / (time.process_time() - began))
    return median(found)


def _from(*, day: int, minutes: int, lasts: int) -> Interval:
    start = _NOW + timedelta(days=day, minutes=minutes)
    return Interval(start=start, end=start + timedelta(minutes=lasts))
