"""Intervals, zones, and spans of wall-clock time laid on the line of instants."""

import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from scheduling_core.errors import InvalidHours
from scheduling_core.instants import (
    EPOCH,
    Interval,
    check_zone,
    day_interval,
    local_date,
    seconds_from,
    seconds_of,
    span_to_interval,
)
from support.wall import MICROSECOND, NINE, between


def span(day: date, start: str, end: str, zone: str) -> Interval | None:
    start_minute, end_minute = (int(text[:2]) * 60 + int(text[3:]) for text in (start, end))
    return span_to_interval(day, start_minute=start_minute, end_minute=end_minute, zone=zone)


def test_an_interval_holds_its_start_and_not_its_end():
    interval = Interval(start=NINE, end=NINE + timedelta(hours=1))
    assert interval.contains(NINE)
    assert interval.contains(NINE + timedelta(hours=1) - MICROSECOND)
    assert not interval.contains(NINE - MICROSECOND)
    assert not interval.contains(NINE + timedelta(hours=1))


def test_intervals_that_touch_do_not_overlap_and_those_that_share_a_microsecond_do():
    hour = timedelta(hours=1)
    middle = Interval(start=NINE, end=NINE + hour)
    assert not middle.overlaps(Interval(start=NINE + hour, end=NINE + 2 * hour))
    assert not middle.overlaps(Interval(start=NINE - hour, end=NINE))
    assert middle.overlaps(Interval(start=NINE + hour - MICROSECOND, end=NINE + 2 * hour))
    assert middle.overlaps(Interval(start=NINE - hour, end=NINE + MICROSECOND))
    assert middle.overlaps(Interval(start=NINE - hour, end=NINE + 2 * hour))
    assert Interval(start=NINE - hour, end=NINE + 2 * hour).overlaps(middle)


@pytest.mark.parametrize("end", [NINE, NINE - MICROSECOND])
def test_an_interval_ends_after_it_starts(end: datetime):
    with pytest.raises(ValueError, match="ends after it starts"):
        Interval(start=NINE, end=end)


@pytest.mark.parametrize(
    "other",
    [None, timezone(timedelta(hours=2)), ZoneInfo("Europe/London"), ZoneInfo("UTC")],
    ids=["naive", "an offset", "a zone that agrees with UTC that day", "the zone called UTC"],
)
def test_an_interval_is_made_of_utc_instants(other: timezone | ZoneInfo | None):
    january = datetime(2027, 1, 4, 9, tzinfo=UTC)
    later = january + timedelta(hours=1)
    with pytest.raises(ValueError, match="UTC"):
        Interval(start=january.replace(tzinfo=other), end=later)
    with pytest.raises(ValueError, match="UTC"):
        Interval(start=january, end=later.replace(tzinfo=other))


def test_an_interval_survives_pickling_and_copying():
    interval = Interval(start=NINE, end=NINE + MICROSECOND)
    assert pickle.loads(pickle.dumps(interval)) == interval  # noqa: S301 - its own bytes
    assert copy.deepcopy(interval) == interval


def test_a_zone_of_the_database_is_accepted_as_it_is():
    assert check_zone("Asia/Kathmandu") == "Asia/Kathmandu"


@pytest.mark.parametrize(
    "name",
    ["", "Europe", "europe/berlin", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "CEST", "Europe/Berlin "],
)
def test_a_zone_that_the_database_does_not_list_is_refused(name: str):
    with pytest.raises(InvalidHours) as refusal:
        check_zone(name)
    assert refusal.value.field == "time_zone"
    with pytest.raises(InvalidHours):
        local_date(NINE, name)


def test_seconds_are_rounded_down_and_up_also_before_the_epoch():
    assert (seconds_of(EPOCH + 5 * MICROSECOND), seconds_from(EPOCH + 5 * MICROSECOND)) == (0, 1)
    assert (seconds_of(EPOCH - 5 * MICROSECOND), seconds_from(EPOCH - 5 * MICROSECOND)) == (-1, 0)
    assert seconds_of(EPOCH) == seconds_from(EPOCH) == 0
    latest = datetime.max.replace(tzinfo=UTC)
    assert seconds_from(latest) == seconds_of(latest) + 1


def test_a_span_on_an_ordinary_day_is_its_wall_time_less_the_offset():
    assert span(date(2027, 6, 1), "09:00", "12:30", "Europe/Berlin") == between("2027-06-01T07:00", "2027-06-01T10:30")
    assert span(date(2027, 6, 1), "09:00", "12:30", "Asia/Kathmandu") == between("2027-06-01T03:15", "2027-06-01T06:45")


def test_twenty_four_o_clock_is_midnight_of_the_next_date():
    assert span(date(2027, 6, 1), "22:00", "24:00", "Europe/Berlin") == between("2027-06-01T20:00", "2027-06-01T22:00")


@pytest.mark.parametrize(("start", "end"), [(-1, 60), (60, 60), (61, 60), (0, 1441)])
def test_minutes_that_are_no_span_of_a_day_are_refused(start: int, end: int):
    with pytest.raises(ValueError, match="not a span"):
        span_to_interval(date(2027, 6, 1), start_minute=start, end_minute=end, zone="UTC")


def test_a_time_that_the_clock_skips_is_the_instant_at_which_it_skips():
    spring, change = date(2027, 3, 28), "2027-03-28T01:00"
    assert span(spring, "02:15", "04:00", "Europe/Berlin") == between(change, "2027-03-28T02:00")
    assert span(spring, "01:00", "02:45", "Europe/Berlin") == between("2027-03-28T00:00", change)
    assert span(spring, "02:00", "03:00", "Europe/Berlin") is None
    assert span(spring, "02:15", "02:45", "Europe/Berlin") is None


def test_a_time_that_the_clock_shows_twice_is_its_first_reading_for_a_start_and_its_last_for_an_end():
    autumn = date(2027, 10, 31)
    assert span(autumn, "02:15", "04:00", "Europe/Berlin") == between("2027-10-31T00:15", "2027-10-31T03:00")
    assert span(autumn, "01:00", "02:15", "Europe/Berlin") == between("2027-10-30T23:00", "2027-10-31T01:15")
    assert span(autumn, "02:00", "03:00", "Europe/Berlin") == between("2027-10-31T00:00", "2027-10-31T02:00")
    assert span(autumn, "01:00", "02:00", "Europe/Berlin") == between("2027-10-30T23:00", "2027-10-31T01:00")
    assert span(autumn, "03:00", "04:00", "Europe/Berlin") == between("2027-10-31T02:00", "2027-10-31T03:00")


def test_a_midnight_shown_twice_ends_its_day_with_the_last_and_starts_the_next_with_the_first():
    assert span(date(2027, 11, 6), "22:00", "24:00", "America/Havana") == between(
        "2027-11-07T02:00", "2027-11-07T05:00"
    )
    assert span(date(2027, 11, 7), "00:00", "02:00", "America/Havana") == between(
        "2027-11-07T04:00", "2027-11-07T07:00"
    )


def test_a_midnight_that_is_skipped_is_the_instant_at_which_it_is_skipped():
    assert span(date(2028, 3, 11), "22:00", "24:00", "America/Havana") == between(
        "2028-03-12T03:00", "2028-03-12T05:00"
    )
    assert span(date(2028, 3, 12), "00:00", "02:00", "America/Havana") == between(
        "2028-03-12T05:00", "2028-03-12T06:00"
    )


def test_a_half_hour_change_is_half_an_hour():
    assert span(date(2027, 4, 4), "00:00", "03:00", "Australia/Lord_Howe") == between(
        "2027-04-03T13:00", "2027-04-03T16:30"
    )
    assert span(date(2027, 10, 3), "00:00", "03:00", "Australia/Lord_Howe") == between(
        "2027-10-02T13:30", "2027-10-02T16:00"
    )


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21))]
)
def test_a_date_that_a_zone_skips_has_no_instants(zone: str, day: date):
    assert span(day, "00:00", "24:00", zone) is None
    skipped, eve, morrow = (
        day_interval(day + timedelta(days=n), day + timedelta(days=n + 1), zone) for n in (0, -1, 1)
    )
    assert eve.end == morrow.start == skipped.start
    assert skipped.end - skipped.start == MICROSECOND
    assert local_date(morrow.start - MICROSECOND, zone) == day - timedelta(days=1)
    assert local_date(morrow.start, zone) == day + timedelta(days=1)


def test_a_date_that_a_zone_repeats_lasts_two_days():
    assert span(date(1969, 9, 30), "00:00", "24:00", "Pacific/Kwajalein") == between(
        "1969-09-29T13:00", "1969-10-01T12:00"
    )


def test_offsets_with_seconds_are_kept_to_the_second():
    assert span(date(1970, 6, 1), "09:00", "10:00", "Africa/Monrovia") == between(
        "1970-06-01T09:44:30", "1970-06-01T10:44:30"
    )
    # The clock left 00:44:30 behind UTC on 7 January 1972, at midnight.
    assert span(date(1972, 1, 7), "00:00", "01:00", "Africa/Monrovia") == between(
        "1972-01-07T00:44:30", "1972-01-07T01:00"
    )
