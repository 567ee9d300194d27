"""A doctor's hours of one day, and the calendar of their own that closes times."""

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visitors
from browser.counter import Counter
from browser.house import House
from browser.steps import sign_in_staff, time_of
from browser.town import Practice
from browser.visitor import audit
from servers.processes import wait_until

pytestmark = pytest.mark.long


def test_hours_of_one_day_are_put_in_saved_and_taken_out(visitors: Visitors, house: House, width: int) -> None:
    asha = house.town.asha
    day = time_of(asha, days=6, hour=9).at
    name = f"{day:%A} {day.day} {day:%B}"
    page = _at_hours(visitors(width=width, zone=asha.zone).page, asha)
    page.get_by_role("button", name="Add", exact=True).click()
    dialog = page.get_by_role("dialog", name="A day that differs")
    dialog.get_by_role("button", name="Put it in").click()
    expect(dialog.get_by_text("Please choose a day.")).to_be_visible()
    audit(page)
    dialog.get_by_label("Day", exact=True).fill(f"{day:%Y-%m-%d}")
    dialog.get_by_label("Open at these hours").check()
    audit(page)
    dialog.get_by_label("Closed all day").check()
    dialog.get_by_role("button", name="Put it in").click()
    row = page.get_by_role("region", name="Days that differ").get_by_role("listitem").filter(has_text=name)
    expect(row).to_contain_text("Closed")
    page.get_by_role("button", name="Save hours").click()
    expect(page.get_by_text("Your hours are saved.")).to_be_visible()
    page.reload()
    expect(row).to_contain_text("Closed")
    row.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Save hours").click()
    expect(page.get_by_text("Your hours are saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Every week is a usual week.")).to_be_visible()


def test_a_calendar_of_ones_own_is_read_and_says_so_when_it_cannot_be_read(
    visitors: Visitors, house: House, width: int
) -> None:
    noor = house.town.noor
    visitor = visitors(width=width, zone=noor.zone)
    visitor.expects("net::ERR_CONNECTION_REFUSED", r"calendar 4\d\d")
    page = _at_hours(visitor.page, noor)
    card = page.get_by_role("region", name="Your own calendar")
    card.get_by_role("button", name="Use my calendar").click()
    audit(page)
    card.get_by_role("button", name="Read it now").click()
    expect(card.get_by_text("Last read: ")).to_be_visible()
    expect(card).to_contain_text(noor.email)
    audit(page)
    _shares(page, noor, "no")
    card.get_by_role("button", name="Read it again").click()
    expect(card.get_by_role("alert")).to_contain_text("Your calendar was not read")
    audit(page)
    with house.later(minutes=10):
        _is(page, noor, "unread")
        page.reload()
        expect(card.get_by_text("We cannot read your calendar at the moment")).to_be_visible()
        audit(page)
    with house.later(minutes=45):
        page.reload()
        expect(card.get_by_text("Nobody can book new visits with you")).to_be_visible()
        audit(page)
        card.get_by_role("button", name="Read it no more").click()
        expect(card.get_by_role("button", name="Use my calendar")).to_be_visible()
    _shares(page, noor, "yes")


def _at_hours(page: Page, doctor: Practice) -> Page:
    sign_in_staff(page, doctor.email)
    expect(page.get_by_role("region", name="Today’s visits")).to_be_visible()
    page.goto("/hours")
    expect(page.get_by_role("heading", name="Every week")).to_be_visible()
    return page


def _shares(page: Page, doctor: Practice, shared: str) -> None:
    form = {"address": doctor.email, "shared": shared}
    assert page.request.post("/simulator/calendar/sharing", form=form).ok


def _is(page: Page, doctor: Practice, state: str) -> None:
    counter = Counter.of_doctor(page, doctor)
    assert wait_until(lambda: counter.get("/api/doctor/calendar")["state"] == state, seconds=60, every=0.5)
