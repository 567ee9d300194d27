"""Slots of every zone, against a reference that reads the clock every few minutes."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise, product
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from scheduling_core.availability import SlotStatus, Taken, next_free, offered, slots, valid_until
from scheduling_core.errors import SlotNotOffered
from scheduling_core.grid import grid
from scheduling_core.hours import Hours, Span, TimeOff
from scheduling_core.ids import TimeOffId
from scheduling_core.instants import Interval, day_interval, local_date

ZONES = sorted(available_timezones())
FIRST, LAST = date(2027, 1, 1), date(2029, 1, 1)
MINUTE, DAY, MICROSECOND = timedelta(minutes=1), timedelta(days=1), timedelta(microseconds=1)
APART = 5 * MINUTE

# The reference


class Readings:
    """What a zone's clock shows, five minutes apart, from two days before some dates until two days after them.

    Five minutes divide every change and offset of these years, every midnight among them, and the hours tried here.
    """

    def __init__(self, first: date, last: date, zone: str) -> None:
        clock, days = ZoneInfo(zone), (last - first).days + 4
        self.start = datetime(first.year, first.month, first.day, tzinfo=UTC) - 2 * DAY
        instants = (self.start + n * APART for n in range(days * DAY // APART))
        self.walls = [instant.astimezone(clock).replace(tzinfo=None) for instant in instants]
        self.shown: dict[datetime, list[int]] = {}
        for n, wall in enumerate(self.walls):
            self.shown.setdefault(wall, []).append(n)

    def readings_of(self, wall: datetime) -> list[datetime]:
        """Every instant at which the clock shows it, or the instant at which it leaps over it."""
        leaps = (n + 1 for n, (one, other) in enumerate(pairwise(self.walls)) if one < wall < other)
        return [self.start + n * APART for n in self.shown.get(wall) or [next(leaps)]]

    def date_at(self, instant: datetime) -> date:
        return self.walls[(instant - self.start) // APART].date()


def reference_grid(hours: Hours, first: date, last: date, readings: Readings) -> list[Interval]:
    """The rule as it is written: spans from first to last reading, none before its predecessor's end, then steps."""
    found, ended = [], readings.start
    length, step = hours.slot_minutes * MINUTE, (hours.slot_minutes + hours.gap_minutes) * MINUTE
    for day in (first + n * DAY for n in range(-1, (last - first).days + 1)):
        midnight = datetime(day.year, day.month, day.day)
        for span in hours.spans_on(day):
            opens = readings.readings_of(midnight + span.start_minute * MINUTE)[0]
            closes = readings.readings_of(midnight + span.end_minute * MINUTE)[-1]
            start = max(opens, ended)
            while start + length <= closes:
                if first <= readings.date_at(start) < last:
                    found.append(Interval(start=start, end=start + length))
                start += step
            ended = max(ended, closes)
    return found


@cache
def changes(zone: str) -> tuple[tuple[datetime, timedelta], ...]:
    """When and by how much the zone's clock changes within the two years."""
    clock, found = ZoneInfo(zone), []

    def offset(instant: datetime) -> timedelta:
        return instant.astimezone(clock).replace(tzinfo=UTC) - instant

    noons = [datetime(FIRST.year, 1, 1, 12) + n * DAY for n in range((LAST - FIRST).days)]
    for early, late in pairwise(zip(noons, map(clock.utcoffset, noons), strict=True)):
        if early[1] != late[1]:
            low, high = (noon.replace(tzinfo=clock).astimezone(UTC) for noon, _ in (early, late))
            before, after = offset(low), offset(high)
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                low, high = (middle, high) if offset(middle) == before else (low, middle)
            found.append((high, after - before))
    return tuple(found)


def distinct_changes() -> Iterator[tuple[str, date]]:
    """One zone and date for each way in which any zone's clock changes: at which wall time, by how much, from where."""
    seen = set()
    for zone in ZONES:
        for instant, shift in changes(zone):
            wall = instant.astimezone(ZoneInfo(zone))
            way = (instant, shift, wall.utcoffset())
            if way not in seen:
                seen.add(way)
                yield zone, wall.date()


# What to try

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


# What holds


def test_every_change_of_every_zone_gives_the_slots_of_the_reference():
    weeks = [
        (Span(0, 1440),),
        (Span(0, 60), Span(60, 150), Span(150, 1380), Span(1380, 1440)),
        (Span(0, 120), Span(1320, 1440)),
        (Span(10, 95), Span(125, 175), Span(200, 240), Span(1330, 1415)),
    ]
    tried = list(distinct_changes())
    assert len(tried) > 60
    for zone, day in tried:
        first, last = day - DAY, day + 2 * DAY
        readings = Readings(first, last, zone)
        for (slot, gap), week in product([(30, 0), (20, 7)], weeks):
            hours = Hours(
                time_zone=zone,
                slot_minutes=slot,
                gap_minutes=gap,
                minimum_notice_minutes=0,
                horizon_days=1,
                weekly=(week,) * 7,
                overrides={},
            )
            assert grid(hours, first=first, last=last) == reference_grid(hours, first, last, readings), (hours, day)


@given(case=CASES)
def test_the_grid_is_the_reference(case: tuple[Hours, date]):
    hours, day = case
    first, last = day - DAY, day + 2 * DAY
    assert grid(hours, first=first, last=last) == reference_grid(
        hours, first, last, Readings(first, last, hours.time_zone)
    )


@given(case=CASES)
def test_slots_never_overlap_and_keep_their_length(case: tuple[Hours, date]):
    hours, day = case
    found = grid(hours, first=day - 3 * DAY, last=day + 4 * DAY)
    assert all(earlier.end <= later.start for earlier, later in pairwise(found))
    assert all(each.end - each.start == hours.slot_minutes * MINUTE for each in found)


@given(case=CASES)
def test_the_gap_is_kept_between_the_slots_of_one_span(case: tuple[Hours, date]):
    hours, day = case
    whole_days = Hours(
        time_zone=hours.time_zone,
        slot_minutes=hours.slot_minutes,
        gap_minutes=hours.gap_minutes,
        minimum_notice_minutes=0,
        horizon_days=1,
        weekly=((),) * 7,
        overrides={day: (Span(0, 1440),)},
    )
    found = grid(whole_days, first=day - 2 * DAY, last=day + 3 * DAY)
    step = (hours.slot_minutes + hours.gap_minutes) * MINUTE
    assert all(later.start - earlier.start == step for earlier, later in pairwise(found))
    assert found[0].start == day_interval(day, day + DAY, hours.time_zone).start


@given(case=CASES, cut=st.integers(-3, 4))
def test_dates_asked_for_apart_give_what_they_give_together(case: tuple[Hours, date], cut: int):
    hours, day = case
    first, middle, last = day - 3 * DAY, day + cut * DAY, day + 4 * DAY
    parts = grid(hours, first=first, last=middle) + grid(hours, first=middle, last=last)
    assert parts == grid(hours, first=first, last=last)


@given(case=CASES)
def test_a_slot_belongs_to_the_date_on_which_it_starts(case: tuple[Hours, date]):
    hours, day = case
    zone = ZoneInfo(hours.time_zone)
    whole = day_interval(day, day + DAY, hours.time_zone)
    for each in grid(hours, first=day, last=day + DAY):
        assert each.start.astimezone(zone).date() == local_date(each.start, hours.time_zone) == day
        assert whole.contains(each.start)


@given(scene=SCENES)
def test_slots_are_the_grid_less_what_rules_and_others_take(scene: tuple[Hours, date, dict[str, Any], datetime]):
    hours, day, busy, now = scene
    first, last = day - 2 * DAY, day + 3 * DAY
    horizon = now.astimezone(ZoneInfo(hours.time_zone)).date() + hours.horizon_days * DAY
    live = [each for each in busy["taken"] if not (each.held and each.expires_at <= now)]
    expected = []
    for each in grid(hours, first=first, last=last):
        if each.start < now + hours.minimum_notice_minutes * MINUTE:
            continue
        if each.start.astimezone(ZoneInfo(hours.time_zone)).date() > horizon:
            continue
        away = [off.interval for off in busy["time_off"] if off.counts_from is None or off.counts_from <= now]
        if any(each.start < off.end and off.start < each.end for off in away):
            continue
        room = Interval(start=each.start, end=each.end + hours.gap_minutes * MINUTE)
        met = {other.held for other in live if room.start < other.interval.end and other.interval.start < room.end}
        status = SlotStatus.BOOKED if False in met else SlotStatus.HELD if met else SlotStatus.FREE
        expected.append((each, status))
    found = slots(hours, **busy, first=first, last=last, now=now)
    assert [(each.interval, each.status) for each in found] == expected


@given(scene=SCENES, nudge=st.sampled_from([MICROSECOND, MINUTE, timedelta(seconds=1)]))
def test_a_start_is_offered_exactly_when_it_is_listed(
    scene: tuple[Hours, date, dict[str, Any], datetime], nudge: timedelta
):
    hours, day, busy, now = scene
    first, last = day - 2 * DAY, day + 3 * DAY
    time_off = busy["time_off"]
    listed = {each.interval for each in slots(hours, time_off=time_off, taken=(), first=first, last=last, now=now)}
    on_grid = [each.start for each in grid(hours, first=first, last=last)]
    tried = {start + k * nudge for start in on_grid for k in (-1, 0, 1)}
    accepted = set()
    for start in tried:
        with suppress(SlotNotOffered):
            accepted.add(offered(hours, time_off=time_off, starts_at=start, now=now))
    assert accepted == listed


@given(scene=SCENES)
def test_the_next_free_slot_is_the_first_free_one_listed(scene: tuple[Hours, date, dict[str, Any], datetime]):
    hours, _, busy, now = scene
    today = local_date(now, hours.time_zone)
    listed = slots(hours, **busy, first=today - DAY, last=today + (hours.horizon_days + 2) * DAY, now=now)
    free = [each.interval.start for each in listed if each.status is SlotStatus.FREE]
    assert next_free(hours, **busy, now=now) == (free[0] if free else None)


@given(scene=SCENES, fraction=st.floats(0, 1))
def test_an_answer_stays_the_same_for_as_long_as_it_is_said_to_hold(
    scene: tuple[Hours, date, dict[str, Any], datetime], fraction: float
):
    hours, day, busy, now = scene
    window: dict[str, Any] = {"first": day - 2 * DAY, "last": day + 3 * DAY}
    until = valid_until(hours, **busy, now=now, **window)
    answer = slots(hours, **busy, now=now, **window)
    for then in (now + (until - MICROSECOND - now) * fraction, until - MICROSECOND):
        assert slots(hours, **busy, now=then, **window) == answer


@given(scene=SCENES)
def test_an_answer_is_not_said_to_end_without_a_reason(scene: tuple[Hours, date, dict[str, Any], datetime]):
    hours, day, busy, now = scene
    window: dict[str, Any] = {"first": day - 2 * DAY, "last": day + 3 * DAY}
    until = valid_until(hours, **busy, now=now, **window)
    assert until > now
    before, after = (slots(hours, time_off=(), taken=(), now=then, **window) for then in (until - MICROSECOND, until))
    a_slot_passed = before != after
    a_hold_ended = any(each.expires_at == until for each in busy["taken"])
    zone = ZoneInfo(hours.time_zone)
    a_date_ended = until.astimezone(zone).date() != (until - MICROSECOND).astimezone(zone).date()
    time_off_began = any(each.counts_from == until for each in busy["time_off"])
    assert a_slot_passed or a_hold_ended or a_date_ended or time_off_began


@given(case=CASES)
def test_on_days_without_a_change_slots_lie_in_open_minutes_and_no_whole_slot_is_left_out(case: tuple[Hours, date]):
    hours, day = case
    if any(abs(instant.date() - day) <= 3 * DAY for instant, _ in changes(hours.time_zone)):
        return
    zone = ZoneInfo(hours.time_zone)
    for span in hours.spans_on(day):
        of_span = []
        for each in grid(hours, first=day, last=day + DAY):
            start = each.start.astimezone(zone)
            minute = start.hour * 60 + start.minute
            if span.start_minute <= minute < span.end_minute:
                assert minute + hours.slot_minutes <= span.end_minute
                of_span.append(minute)
        step, length = hours.slot_minutes + hours.gap_minutes, span.end_minute - span.start_minute
        assert len(of_span) == max(0, (length - hours.slot_minutes) // step + 1)
