"""What follows from a reading of a doctor's own calendar, and from none."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduling_core.availability import SlotStatus, next_free, offered, slots, valid_until
from scheduling_core.errors import SlotNotOffered
from scheduling_core.hours import Source, TimeOff
from scheduling_core.ids import DoctorId, TimeOffId
from scheduling_core.instants import Interval
from scheduling_core.own_calendar import CLOSES_AFTER, OwnCalendar, differences, read_at_of, time_off_by, to_read
from support.clinic import OPEN_ALL_DAY
from support.clock import MONDAY
from support.making import an_id

HOUR = timedelta(hours=1)
SEEN = to_read(MONDAY, horizon_days=OPEN_ALL_DAY.horizon_days)
MICROSECOND = timedelta(microseconds=1)


def span(start: float, end: float) -> Interval:
    return Interval(start=MONDAY + start * HOUR, end=MONDAY + end * HOUR)


def follows(busy: Iterable[Interval] = (), visits: Iterable[Interval] = ()) -> list[TimeOff]:
    return time_off_by(busy, seen=SEEN, visits=visits, new_id=lambda: TimeOffId(an_id()))


def busy_by(time_off: Iterable[TimeOff]) -> list[Interval]:
    return [each.interval for each in time_off if each.source is Source.CALENDAR]


def reason(time_off: list[TimeOff], starts_at: datetime, now: datetime = MONDAY) -> str:
    try:
        offered(OPEN_ALL_DAY, time_off=time_off, starts_at=starts_at, now=now)
    except SlotNotOffered as refusal:
        return refusal.reason
    return ""


def test_busy_time_is_not_offered_and_says_why() -> None:
    time_off = follows([span(2, 3)])
    assert [reason(time_off, MONDAY + hours * HOUR) for hours in (1.5, 2, 2.5, 3)] == [
        "",
        "calendar_busy",
        "calendar_busy",
        "",
    ]
    listed = slots(OPEN_ALL_DAY, time_off=time_off, taken=(), first=MONDAY.date(), last=SEEN.end.date(), now=MONDAY)
    free = {slot.interval.start for slot in listed if slot.status is SlotStatus.FREE}
    assert MONDAY + 1.5 * HOUR in free
    assert MONDAY + 2 * HOUR not in free


def test_what_the_doctor_said_here_is_said_first() -> None:
    own = TimeOff(id=TimeOffId(an_id()), interval=span(2, 3))
    assert reason([*follows([span(2, 3)]), own], MONDAY + 2 * HOUR) == "time_off"


def test_everything_closes_once_the_reading_is_too_old() -> None:
    time_off, closes = follows(), MONDAY + CLOSES_AFTER
    assert reason(time_off, MONDAY + 5 * HOUR, closes - MICROSECOND) == ""
    assert reason(time_off, MONDAY + 5 * HOUR, closes) == "calendar_unread"
    assert next_free(OPEN_ALL_DAY, time_off=time_off, taken=(), now=closes - MICROSECOND) is not None
    assert next_free(OPEN_ALL_DAY, time_off=time_off, taken=(), now=closes) is None


def test_an_answer_is_not_said_to_hold_for_longer() -> None:
    window = {"first": MONDAY.date() + timedelta(days=3), "last": MONDAY.date() + timedelta(days=4)}
    for now, until in ((MONDAY, MONDAY + CLOSES_AFTER), (MONDAY + CLOSES_AFTER, MONDAY.replace(hour=0) + 24 * HOUR)):
        assert valid_until(OPEN_ALL_DAY, time_off=follows(), taken=(), now=now, **window) == until


def test_what_was_not_read_is_closed() -> None:
    assert reason(follows(), SEEN.end - HOUR) == "horizon"
    assert [each.interval.start for each in follows() if each.counts_from is None] == [SEEN.end]


def test_our_own_visits_are_no_busy_time() -> None:
    # One answer for three things: a visit of ours between two entries of the doctor's.
    time_off = follows([span(1, 4)], visits=[span(2, 3)])
    assert busy_by(time_off) == [span(1, 2), span(3, 4)]
    assert busy_by(follows([span(2, 3)], visits=[span(2, 3)])) == []


def test_what_is_not_asked_about_is_left_out() -> None:
    over = Interval(start=MONDAY - 3 * HOUR, end=MONDAY - HOUR)
    assert busy_by(follows([over])) == []


def test_a_reading_that_finds_the_same_changes_only_when_everything_closes() -> None:
    before = follows([span(1, 2), span(5, 6)])
    later = to_read(MONDAY + HOUR, horizon_days=OPEN_ALL_DAY.horizon_days)
    after = time_off_by([span(5, 6), span(1, 2)], seen=later, visits=(), new_id=lambda: TimeOffId(an_id()))
    gone, come = differences(before, after)
    assert [each.counts_from for each in gone] == [MONDAY + CLOSES_AFTER]
    assert [each.counts_from for each in come] == [MONDAY + HOUR + CLOSES_AFTER]


def test_it_is_closed_from_the_instant_at_which_its_slots_are() -> None:
    doctor_id = DoctorId(an_id())
    own = OwnCalendar(doctor_id=doctor_id, address="a@b.example", connected_at=MONDAY, read_at=MONDAY, tried_at=MONDAY)
    silent = replace(own, trouble="unavailable")
    closing = MONDAY + CLOSES_AFTER
    before = closing - timedelta(microseconds=1)
    assert [own.state_at(before), silent.state_at(before)] == ["read", "unread"]
    assert {own.state_at(closing), silent.state_at(closing)} == {"closed"}


def test_one_sees_when_it_was_read() -> None:
    assert read_at_of(follows([span(1, 2)])) == MONDAY
    assert read_at_of([]) is None
    assert read_at_of([TimeOff(id=TimeOffId(an_id()), interval=span(1, 2))]) is None


SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda each: span(each[0] / 4, (each[0] + each[1]) / 4)),
    max_size=6,
)


@given(busy=SPANS, visits=SPANS)
def test_each_quarter_of_an_hour_is_busy_exactly_where_something_but_a_visit_is(
    busy: list[Interval], visits: list[Interval]
) -> None:
    found = busy_by(follows(busy, visits))
    for quarter in range(60):
        instant = MONDAY + quarter * HOUR / 4
        private = any(each.contains(instant) for each in busy) and not any(each.contains(instant) for each in visits)
        assert any(each.contains(instant) for each in found) == private
