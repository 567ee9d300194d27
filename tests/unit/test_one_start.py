"""Whether one start is offered, and for which reason it is not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from scheduling_core.availability import offered
from scheduling_core.errors import SlotNotOffered
from scheduling_core.hours import Hours, TimeOff
from support.daily import DAILY, EARLY, JUNE_MONDAY, at, off, on_monday
from support.wall import MICROSECOND


def reason(hours: Hours, starts_at: datetime, *, now: datetime = EARLY, time_off: tuple[TimeOff, ...] = ()) -> str:
    with pytest.raises(SlotNotOffered) as refusal:
        offered(hours, time_off=time_off, starts_at=starts_at, now=now)
    return refusal.value.reason


def test_a_start_on_the_grid_is_offered_as_its_slot():
    assert offered(DAILY, time_off=(), starts_at=at("10:30"), now=EARLY) == on_monday("10:30", "11:00")
    elsewhere = at("10:30").astimezone(timezone(timedelta(hours=-7)))
    assert offered(DAILY, time_off=(), starts_at=elsewhere, now=EARLY) == on_monday("10:30", "11:00")


def test_a_start_may_be_now():
    assert offered(DAILY, time_off=(), starts_at=at("10:30"), now=at("10:30")).start == at("10:30")


def test_a_start_in_the_past_is_refused():
    assert reason(DAILY, at("10:30"), now=at("10:30") + MICROSECOND) == "past"
    assert reason(DAILY, datetime.min.replace(tzinfo=UTC)) == "past"


def test_a_start_too_soon_is_refused():
    careful = replace(DAILY, minimum_notice_minutes=60)
    assert offered(careful, time_off=(), starts_at=at("10:30"), now=at("09:30")).start == at("10:30")
    assert reason(careful, at("10:30"), now=at("09:30") + MICROSECOND) == "notice"
    assert reason(careful, at("10:30"), now=at("10:30")) == "notice"


def test_a_start_too_far_ahead_is_refused():
    assert offered(DAILY, time_off=(), starts_at=at("14:30", date(2027, 7, 6)), now=EARLY)
    assert reason(DAILY, at("00:00", date(2027, 7, 7))) == "horizon"
    assert reason(DAILY, datetime.max.replace(tzinfo=UTC)) == "horizon"
    assert reason(replace(DAILY, time_zone="Pacific/Kiritimati"), datetime.max.replace(tzinfo=UTC)) == "horizon"


def test_a_start_while_the_doctor_is_closed_is_refused():
    for closed in ("08:30", "08:59:59.999999", "11:00", "13:30", "15:00", "23:00"):
        assert reason(DAILY, at(closed)) == "closed"
    assert reason(replace(DAILY, overrides={JUNE_MONDAY: ()}), at("09:00")) == "closed"


def test_a_start_beside_the_grid_is_refused_even_by_a_microsecond():
    for beside in ("09:15", "09:00:01", "09:00:00.000001", "09:29:59.999999", "10:59:59.999999"):
        assert reason(DAILY, at(beside)) == "off_grid"


def test_a_start_that_leaves_no_whole_slot_is_off_the_grid():
    assert reason(replace(DAILY, slot_minutes=50), at("10:40")) == "off_grid"
    assert reason(replace(DAILY, slot_minutes=60, gap_minutes=30), at("10:30")) == "off_grid"
    assert reason(replace(DAILY, slot_minutes=480), at("09:00")) == "off_grid"
    assert reason(replace(DAILY, slot_minutes=480), at("10:59")) == "off_grid"
    assert reason(replace(DAILY, slot_minutes=480), at("11:00")) == "closed"


def test_a_start_in_time_off_is_refused():
    assert reason(DAILY, at("09:00"), time_off=(off("12:00", "13:00"), off("09:29", "10:00"))) == "time_off"
    assert offered(DAILY, time_off=(off("08:00", "09:00"), off("09:30", "10:00")), starts_at=at("09:00"), now=EARLY)


def test_the_first_reason_that_applies_is_given():
    busy = (off("00:00", "23:00"),)
    careful = replace(DAILY, minimum_notice_minutes=60)
    assert reason(careful, at("10:31"), now=at("12:00"), time_off=busy) == "past"
    assert reason(careful, at("12:31"), now=at("12:00"), time_off=busy) == "notice"
    assert reason(careful, at("12:31"), now=at("09:00"), time_off=busy) == "closed"
    assert reason(careful, at("14:31"), now=at("09:00"), time_off=busy) == "off_grid"
    assert reason(careful, at("14:31", date(2027, 8, 1)), time_off=busy) == "horizon"
