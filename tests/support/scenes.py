"""Doctors anywhere, their days beside changes of the clocks, and what is taken of them: drawn by hypothesis."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from scheduling_core.availability import Taken
from scheduling_core.grid import grid
from scheduling_core.hours import Hours, Span, TimeOff
from scheduling_core.ids import TimeOffId
from scheduling_core.instants import Interval, day_interval
from support.reference_grid import DAY, FIRST, LAST, MINUTE, ZONES, changes
from support.wall import MICROSECOND

# A day cut anywhere, at midnights and at the hours of changes above all; a bit for each piece says whether it is open.
EDGES = st.sampled_from([*range(0, 1445, 5), *[0, 60, 120, 150, 180, 1380, 1440] * 20])
CUTS = st.lists(EDGES, min_size=2, max_size=7, unique=True)
PIECES = st.integers(1, 63)
DAYS = st.dates(FIRST + 5 * DAY, LAST - 10 * DAY)
SLOT_MINUTES = st.sampled_from([15, 30, 60, *range(5, 150)])
GAP_MINUTES = st.sampled_from([0] * 30 + list(range(61)))
BUSY = st.lists(
    st.tuples(st.booleans(), st.integers(0, 5 * 1440), st.integers(1, 200), st.integers(-2, 20)), max_size=5
)
AWAY = st.lists(st.tuples(st.integers(0, 5 * 1440), st.integers(1, 200)), max_size=2)
NUDGES = st.sampled_from([timedelta(), timedelta(), MICROSECOND, -MICROSECOND, 7 * MINUTE, -3 * MINUTE])


@st.composite
def cases(draw: st.DrawFn) -> tuple[Hours, date]:
    """A doctor somewhere, and a date of the two years, more often than not beside a change of the clocks."""
    zone, day = draw(st.sampled_from(ZONES)), draw(DAYS)
    beside = [instant.astimezone(ZoneInfo(zone)).date() for instant, _ in changes(zone)]
    if beside and day.day % 4:
        day = beside[day.day % len(beside)] + (day.month % 3 - 1) * DAY
    kinds: list[tuple[Span, ...]] = [()]
    for _ in range(2):
        cuts, pieces = sorted(draw(CUTS)), draw(PIECES)
        kinds.append(tuple(Span(*cut) for n, cut in enumerate(pairwise(cuts)) if pieces >> n & 1))
    pattern = draw(st.integers(0, 2**14))
    hours = Hours(
        time_zone=zone,
        slot_minutes=draw(SLOT_MINUTES),
        gap_minutes=draw(GAP_MINUTES),
        minimum_notice_minutes=(0, 1, 60, 1500)[pattern % 4],
        horizon_days=(1, 2, 3, 30)[pattern // 4 % 4],
        weekly=tuple(kinds[min(pattern >> 2 * n & 3, 2)] for n in range(7)),
        overrides={day + (pattern % 6 - 2) * DAY: kinds[pattern % 3]} if pattern & 64 else {},
    )
    return hours, day


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Hours, date, dict[str, Any], datetime]:
    """A doctor's days around a date, with time off, some of it from an instant on, and taken intervals near slots or
    anywhere, and a present moment."""
    hours, day = draw(cases())
    found = [each.start for each in grid(hours, first=day - 2 * DAY, last=day + 3 * DAY)]
    opens = day_interval(day - 2 * DAY, day + 3 * DAY, hours.time_zone).start
    nudge, other = draw(NUDGES), draw(NUDGES)

    def moment(number: int) -> datetime:
        return found[number % len(found)] if found and number % 3 else opens + number * MINUTE

    def interval(number: int, minutes: int) -> Interval:
        start = moment(number) + nudge
        return Interval(start=start, end=start + minutes * MINUTE + abs(other))

    now = moment(draw(st.integers(0, 5 * 1440))) + other
    now -= draw(st.sampled_from([0, hours.minimum_notice_minutes])) * MINUTE
    taken = [
        Taken(interval=interval(number, minutes), held=held, expires_at=now + expiry * MINUTE + nudge if held else None)
        for held, number, minutes, expiry in draw(BUSY)
    ]
    time_off = [
        TimeOff(
            id=TimeOffId(UUID(int=n)),
            interval=interval(number, minutes),
            counts_from=None if number % 3 else now + (minutes % 61 - 30) * MINUTE,
        )
        for n, (number, minutes) in enumerate(draw(AWAY))
    ]
    return hours, day, {"time_off": time_off, "taken": taken}, now


CASES, SCENES = cases(), scenes()
