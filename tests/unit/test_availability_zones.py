"""Slots on the days on which clocks change, one named case at a time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from scheduling_core.availability import next_free, offered, slots
from scheduling_core.errors import SlotNotOffered
from scheduling_core.grid import grid
from scheduling_core.hours import Hours, Span
from scheduling_core.instants import Interval

ALL_DAY = Span(0, 1440)


def hours(zone: str, *spans: Span, slot: int = 30, gap: int = 0) -> Hours:
    """Open on the same spans every day of the week."""
    return Hours(
        time_zone=zone,
        slot_minutes=slot,
        gap_minutes=gap,
        minimum_notice_minutes=0,
        horizon_days=730,
        weekly=(spans,) * 7,
        overrides={},
    )


def on(day: date, published: Hours) -> list[Interval]:
    return grid(published, first=day, last=day + timedelta(days=1))


def walls(intervals: list[Interval], zone: str) -> list[str]:
    """What the doctor's clock shows as each begins."""
    return [f"{interval.start.astimezone(ZoneInfo(zone)):%H:%M}" for interval in intervals]


def seamless(intervals: list[Interval]) -> bool:
    return all(later.start == earlier.end for earlier, later in pairwise(intervals))


BERLIN_CUTS = [
    (Span(0, 360),),
    (Span(0, 150), Span(150, 360)),
    (Span(0, 120), Span(120, 360)),
    (Span(0, 180), Span(180, 360)),
]


@pytest.mark.parametrize("spans", BERLIN_CUTS)
@pytest.mark.parametrize(("day", "count"), [(date(2027, 3, 28), 10), (date(2027, 10, 31), 14), (date(2027, 6, 1), 12)])
def test_berlin_has_fewer_slots_in_spring_and_more_in_autumn_however_its_hours_are_cut(
    spans: tuple[Span, ...], day: date, count: int
):
    found = on(day, hours("Europe/Berlin", *spans))
    assert found == on(day, hours("Europe/Berlin", *BERLIN_CUTS[0]))
    assert len({each.start for each in found}) == len(found) == count
    assert seamless(found)


def test_berlin_skips_two_o_clock_in_spring_and_shows_it_twice_in_autumn():
    berlin = hours("Europe/Berlin", Span(60, 240))
    assert walls(on(date(2027, 3, 28), berlin), "Europe/Berlin") == ["01:00", "01:30", "03:00", "03:30"]
    autumn = ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00", "03:30"]
    assert walls(on(date(2027, 10, 31), berlin), "Europe/Berlin") == autumn


@pytest.mark.parametrize("fold", [0, 1])
def test_a_start_at_a_time_that_the_clock_skips_is_refused(fold: int):
    start = datetime(2027, 3, 28, 2, 15, fold=fold, tzinfo=ZoneInfo("Europe/Berlin"))
    with pytest.raises(SlotNotOffered) as refusal:
        offered(
            hours("Europe/Berlin", Span(0, 360)), time_off=(), starts_at=start, now=datetime(2027, 3, 1, tzinfo=UTC)
        )
    assert refusal.value.reason == "off_grid"


def test_both_readings_of_a_repeated_time_are_slots_of_their_own():
    berlin, now = hours("Europe/Berlin", Span(0, 360)), datetime(2027, 10, 1, tzinfo=UTC)
    half_past = datetime(2027, 10, 31, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    earlier, later = (
        offered(berlin, time_off=(), starts_at=half_past.replace(fold=fold), now=now).start for fold in (0, 1)
    )
    assert later - earlier == timedelta(hours=1)


def test_havana_shows_an_hour_after_midnight_twice_and_offers_no_instant_twice():
    saturday, sunday, monday = date(2027, 11, 6), date(2027, 11, 7), date(2027, 11, 8)
    havana = hours("America/Havana", Span(0, 120), Span(1320, 1440))
    both = grid(havana, first=saturday, last=monday)
    night = [each for each in both if each.start >= datetime(2027, 11, 7, 2, tzinfo=UTC)]
    # 22:00 to midnight, the first hour of Sunday, the same hour again, and its second hour; then Sunday evening.
    assert len(night) == 10 + 4
    assert seamless(night[:10])
    assert len({each.start for each in both}) == len(both)
    assert on(saturday, havana) + on(sunday, havana) == both
    assert walls(on(sunday, havana), "America/Havana")[:6] == ["00:00", "00:30", "00:00", "00:30", "01:00", "01:30"]


def test_havana_open_until_midnight_alone_lends_the_first_hour_of_sunday_its_slots():
    late = hours("America/Havana", Span(1320, 1440))
    assert walls(on(date(2027, 11, 7), late), "America/Havana") == [
        "00:00",
        "00:30",
        "22:00",
        "22:30",
        "23:00",
        "23:30",
    ]
    # The Sunday's slots are offered whatever the Sunday itself says.
    now = datetime(2027, 11, 7, 3, 59, tzinfo=UTC)
    assert next_free(late, time_off=(), taken=(), now=now) == datetime(2027, 11, 7, 4, tzinfo=UTC)


def test_a_span_cut_by_its_predecessor_steps_from_where_that_one_ends():
    # Saturday's 22:00-24:00 ends with the second midnight, 05:00 UTC; the first was 04:00 UTC.
    havana = hours("America/Havana", Span(0, 120), Span(1320, 1440), slot=50)
    sunday = [each.start for each in on(date(2027, 11, 7), havana)]
    assert sunday[:2] == [datetime(2027, 11, 7, 5, tzinfo=UTC), datetime(2027, 11, 7, 5, 50, tzinfo=UTC)]
    assert walls(on(date(2027, 11, 7), havana), "America/Havana")[2:] == ["22:00", "22:50"]


def test_lord_howe_gains_and_loses_half_an_hour():
    lord_howe = hours("Australia/Lord_Howe", Span(0, 180))
    assert [len(on(date(2027, *day), lord_howe)) for day in ((4, 4), (10, 3), (6, 1))] == [7, 5, 6]
    hourly = hours("Australia/Lord_Howe", Span(0, 180), slot=60)
    assert walls(on(date(2027, 4, 4), hourly), "Australia/Lord_Howe") == ["00:00", "01:00", "01:30"]
    assert walls(on(date(2027, 10, 3), hourly), "Australia/Lord_Howe") == ["00:00", "01:00"]


def test_kathmandu_keeps_its_quarter_of_an_hour():
    found = on(date(2027, 6, 1), hours("Asia/Kathmandu", Span(540, 600)))
    assert [each.start for each in found] == [
        datetime(2027, 6, 1, 3, 15, tzinfo=UTC),
        datetime(2027, 6, 1, 3, 45, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21))]
)
@pytest.mark.parametrize("spans", [(ALL_DAY,), (Span(540, 720),), (Span(0, 60), Span(1380, 1440))])
def test_a_date_that_a_zone_skips_has_no_slots_and_its_neighbours_have_all_theirs(
    zone: str, day: date, spans: tuple[Span, ...]
):
    open_daily = hours(zone, *spans)
    full = len(on(date(2027, 6, 1), open_daily))
    counts = [len(on(day + timedelta(days=days), open_daily)) for days in (-2, -1, 0, 1, 2)]
    assert counts == [full, full, 0, full, full]
    whole = grid(open_daily, first=day - timedelta(days=2), last=day + timedelta(days=3))
    assert len({each.start for each in whole}) == len(whole) == 4 * full


def test_a_date_that_a_zone_repeats_gives_every_instant_once():
    kwajalein = hours("Pacific/Kwajalein", ALL_DAY)
    found = grid(kwajalein, first=date(1969, 9, 28), last=date(1969, 10, 3))
    assert seamless(found)
    assert len(on(date(1969, 9, 30), kwajalein)) == 47 * 2


def test_slots_carried_back_over_midnight_belong_to_the_date_that_the_clock_shows():
    # St. John's put its clocks back at 00:01 on Sunday, to 23:01 of the Saturday.
    zone, saturday, sunday = "America/St_Johns", date(2010, 11, 6), date(2010, 11, 7)
    daily = hours(zone, Span(0, 60))
    assert walls(on(saturday, daily), zone) == ["00:00", "00:30", "23:30"]
    assert walls(on(sunday, daily), zone) == ["00:00", "00:00", "00:30"]
    both = grid(daily, first=saturday, last=date(2010, 11, 8))
    assert both == sorted(on(saturday, daily) + on(sunday, daily), key=lambda each: each.start)


def test_a_horizon_that_ends_between_two_midnights_of_one_date_keeps_what_is_left_of_the_date_before():
    sundays = replace(hours("America/St_Johns"), weekly=((),) * 6 + ((Span(0, 60),),), horizon_days=1)
    now = datetime(2010, 11, 5, 12, tzinfo=UTC)
    only = datetime(2010, 11, 7, 3, tzinfo=UTC)  # 23:30 on Saturday, half an hour after Sunday's first midnight
    listed = slots(sundays, time_off=(), taken=(), first=date(2010, 11, 5), last=date(2010, 11, 9), now=now)
    assert [each.interval.start for each in listed] == [only]
    assert next_free(sundays, time_off=(), taken=(), now=now) == only
    assert offered(sundays, time_off=(), starts_at=only, now=now).start == only
    # Once it has been Sunday for half a minute, the rest of Saturday is still to come.
    sunday = datetime(2010, 11, 7, 2, 30, 30, tzinfo=UTC)
    assert next_free(sundays, time_off=(), taken=(), now=sunday) == only
    listed = slots(sundays, time_off=(), taken=(), first=date(2010, 11, 6), last=date(2010, 11, 7), now=sunday)
    assert [each.interval.start for each in listed] == [only]
    with pytest.raises(SlotNotOffered) as refusal:
        offered(sundays, time_off=(), starts_at=only - timedelta(minutes=30), now=now)
    assert refusal.value.reason == "horizon"


@pytest.mark.parametrize(
    ("zone", "spring", "autumn"),
    [
        ("Asia/Beirut", date(2027, 3, 28), date(2027, 10, 30)),
        ("Africa/Cairo", date(2027, 4, 30), date(2027, 10, 28)),
        ("America/Santiago", date(2027, 9, 5), date(2027, 4, 3)),
        ("America/Asuncion", date(2023, 10, 1), date(2023, 3, 25)),
        ("America/Havana", date(2028, 3, 12), date(2027, 11, 7)),
    ],
)
@pytest.mark.parametrize(
    "spans", [(ALL_DAY,), (Span(0, 30), Span(30, 1410), Span(1410, 1440)), (Span(0, 720), Span(720, 1440))]
)
def test_a_clock_that_changes_at_midnight_loses_and_doubles_no_instant(
    zone: str, spring: date, autumn: date, spans: tuple[Span, ...]
):
    always = hours(zone, *spans)
    for day, count in ((spring, 46), (autumn, 50)):
        assert len(on(day, always)) == count
        week = grid(always, first=day - timedelta(days=3), last=day + timedelta(days=4))
        assert seamless(week)
        assert week == [each for days in range(-3, 4) for each in on(day + timedelta(days=days), always)]


def test_offsets_with_seconds_give_slots_to_the_second():
    found = on(date(1972, 1, 6), hours("Africa/Monrovia", Span(1380, 1440)))
    assert [each.start for each in found] == [
        datetime(1972, 1, 6, 23, 44, 30, tzinfo=UTC),
        datetime(1972, 1, 7, 0, 14, 30, tzinfo=UTC),
    ]


def test_slots_and_the_grid_agree_around_a_change():
    berlin = hours("Europe/Berlin", ALL_DAY, slot=25, gap=5)
    window = {"first": date(2027, 10, 29), "last": date(2027, 11, 2)}
    listed = slots(berlin, time_off=(), taken=(), now=datetime(2027, 10, 1, tzinfo=UTC), **window)
    assert [each.interval for each in listed] == grid(berlin, **window)
