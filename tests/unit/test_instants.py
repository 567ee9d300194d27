import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from scheduling_core.errors import InvalidHours
from scheduling_core.instants import (
    EPOCH,
    Interval,
    check_zone,
    day_clock,
    day_interval,
    local_date,
    local_ordinal,
    next_date_change,
    seconds_from,
    seconds_of,
    span_to_interval,
)

NINE = datetime(2027, 3, 29, 9, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def between(start: str, end: str) -> Interval:
    return Interval(start=utc(start), end=utc(end))


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
