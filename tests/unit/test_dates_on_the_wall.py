"""Dates as clocks on a wall show them: where each begins and ends, and which one an instant lies on."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from scheduling_core.instants import (
    Interval,
    day_clock,
    day_interval,
    local_date,
    local_ordinal,
    next_date_change,
    seconds_of,
)
from support.wall import MICROSECOND, NINE, between, utc


def test_the_local_date_is_what_the_calendar_on_the_wall_shows():
    assert local_date(utc("2027-06-01T18:14:59.999999"), "Asia/Kathmandu") == date(2027, 6, 1)
    assert local_date(utc("2027-06-01T18:15"), "Asia/Kathmandu") == date(2027, 6, 2)
    assert local_date(utc("2027-06-01T06:59"), "America/Los_Angeles") == date(2027, 5, 31)


@pytest.mark.parametrize(
    ("zone", "day", "length"),
    [
        ("Europe/Berlin", date(2027, 3, 28), 23),
        ("Europe/Berlin", date(2027, 10, 31), 25),
        ("Europe/Berlin", date(2027, 6, 1), 24),
        ("America/Havana", date(2028, 3, 12), 23),
        ("America/Havana", date(2027, 11, 7), 25),
        ("Asia/Beirut", date(2027, 3, 28), 23),
        ("Asia/Beirut", date(2027, 10, 30), 25),
        ("Africa/Cairo", date(2027, 4, 30), 23),
        ("Africa/Cairo", date(2027, 10, 28), 25),
        ("America/Santiago", date(2027, 9, 5), 23),
        ("America/Santiago", date(2027, 4, 3), 25),
        ("America/Asuncion", date(2023, 10, 1), 23),
        ("America/Asuncion", date(2023, 3, 25), 25),
    ],
)
def test_a_date_is_as_long_as_its_clock_makes_it_and_touches_its_neighbours(zone: str, day: date, length: int):
    eve, itself, morrow = (day_interval(day + timedelta(days=n), day + timedelta(days=n + 1), zone) for n in (-1, 0, 1))
    assert itself.end - itself.start == timedelta(hours=length)
    assert (eve.end, itself.end) == (itself.start, morrow.start)
    assert day_interval(day - timedelta(days=1), day + timedelta(days=2), zone) == Interval(
        start=eve.start, end=morrow.end
    )


def test_a_date_that_comes_back_for_a_minute_is_held_whole():
    # St. John's put its clocks back at 00:01, to 23:01 of the day before.
    day = date(2010, 11, 6)
    interval = day_interval(day, day + timedelta(days=1), "America/St_Johns")
    assert interval == between("2010-11-06T02:30", "2010-11-07T03:30")
    assert local_date(interval.end - MICROSECOND, "America/St_Johns") == day
    assert day_interval(day + timedelta(days=1), date(2010, 11, 8), "America/St_Johns").start == utc("2010-11-07T02:30")


@pytest.mark.parametrize("last", [date(2027, 6, 1), date(2027, 5, 31)])
def test_no_dates_are_no_interval(last: date):
    with pytest.raises(ValueError, match="no dates"):
        day_interval(date(2027, 6, 1), last, "UTC")


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Pacific/Kiritimati", "Asia/Tokyo", "UTC"])
def test_the_ends_of_the_calendar_are_dates_like_any_other(zone: str):
    assert day_interval(date.min, date(1, 1, 2), zone).start.year == 1
    assert day_interval(date(9999, 12, 30), date.max, zone).end.year == 9999
    assert day_interval(date.min, date.max, zone).contains(NINE)


def test_every_date_of_two_years_starts_where_the_one_before_ends_in_every_zone():
    for zone in sorted(available_timezones()):
        for year in (2027, 2028):
            whole = day_interval(date(year, 1, 1), date(year + 1, 1, 1), zone)
            assert local_date(whole.start, zone) == date(year, 1, 1)
            assert local_date(whole.start - MICROSECOND, zone) == date(year - 1, 12, 31)
            assert local_date(whole.end, zone) == date(year + 1, 1, 1)


def test_no_zone_changes_its_clock_twice_within_six_days():
    noons = [datetime(2026, 1, 1, 12) + timedelta(days=n) for n in range(4 * 365)]
    for zone in map(ZoneInfo, sorted(available_timezones())):
        offsets = [zone.utcoffset(noon) for noon in noons]
        changes = [n for n, (offset, following) in enumerate(pairwise(offsets)) if offset != following]
        assert all(later - earlier >= 6 for earlier, later in pairwise(changes)), zone


def test_a_clock_is_steady_where_no_change_is_within_a_day():
    change = date(2027, 3, 28).toordinal()
    assert [day_clock(change + days, "Europe/Berlin").steady for days in (-3, 2, 3)] == [True] * 3
    assert [day_clock(change + days, "Europe/Berlin").steady for days in (-1, 0, 1)] == [False] * 3


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Berlin", date(2027, 3, 28)),
        ("Europe/Berlin", date(2027, 10, 31)),
        ("America/Havana", date(2027, 11, 7)),
        ("America/St_Johns", date(2010, 11, 7)),
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Pacific/Kwajalein", date(1993, 8, 21)),
        ("Asia/Kolkata", date(2027, 6, 1)),
    ],
)
def test_a_clock_knows_the_date_of_every_instant_around_its_own(zone: str, day: date):
    for ordinal in range(day.toordinal() - 2, day.toordinal() + 3):
        whole = day_interval(date.fromordinal(ordinal), date.fromordinal(ordinal + 1), zone)
        first, last = (seconds_of(each) for each in (whole.start, whole.end))
        instants = range(first - 86_400, last + 86_400, 601)
        clock = day_clock(ordinal, zone)
        shown = [datetime.fromtimestamp(each, ZoneInfo(zone)).date().toordinal() for each in instants]
        assert (
            [clock.ordinal_at(each) for each in instants] == [local_ordinal(each, zone) for each in instants] == shown
        )


@pytest.mark.parametrize(
    ("zone", "now", "change"),
    [
        ("Europe/Berlin", "2027-06-01T12:00", "2027-06-01T22:00"),
        ("Europe/Berlin", "2027-06-01T21:59:59.999999", "2027-06-01T22:00"),
        ("Europe/Berlin", "2027-06-01T22:00", "2027-06-02T22:00"),
        ("Europe/Berlin", "2027-03-28T00:30", "2027-03-28T22:00"),
        ("Europe/Berlin", "2027-10-31T00:30", "2027-10-31T23:00"),
        ("Europe/Berlin", "2027-10-31T12:00", "2027-10-31T23:00"),
        ("America/Havana", "2027-11-07T03:00", "2027-11-07T04:00"),
        ("America/Havana", "2027-11-07T04:30", "2027-11-08T05:00"),
        ("America/Havana", "2028-03-12T04:30", "2028-03-12T05:00"),
        ("Asia/Beirut", "2027-10-30T20:30", "2027-10-30T22:00"),
        ("Asia/Beirut", "2027-10-30T21:30", "2027-10-30T22:00"),
        ("Pacific/Apia", "2011-12-30T00:00", "2011-12-30T10:00"),
        ("America/St_Johns", "2010-11-07T02:29", "2010-11-07T02:30"),
        ("America/St_Johns", "2010-11-07T02:30:30", "2010-11-07T02:31"),
        ("America/St_Johns", "2010-11-07T02:45", "2010-11-07T03:30"),
    ],
)
def test_the_date_changes_next_when_the_calendar_on_the_wall_does(zone: str, now: str, change: str):
    assert next_date_change(utc(now), zone) == utc(change)
