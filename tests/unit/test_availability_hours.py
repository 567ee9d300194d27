from datetime import date
from typing import Any

import pytest

from scheduling_core.errors import InvalidHours
from scheduling_core.hours import Hours, Span

MONDAY = date(2027, 3, 29)
MORNING, AFTERNOON = Span(540, 750), Span(840, 1080)
CLOSED: tuple[Span, ...] = ()


def hours(**changes: Any) -> Hours:
    usual: dict[str, Any] = {
        "time_zone": "Europe/Berlin",
        "slot_minutes": 30,
        "gap_minutes": 0,
        "minimum_notice_minutes": 60,
        "horizon_days": 90,
        "weekly": ((MORNING, AFTERNOON),) + (CLOSED,) * 6,
        "overrides": {},
    }
    return Hours(**usual | changes)


def refused(**changes: Any) -> str:
    with pytest.raises(InvalidHours) as refusal:
        hours(**changes)
    return refusal.value.field


@pytest.mark.parametrize(("start", "end"), [(0, 1440), (0, 1), (1439, 1440)])
def test_a_span_lies_between_two_midnights(start: int, end: int):
    assert Span(start, end).end_minute == end


@pytest.mark.parametrize(("start", "end"), [(-1, 60), (540, 540), (541, 540), (1380, 1441)])
def test_a_span_that_is_no_part_of_a_day_is_refused(start: int, end: int):
    with pytest.raises(InvalidHours) as refusal:
        Span(start, end)
    assert refusal.value.field == "span"


def test_spans_read_as_times_and_sort_by_their_start():
    assert str(Span(545, 1440)) == "09:05-24:00"
    assert str(Span(59, 1379)) == "00:59-22:59"
    assert sorted([AFTERNOON, MORNING]) == [MORNING, AFTERNOON]


def test_a_date_has_the_spans_of_its_weekday():
    assert hours().spans_on(MONDAY) == (MORNING, AFTERNOON)
    assert hours().spans_on(date(2027, 3, 30)) == CLOSED
    assert hours(weekly=(CLOSED,) * 6 + ((MORNING,),)).spans_on(date(2027, 3, 28)) == (MORNING,)


def test_an_override_replaces_the_spans_of_its_date_alone():
    changed = hours(overrides={MONDAY: (Span(600, 660),)})
    assert changed.spans_on(MONDAY) == (Span(600, 660),)
    assert changed.spans_on(date(2027, 4, 5)) == (MORNING, AFTERNOON)


def test_an_empty_override_closes_its_date():
    assert hours(overrides={MONDAY: ()}).spans_on(MONDAY) == CLOSED


def test_spans_are_put_in_order():
    jumbled = hours(weekly=((AFTERNOON, MORNING),) + (CLOSED,) * 6, overrides={MONDAY: (AFTERNOON, MORNING)})
    assert jumbled.weekly[0] == jumbled.overrides[MONDAY] == (MORNING, AFTERNOON)


def test_overrides_are_in_order_and_nobody_elses():
    given = {date(2027, 12, 25): CLOSED, MONDAY: CLOSED}
    published = hours(overrides=given)
    given.clear()
    assert list(published.overrides) == [MONDAY, date(2027, 12, 25)]


def test_spans_may_adjoin():
    adjoining = (Span(540, 600), Span(600, 660))
    assert hours(weekly=(adjoining,) * 7).weekly[6] == adjoining


def test_spans_may_not_overlap():
    overlapping = (Span(600, 660), Span(540, 601))
    assert refused(weekly=(CLOSED,) * 2 + (overlapping,) + (CLOSED,) * 4) == "weekly.wednesday"
    assert refused(overrides={MONDAY: overlapping}) == "overrides.2027-03-29"
    with pytest.raises(InvalidHours, match="09:00-10:01 and 10:00-11:00 overlap"):
        hours(weekly=(overlapping,) * 7)


def test_a_span_too_short_for_a_slot_is_allowed():
    assert hours(slot_minutes=480).weekly[0] == (MORNING, AFTERNOON)


@pytest.mark.parametrize(
    ("field", "low", "high"),
    [
        ("slot_minutes", 5, 480),
        ("gap_minutes", 0, 240),
        ("minimum_notice_minutes", 0, 43_200),
        ("horizon_days", 1, 730),
    ],
)
def test_every_figure_has_its_bounds(field: str, low: int, high: int):
    assert getattr(hours(**{field: low}), field) == low
    assert getattr(hours(**{field: high}), field) == high
    assert refused(**{field: low - 1}) == field
    assert refused(**{field: high + 1}) == field


def test_a_refusal_says_what_may_be_chosen():
    with pytest.raises(InvalidHours, match="Choose 5 to 480 minutes"):
        hours(slot_minutes=0)
    with pytest.raises(InvalidHours, match="Choose 1 to 730 days"):
        hours(horizon_days=0)


def test_an_unknown_zone_is_refused():
    assert refused(time_zone="Mars/Olympus") == "time_zone"


@pytest.mark.parametrize("days", [6, 8])
def test_a_week_has_seven_days(days: int):
    assert refused(weekly=(CLOSED,) * days) == "weekly"


def test_a_day_has_at_most_twenty_four_spans():
    most = tuple(Span(hour * 60, hour * 60 + 30) for hour in range(24))
    assert len(hours(weekly=(most,) * 7, overrides={MONDAY: most}).weekly[0]) == 24
    assert refused(weekly=(CLOSED,) * 6 + ((*most, Span(30, 40)),)) == "weekly.sunday"
    assert refused(overrides={MONDAY: (*most, Span(30, 40))}) == "overrides.2027-03-29"


def test_at_most_730_dates_differ():
    dates = [date.fromordinal(MONDAY.toordinal() + n) for n in range(731)]
    assert len(hours(overrides=dict.fromkeys(dates[:730], CLOSED)).overrides) == 730
    assert refused(overrides=dict.fromkeys(dates, CLOSED)) == "overrides"
