"""Slots of every zone, against a reference that reads the clock minute by minute."""

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

from scheduling_core.availability import (
    Hours,
    SlotStatus,
    Span,
    Taken,
    TimeOff,
    grid,
    next_free,
    offered,
    slots,
    valid_until,
)
from scheduling_core.errors import SlotNotOffered
from scheduling_core.ids import TimeOffId
from scheduling_core.instants import Interval, day_interval, local_date

ZONES = sorted(available_timezones())
FIRST, LAST = date(2027, 1, 1), date(2029, 1, 1)
MINUTE, DAY, MICROSECOND = timedelta(minutes=1), timedelta(days=1), timedelta(microseconds=1)

# The reference


class Readings:
    """What a zone's clock shows at each minute from two days before some dates until two days after, as naive walls."""

    def __init__(self, first: date, last: date, zone: str) -> None:
        clock, days = ZoneInfo(zone), (last - first).days + 4
        self.start = datetime(first.year, first.month, first.day, tzinfo=UTC) - 2 * DAY
        instants = (self.start + n * MINUTE for n in range(days * 1440))
        self.walls = [instant.astimezone(clock).replace(tzinfo=None) for instant in instants]
        self.shown: dict[datetime, list[int]] = {}
        for minute, wall in enumerate(self.walls):
            self.shown.setdefault(wall, []).append(minute)

    def minutes_of(self, wall: datetime) -> list[int]:
        """Every minute at which the clock shows it, or the minute at which it leaps over it."""
        leaps = (n + 1 for n, (one, other) in enumerate(pairwise(self.walls)) if one < wall < other)
        return self.shown.get(wall) or [next(leaps)]

    def instant(self, minute: int) -> datetime:
        return self.start + minute * MINUTE


def reference_grid(hours: Hours, first: date, last: date, readings: Readings) -> list[Interval]:
    """The rule as it is written: spans from first to last reading, none before its predecessor's end, then steps."""
    found, ended = [], 0
    for day in (first + n * DAY for n in range(-1, (last - first).days + 1)):
        midnight = datetime(day.year, day.month, day.day)
        for span in hours.spans_on(day):
            opens = readings.minutes_of(midnight + span.start_minute * MINUTE)[0]
            closes = readings.minutes_of(midnight + span.end_minute * MINUTE)[-1]
            start = max(opens, ended)
            while start + hours.slot_minutes <= closes:
                if first <= readings.walls[start].date() < last:
                    end = readings.instant(start + hours.slot_minutes)
                    found.append(Interval(start=readings.instant(start), end=end))
                start += hours.slot_minutes + hours.gap_minutes
            ended = max(ended, closes)
    return found


@cache
def changes(zone: str) -> tuple[tuple[datetime, timedelta], ...]:
    """When and by how much the zone's clock changes within the two years."""
    clock, found = ZoneInfo(zone), []

    def offset(instant: datetime) -> timedelta:
        return instant.astimezone(clock).replace(tzinfo=UTC) - instant

    days = [datetime(FIRST.year, 1, 1, tzinfo=UTC) + n * DAY for n in range((LAST - FIRST).days)]
    for early, late in pairwise(days):
        if offset(early) != offset(late):
            low, high = early, late
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                low, high = (middle, high) if offset(middle) == offset(early) else (low, middle)
            found.append((high, offset(late) - offset(early)))
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


def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """A day: cut anywhere, any of its pieces open, so that spans adjoin, lie apart, or reach both midnights."""
    minutes = st.one_of(st.integers(0, 288).map(lambda n: n * 5), st.sampled_from([0, 60, 120, 150, 180, 1380, 1440]))
    cuts = sorted(draw(st.sets(minutes, min_size=2, max_size=7)))
    pieces = draw(st.lists(st.booleans(), min_size=len(cuts) - 1, max_size=len(cuts) - 1))
    return tuple(Span(start, end) for (start, end), kept in zip(pairwise(cuts), pieces, strict=True) if kept)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Hours, date]:
    """A doctor somewhere, and a date of the two years, more often than not beside a change of the clocks."""
    zone = draw(st.sampled_from(ZONES))
    day = draw(st.dates(FIRST + 5 * DAY, LAST - 10 * DAY))
    beside = [instant.astimezone(ZoneInfo(zone)).date() for instant, _ in changes(zone)]
    if beside and draw(st.integers(0, 3)):
        day = draw(st.sampled_from(beside)) + draw(st.integers(-1, 1)) * DAY
    kinds = [(), *(spans(draw) for _ in range(3))]
    week = tuple(draw(st.sampled_from(kinds)) for _ in range(7))
    hours = Hours(
        time_zone=zone,
        slot_minutes=draw(st.one_of(st.sampled_from([15, 30, 60]), st.integers(5, 150))),
        gap_minutes=draw(st.one_of(st.just(0), st.integers(0, 60))),
        minimum_notice_minutes=draw(st.sampled_from([0, 1, 60, 1500])),
        horizon_days=draw(st.sampled_from([1, 2, 3, 30])),
        weekly=week,
        overrides={day + n * DAY: draw(st.sampled_from(kinds)) for n in draw(st.sets(st.integers(-2, 3), max_size=2))},
    )
    return hours, day


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Hours, date, dict[str, Any], datetime]:
    """A doctor's days around a date, with time off and taken intervals near slots or anywhere, and a present moment."""
    hours, day = draw(cases())
    found = [each.start for each in grid(hours, first=day - 2 * DAY, last=day + 3 * DAY)]
    window = day_interval(day - 2 * DAY, day + 3 * DAY, hours.time_zone)
    anywhere = st.integers(0, 5 * 1440).map(lambda n: window.start + n * MINUTE)
    moments = st.one_of(st.sampled_from(found), anywhere) if found else anywhere
    nudges = st.sampled_from([timedelta(), timedelta(), MICROSECOND, -MICROSECOND, 7 * MINUTE, -3 * MINUTE])

    def moment() -> datetime:
        return draw(moments) + draw(nudges)

    def interval() -> Interval:
        start = moment()
        return Interval(start=start, end=start + draw(st.integers(1, 200)) * MINUTE + abs(draw(nudges)))

    now = draw(st.one_of(moments, st.just(window.start))) + draw(nudges)
    now -= draw(st.sampled_from([timedelta(), hours.minimum_notice_minutes * MINUTE]))
    taken = []
    for held in draw(st.lists(st.booleans(), max_size=5)):
        expiry = now + draw(st.integers(-2, 20)) * MINUTE + draw(nudges) if held else None
        taken.append(Taken(interval=interval(), held=held, expires_at=expiry))
    time_off = [TimeOff(id=TimeOffId(UUID(int=n)), interval=interval()) for n in range(draw(st.integers(0, 2)))]
    return hours, day, {"time_off": time_off, "taken": taken}, now


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


@given(case=cases())
def test_the_grid_is_the_reference(case: tuple[Hours, date]):
    hours, day = case
    first, last = day - DAY, day + 2 * DAY
    assert grid(hours, first=first, last=last) == reference_grid(
        hours, first, last, Readings(first, last, hours.time_zone)
    )


@given(case=cases())
def test_slots_never_overlap_and_keep_their_length(case: tuple[Hours, date]):
    hours, day = case
    found = grid(hours, first=day - 3 * DAY, last=day + 4 * DAY)
    assert all(earlier.end <= later.start for earlier, later in pairwise(found))
    assert all(each.end - each.start == hours.slot_minutes * MINUTE for each in found)


@given(case=cases())
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


@given(case=cases(), cut=st.integers(-3, 4))
def test_dates_asked_for_apart_give_what_they_give_together(case: tuple[Hours, date], cut: int):
    hours, day = case
    first, middle, last = day - 3 * DAY, day + cut * DAY, day + 4 * DAY
    parts = grid(hours, first=first, last=middle) + grid(hours, first=middle, last=last)
    assert parts == grid(hours, first=first, last=last)


@given(case=cases())
def test_a_slot_belongs_to_the_date_on_which_it_starts(case: tuple[Hours, date]):
    hours, day = case
    zone = ZoneInfo(hours.time_zone)
    whole = day_interval(day, day + DAY, hours.time_zone)
    for each in grid(hours, first=day, last=day + DAY):
        assert each.start.astimezone(zone).date() == local_date(each.start, hours.time_zone) == day
        assert whole.contains(each.start)


@given(scene=scenes())
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
        if any(each.start < off.interval.end and off.interval.start < each.end for off in busy["time_off"]):
            continue
        room = Interval(start=each.start, end=each.end + hours.gap_minutes * MINUTE)
        met = {other.held for other in live if room.start < other.interval.end and other.interval.start < room.end}
        status = SlotStatus.BOOKED if False in met else SlotStatus.HELD if met else SlotStatus.FREE
        expected.append((each, status))
    found = slots(hours, **busy, first=first, last=last, now=now)
    assert [(each.interval, each.status) for each in found] == expected


@given(scene=scenes(), nudge=st.sampled_from([MICROSECOND, MINUTE, timedelta(seconds=1)]))
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


@given(scene=scenes())
def test_the_next_free_slot_is_the_first_free_one_listed(scene: tuple[Hours, date, dict[str, Any], datetime]):
    hours, _, busy, now = scene
    today = local_date(now, hours.time_zone)
    listed = slots(hours, **busy, first=today - DAY, last=today + (hours.horizon_days + 2) * DAY, now=now)
    free = [each.interval.start for each in listed if each.status is SlotStatus.FREE]
    assert next_free(hours, **busy, now=now) == (free[0] if free else None)


@given(scene=scenes(), fraction=st.floats(0, 1))
def test_an_answer_stays_the_same_for_as_long_as_it_is_said_to_hold(
    scene: tuple[Hours, date, dict[str, Any], datetime], fraction: float
):
    hours, day, busy, now = scene
    window: dict[str, Any] = {"first": day - 2 * DAY, "last": day + 3 * DAY}
    until = valid_until(hours, taken=busy["taken"], now=now, **window)
    answer = slots(hours, **busy, now=now, **window)
    for then in (now + (until - MICROSECOND - now) * fraction, until - MICROSECOND):
        assert slots(hours, **busy, now=then, **window) == answer


@given(scene=scenes())
def test_an_answer_is_not_said_to_end_without_a_reason(scene: tuple[Hours, date, dict[str, Any], datetime]):
    hours, day, busy, now = scene
    window: dict[str, Any] = {"first": day - 2 * DAY, "last": day + 3 * DAY}
    until = valid_until(hours, taken=busy["taken"], now=now, **window)
    assert until > now
    before, after = (slots(hours, time_off=(), taken=(), now=then, **window) for then in (until - MICROSECOND, until))
    a_slot_passed = before != after
    a_hold_ended = any(each.expires_at == until for each in busy["taken"])
    zone = ZoneInfo(hours.time_zone)
    a_date_ended = until.astimezone(zone).date() != (until - MICROSECOND).astimezone(zone).date()
    assert a_slot_passed or a_hold_ended or a_date_ended


@given(case=cases())
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
