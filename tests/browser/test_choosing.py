"""Choosing: by filters that stay with the address, and for whom the visit is."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import Visitors
from browser.house import House
from browser.steps import GOOD_CARD, arrive, on_booked, on_receipt, open_checkout, pay, slot, time_of
from browser.visitor import audit

pytestmark = pytest.mark.long

_KEPT = (re.compile("when=.*3"), re.compile("language=English"), re.compile("sort=fee"))


def test_filters_stay_through_a_refresh_and_back_and_each_is_taken_away_again(visitors: Visitors, width: int) -> None:
    page = visitors(width=width).page
    page.goto("/doctors")
    expect(_count(page)).to_have_text("2 doctors")
    panel = _filters(page, width)
    panel.get_by_label("In the next 3 days").check()
    panel.get_by_label("Speaks").select_option("English")
    fee = panel.get_by_role("slider", name="Visit fee, before tax")
    fee.press("ArrowLeft")
    expect(page).to_have_url(re.compile("price="))
    panel.get_by_label("4.0 or more").check()
    expect(page).to_have_url(re.compile("rating=4"))
    if width < 600:
        audit(page)
        panel.get_by_role("button", name="Show 0 doctors").click()
        expect(page.get_by_role("button", name="Filters, 4 on")).to_be_visible()
    expect(page.get_by_role("heading", name="No doctor fits all your filters")).to_be_visible()
    audit(page)
    page.get_by_role("button", name="Remove filter: Rated 4.0 or more").click()
    page.get_by_role("button", name="Remove filter: Up to $").click()
    expect(_count(page)).to_have_text("2 doctors")
    page.get_by_label("Order").select_option(label="Lowest price first")
    for each in _KEPT:
        expect(page).to_have_url(each)
    page.reload()
    expect(_count(page)).to_have_text("2 doctors")
    page.get_by_role("link", name="Book Dr Asha Rao").click()
    expect(page.get_by_role("heading", name="Dr Asha Rao", level=1)).to_be_visible()
    page.go_back()
    expect(_count(page)).to_have_text("2 doctors")
    for each in _KEPT:
        expect(page).to_have_url(each)
    expect(page.get_by_label("Order")).to_have_value("fee")
    expect(page.get_by_role("button", name="Remove filter: Speaks English")).to_be_visible()


def test_a_visit_is_booked_for_a_child_who_is_added_on_the_way(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    wanted = time_of(house.town.asha, days=6, hour=10, minute=half)
    page = visitors(width=width).page
    arrive(page, email)
    page.goto(wanted.link)
    expect(slot(page, wanted, "chosen")).to_be_visible()
    who = page.get_by_label("Who is the visit for?")
    who.select_option(label="Somebody else…")
    dialog = page.get_by_role("dialog", name="Who is it?")
    dialog.get_by_role("button", name="Add and choose").click()
    expect(dialog.get_by_text("Please type the name.")).to_be_visible()
    audit(page)
    dialog.get_by_label("Name").fill("Mia Koch")
    dialog.get_by_label("Date of birth").fill("2019-04-05")
    dialog.get_by_role("button", name="Add and choose").click()
    expect(dialog).to_be_hidden()
    expect(who.locator("option:checked")).to_have_text("Mia Koch")
    page.get_by_role("button", name="Hold this time").click()
    expect(on_receipt(page)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Mia Koch")
    open_checkout(page)
    pay(page, GOOD_CARD)
    expect(on_booked(page)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Mia Koch")
    audit(page)


def _count(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="doctor")


def _filters(page: Page, width: int) -> Locator:
    """At the side of the list, or on a telephone in a sheet of their own."""
    if width >= 600:
        return page.get_by_role("complementary", name="Filters")
    page.get_by_role("button", name="Filters").click()
    return page.get_by_role("dialog", name="Filters")
