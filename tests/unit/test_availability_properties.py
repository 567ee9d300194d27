"""Slots of every zone, against a reference that reads the clock every few minutes."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import pairwise, product
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from scheduling_core.availability import SlotStatus, next_free, offered, slots, valid_until
from scheduling_core.errors import SlotNotOffered
from scheduling_core.grid import grid
from scheduling_core.hours import Hours, Span
from scheduling_core.instants import Interval, day_interval, local_date
from support.reference_grid import DAY, MINUTE, Readings, changes, distinct_changes, reference_grid
from support.scenes import CASES, SCENES
from support.wall import MICROSECOND


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
