"""Which slots are offered of a doctor's hours, which is the earliest, and how long an answer holds."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from scheduling_core import instants
from scheduling_core.availability import SlotStatus, Taken, next_free, slot_seconds, slots, valid_until
from scheduling_core.grid import grid
from scheduling_core.hours import Hours, Span, TimeOff
from scheduling_core.ids import TimeOffId
from scheduling_core.instants import Interval
from support.daily import DAILY, EARLY, JUNE_MONDAY, JUNE_TUESDAY, at, off, on_monday
from support.wall import MICROSECOND

JUNE_SUNDAY = date(2027, 6, 6)
FREE, HELD, BOOKED = SlotStatus.FREE, SlotStatus.HELD, SlotStatus.BOOKED


def booked(start: str, end: str) -> Taken:
    return Taken(interval=on_monday(start, end), held=False, expires_at=None)


def held(start: str, end: str, *, until: datetime) -> Taken:
    return Taken(interval=on_monday(start, end), held=True, expires_at=until)


def monday(
    hours: Hours = DAILY, *, time_off: tuple[TimeOff, ...] = (), taken: tuple[Taken, ...] = (), now: datetime = EARLY
) -> dict[str, str]:
    """The Monday's slots as the page would list them: start to status."""
    found = slots(hours, time_off=time_off, taken=taken, first=JUNE_MONDAY, last=JUNE_TUESDAY, now=now)
    return {f"{slot.interval.start:%H:%M}": slot.status.value for slot in found}


def statuses(**found: str) -> dict[str, str]:
    usual = dict.fromkeys(["09:00", "09:30", "10:00", "10:30", "14:00", "14:30"], "free")
    return usual | {f"{name[1:3]}:{name[3:]}": status for name, status in found.items()}


# What is offered, and to whom it belongs


def test_slots_are_free_when_nothing_is_taken():
    assert monday() == statuses()


def test_a_booking_takes_every_slot_that_it_overlaps_and_no_other():
    assert monday(taken=(booked("09:30", "10:00"),)) == statuses(_0930="booked")
    assert monday(taken=(booked("09:45", "10:15"),)) == statuses(_0930="booked", _1000="booked")
    assert monday(taken=(booked("10:30", "14:00"),)) == statuses(_1030="booked")
    assert monday(taken=(booked("08:00", "16:00"),)) == dict.fromkeys(statuses(), "booked")
    assert monday(taken=(booked("08:00", "09:00"), booked("11:00", "14:00"))) == statuses()


def test_a_microsecond_in_common_is_an_overlap():
    assert monday(taken=(booked("10:00:00", "10:30:00.000001"),)) == statuses(_1000="booked", _1030="booked")
    assert monday(taken=(booked("09:59:59.999999", "10:30"),)) == statuses(_0930="booked", _1000="booked")
    assert monday(time_off=(off("09:29:59.999999", "09:30"),)).keys() == statuses().keys() - {"09:00"}
    assert monday(time_off=(off("09:30", "09:30:00.000001"),)).keys() == statuses().keys() - {"09:30"}


def test_the_gap_after_a_visit_needs_room_too():
    spaced = replace(DAILY, gap_minutes=15)
    assert monday(spaced) == {"09:00": "free", "09:45": "free", "10:30": "free", "14:00": "free"}
    assert monday(spaced, taken=(booked("09:30", "09:45"),))["09:00"] == "booked"
    assert monday(spaced, taken=(booked("09:45", "10:30"),)) == monday(spaced) | {"09:45": "booked"}
    assert monday(spaced, taken=(booked("11:00", "11:30"),))["10:30"] == "booked"
    assert monday(spaced, taken=(booked("11:15", "11:30"),))["10:30"] == "free"


def test_a_hold_shows_as_held_until_the_instant_at_which_it_expires():
    hold = held("09:00", "09:30", until=at("08:00"))
    assert monday(taken=(hold,), now=at("08:00") - MICROSECOND) == statuses(_0900="held")
    assert monday(taken=(hold,), now=at("08:00")) == statuses()


def test_a_booking_never_expires():
    stale = Taken(interval=on_monday("09:00", "09:30"), held=False, expires_at=EARLY - timedelta(days=1))
    assert monday(taken=(stale,)) == statuses(_0900="booked")


def test_a_hold_without_an_end_counts_for_ever():
    assert monday(taken=(Taken(interval=on_monday("09:00", "09:30"), held=True, expires_at=None),)) == statuses(
        _0900="held"
    )


@pytest.mark.parametrize("hold_first", [True, False])
def test_booked_wins_over_held(hold_first: bool):
    both = (held("09:00", "10:00", until=at("08:00")), booked("09:30", "10:30"))
    taken = both if hold_first else both[::-1]
    assert monday(taken=taken) == statuses(_0900="held", _0930="booked", _1000="booked")


def test_time_off_removes_every_visit_that_it_touches():
    assert monday(time_off=(off("09:45", "10:15"),)).keys() == statuses().keys() - {"09:30", "10:00"}
    assert monday(time_off=(off("11:00", "14:00"), off("08:00", "09:00"))) == statuses()
    assert monday(time_off=(off("00:00", "23:00"),)) == {}


def test_time_off_may_start_in_the_gap_after_a_visit():
    spaced = replace(DAILY, gap_minutes=15)
    assert "10:30" in monday(spaced, time_off=(off("11:00", "12:00"),))
    assert "09:45" in monday(spaced, time_off=(off("10:15", "10:30"),))


def test_time_off_hides_what_is_booked_in_it():
    assert "09:00" not in monday(time_off=(off("09:00", "09:30"),), taken=(booked("09:00", "09:30"),))


def test_a_slot_may_start_now_and_no_sooner():
    assert list(monday(now=at("10:00"))) == ["10:00", "10:30", "14:00", "14:30"]
    assert list(monday(now=at("10:00") + MICROSECOND)) == ["10:30", "14:00", "14:30"]
    assert monday(now=at("14:30") + MICROSECOND) == {}


def test_minimum_notice_is_kept_to_the_microsecond():
    careful = replace(DAILY, minimum_notice_minutes=60)
    assert list(monday(careful, now=at("09:30"))) == ["10:30", "14:00", "14:30"]
    assert list(monday(careful, now=at("09:30") + MICROSECOND)) == ["14:00", "14:30"]
    assert monday(replace(DAILY, minimum_notice_minutes=43_200)) == {}


def test_the_horizon_is_counted_in_the_doctors_dates():
    near = replace(DAILY, horizon_days=1)
    assert len(monday(near, now=at("00:00", JUNE_SUNDAY))) == 6
    assert monday(near, now=at("00:00", JUNE_SUNDAY) - MICROSECOND) == {}
    # At 12:00 UTC it is Monday already in Kiritimati, fourteen hours ahead.
    ahead = replace(near, time_zone="Pacific/Kiritimati")
    window = {"first": JUNE_MONDAY, "last": JUNE_MONDAY + timedelta(days=9)}
    found = slots(ahead, time_off=(), taken=(), now=EARLY, **window)
    assert [each.interval for each in found] == grid(ahead, first=JUNE_MONDAY, last=JUNE_MONDAY + timedelta(days=2))


def test_slots_answer_for_the_dates_asked_for_alone():
    window = {"first": date.min, "last": date.max}
    found = slots(DAILY, time_off=(), taken=(), now=EARLY, **window)
    assert [each.interval.start for each in found[:3]] == [
        at("14:00", JUNE_SUNDAY),
        at("14:30", JUNE_SUNDAY),
        at("09:00"),
    ]
    assert len(found) == 2 + 30 * 6
    assert slots(DAILY, time_off=(), taken=(), now=EARLY, first=JUNE_TUESDAY, last=JUNE_MONDAY) == []


def test_slots_in_seconds_are_the_slots():
    given = {"time_off": (off("09:00", "09:30"),), "taken": (booked("09:30", "10:00"),), "now": EARLY}
    window = {"first": JUNE_MONDAY, "last": JUNE_TUESDAY + timedelta(days=2)}
    expected = [(each.interval.start.timestamp(), each.status) for each in slots(DAILY, **given, **window)]
    assert slot_seconds(DAILY, **given, **window) == expected


# The earliest


def test_the_earliest_free_slot_is_found():
    assert next_free(DAILY, time_off=(), taken=(), now=at("08:00")) == at("09:00")
    assert next_free(DAILY, time_off=(), taken=(), now=at("09:00")) == at("09:00")
    assert next_free(DAILY, time_off=(), taken=(), now=at("09:00") + MICROSECOND) == at("09:30")
    assert next_free(replace(DAILY, minimum_notice_minutes=1440), time_off=(), taken=(), now=at("10:15")) == at(
        "10:30", JUNE_TUESDAY
    )


def test_what_is_taken_or_off_is_passed_over_in_whatever_order_it_comes():
    taken = (booked("10:00", "10:30"), held("09:00", "09:30", until=at("08:30")), booked("07:00", "08:00"))
    assert next_free(DAILY, time_off=(off("09:40", "09:50"),), taken=taken, now=at("08:00")) == at("10:30")
    assert next_free(DAILY, time_off=(off("09:40", "09:50"),), taken=taken, now=at("08:30")) == at("09:00")
    assert next_free(
        DAILY, time_off=(off("06:00", "23:00"), off("09:00", "09:30")), taken=taken, now=at("08:00")
    ) == at("09:00", JUNE_TUESDAY)


def test_a_second_in_common_with_what_is_taken_is_too_much():
    assert next_free(DAILY, time_off=(), taken=(booked("09:29:59", "09:30"),), now=at("08:00")) == at("09:30")
    assert next_free(DAILY, time_off=(), taken=(booked("08:30", "09:00:01"),), now=at("08:00")) == at("09:30")
    assert next_free(DAILY, time_off=(), taken=(booked("08:30", "09:00"),), now=at("08:00")) == at("09:00")


def test_nothing_is_free_when_all_of_the_horizon_is_closed_or_taken():
    closed = replace(DAILY, weekly=((),) * 7)
    assert next_free(closed, time_off=(), taken=(), now=EARLY) is None
    later = replace(closed, overrides={date(2027, 7, 6): (Span(540, 570),), date(2027, 7, 7): (Span(540, 570),)})
    assert next_free(later, time_off=(), taken=(), now=EARLY) == at("09:00", date(2027, 7, 6))
    assert next_free(replace(later, horizon_days=29), time_off=(), taken=(), now=EARLY) is None
    away = TimeOff(id=TimeOffId(UUID(int=2)), interval=Interval(start=EARLY, end=EARLY + timedelta(days=31)))
    assert next_free(DAILY, time_off=(away,), taken=(), now=EARLY) is None


def test_the_earliest_is_found_without_looking_at_the_whole_horizon():
    instants.day_clock.cache_clear()
    assert next_free(replace(DAILY, horizon_days=730), time_off=(), taken=(), now=EARLY)
    assert instants.day_clock.cache_info().currsize < 10


# How long an answer holds


def until(hours: Hours = DAILY, *, taken: tuple[Taken, ...] = (), now: datetime = EARLY) -> datetime:
    return valid_until(hours, time_off=(), taken=taken, first=JUNE_MONDAY, last=JUNE_TUESDAY, now=now)


def test_an_answer_holds_until_the_doctors_midnight():
    assert until() == at("00:00")
    assert until(replace(DAILY, time_zone="Asia/Kathmandu")) == at("18:15", JUNE_SUNDAY)


def test_an_answer_holds_until_just_after_the_last_instant_at_which_its_first_slot_may_be_booked():
    assert until(now=at("08:00")) == at("09:00") + MICROSECOND
    assert until(now=at("09:00")) == at("09:00") + MICROSECOND
    assert until(now=at("09:00") + MICROSECOND) == at("09:30") + MICROSECOND
    assert until(replace(DAILY, minimum_notice_minutes=60), now=at("02:00")) == at("08:00") + MICROSECOND
    assert until(now=at("14:30") + MICROSECOND) == at("00:00", JUNE_TUESDAY)


def test_an_answer_holds_until_the_first_live_hold_expires():
    holds = (
        held("14:00", "14:30", until=at("08:20")),
        held("09:00", "09:30", until=at("08:10")),
        held("09:30", "10:00", until=at("08:00")),
    )
    assert until(taken=holds, now=at("07:59")) == at("08:00")
    assert until(taken=holds, now=at("08:00")) == at("08:10")
    assert until(taken=holds, now=at("08:10")) == at("08:20")
    assert until(taken=holds, now=at("08:20")) == at("09:00") + MICROSECOND


def test_a_booking_does_not_change_how_long_an_answer_holds():
    stale = Taken(interval=on_monday("09:00", "09:30"), held=False, expires_at=at("08:10"))
    endless = Taken(interval=on_monday("09:00", "09:30"), held=True, expires_at=None)
    assert until(taken=(stale, endless), now=at("08:00")) == at("09:00") + MICROSECOND
