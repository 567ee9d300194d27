"""The grid of a doctor's hours, day by day, before anything is taken off it."""

from dataclasses import replace
from datetime import timedelta

from scheduling_core.grid import grid, grid_seconds
from scheduling_core.hours import Hours, Span
from support.daily import DAILY, JUNE_MONDAY, JUNE_TUESDAY


def starts(hours: Hours) -> list[str]:
    return [f"{interval.start:%H:%M}" for interval in grid(hours, first=JUNE_MONDAY, last=JUNE_TUESDAY)]


def test_slots_step_through_each_span_from_its_start():
    assert starts(DAILY) == ["09:00", "09:30", "10:00", "10:30", "14:00", "14:30"]
    assert {each.end - each.start for each in grid(DAILY, first=JUNE_MONDAY, last=JUNE_TUESDAY)} == {
        timedelta(minutes=30)
    }


def test_a_slot_ends_within_its_span():
    assert starts(replace(DAILY, slot_minutes=50)) == ["09:00", "09:50", "14:00"]
    assert starts(replace(DAILY, slot_minutes=60)) == ["09:00", "10:00", "14:00"]
    assert starts(replace(DAILY, slot_minutes=61)) == ["09:00"]


def test_the_gap_widens_the_step_and_may_hang_over_the_end_of_a_span():
    assert starts(replace(DAILY, gap_minutes=15)) == ["09:00", "09:45", "10:30", "14:00"]
    assert starts(replace(DAILY, slot_minutes=60, gap_minutes=30)) == ["09:00", "14:00"]
    assert starts(replace(DAILY, slot_minutes=45, gap_minutes=240)) == ["09:00", "14:00"]


def test_adjoining_spans_each_step_from_their_own_start():
    adjoining = replace(DAILY, weekly=((Span(540, 585), Span(585, 660)),) * 7)
    assert starts(adjoining) == ["09:00", "09:45", "10:15"]


def test_a_grid_runs_over_dates_up_to_the_last_and_without_it():
    assert len(grid(DAILY, first=JUNE_MONDAY, last=JUNE_MONDAY + timedelta(days=7))) == 7 * 6
    assert grid(DAILY, first=JUNE_MONDAY, last=JUNE_MONDAY) == grid(DAILY, first=JUNE_TUESDAY, last=JUNE_MONDAY) == []


def test_an_override_replaces_a_day_of_the_grid():
    assert starts(replace(DAILY, overrides={JUNE_MONDAY: (Span(0, 30), Span(1410, 1440))})) == ["00:00", "23:30"]
    assert starts(replace(DAILY, overrides={JUNE_MONDAY: ()})) == []
    assert len(starts(replace(DAILY, overrides={JUNE_TUESDAY: ()}))) == 6


def test_the_grid_in_seconds_is_the_grid():
    window = {"first": JUNE_MONDAY, "last": JUNE_MONDAY + timedelta(days=7)}
    assert grid_seconds(DAILY, **window) == [each.start.timestamp() for each in grid(DAILY, **window)]
