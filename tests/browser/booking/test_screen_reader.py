"""What a screen reader finds on the way to a booking: roles, names, headings in their order, and what is said unasked."""

import re
from itertools import pairwise

from playwright.sync_api import Page, expect

from browser.conftest import Visitors
from browser.house import House
from browser.steps import DECLINED_CARD, GOOD_CARD, hold, on_booked, on_receipt, open_checkout, pay, slot, time_of
from browser.visitor import audit

SEARCH = """
- search:
  - combobox "What do you need?" [expanded]: skin
  - listbox "Specialization or doctor’s name":
    - group "Specializations":
      - option "Skin (dermatology)" [selected]
  - combobox "When?"
  - button "Find a doctor"
"""
FOUND = """
- main:
  - heading "Find a doctor" [level=1]
  - search:
    - combobox "Specialization or doctor’s name"
  - complementary "Filters":
    - group "Specialization":
      - radiogroup "Specialization":
        - radio /Skin/ [checked]
  - status: 1 doctor
  - 'button "Remove filter: Skin (dermatology)"'
  - heading [level=2]
  - list:
    - listitem:
      - article:
        - heading "Dr Asha Rao" [level=3]:
          - link "Dr Asha Rao"
        - link "Book Dr Asha Rao"
"""
CHOSEN = """
- main:
  - heading "Dr Asha Rao" [level=1]
  - region "Choose a date and a time":
    - button /^First free/
    - heading [level=2]
    - button "Month before"
    - button "Next month"
    - table:
      - rowgroup
    - heading "{day}" [level=2]
    - region "Evening":
      - list:
        - listitem:
          - button /^{here} Chicago time, {there} Kolkata/ [pressed]
    - button "Hold this time"
"""
RECEIPT = """
- main:
  - list "Booking steps":
    - listitem: Time
    - listitem: /Check/
    - listitem: /Pay/
  - heading "Check your appointment" [level=1]
  - region "Receipt":
    - heading "Openhours Clinic" [level=2]
    - term: Visit fee
    - definition: $50.00
    - term: Tax (18%)
    - definition: $9.00
    - term: You pay
    - definition: $59.00
  - complementary:
    - status
    - button "Pay $59.00"
    - button "Let this time go"
"""
BOOKED = """
- main:
  - link "Your appointments"
  - status:
    - heading "You are booked" [level=1]
    - paragraph: /Dr Asha Rao, .* Chicago time/
  - region "Receipt"
  - complementary:
    - button "Add to calendar"
    - link "Move to another time"
    - button "Cancel this appointment"
"""


def test_a_booking_is_heard_step_by_step(visitors: Visitors, house: House, email: str) -> None:
    wanted = time_of(house.town.asha, days=4, hour=9)
    page = visitors().page
    page.goto("/")
    page.get_by_role("combobox", name="What do you need?").fill("skin")
    expect(page.get_by_role("option", name="Dr Asha Rao")).to_be_visible()
    # What the list offers is said while the focus stays in the box.
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("search")).to_match_aria_snapshot(SEARCH)
    expect(page.get_by_role("combobox", name="What do you need?")).to_be_focused()
    audit(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_match_aria_snapshot(FOUND)
    _arrived(page, "Find a doctor")
    page.get_by_role("link", name="Book Dr Asha Rao").click()
    _arrived(page, re.compile("^Dr Asha Rao"))

    hold(page, wanted, email)
    expect(page.get_by_role("main")).to_match_aria_snapshot(RECEIPT)
    expect(page.get_by_role("listitem").filter(has_text="Check")).to_have_attribute("aria-current", "step")
    _headings_in_order(page)
    page.get_by_role("button", name="Let this time go").click()
    expect(slot(page, wanted, "chosen").or_(slot(page, wanted, "available"))).to_be_visible()
    page.goto(wanted.link)
    expect(slot(page, wanted, "chosen")).to_be_visible()
    chosen = CHOSEN.format(day=wanted.day, here=wanted.here, there=wanted.there)
    expect(page.get_by_role("main")).to_match_aria_snapshot(chosen)
    _headings_in_order(page)

    page.get_by_role("button", name="Hold this time").click()
    expect(on_receipt(page)).to_be_visible()
    _arrived(page, "Check your appointment")
    open_checkout(page)
    pay(page, DECLINED_CARD)
    expect(page.get_by_role("alert")).to_contain_text("Your bank did not accept this card.")
    open_checkout(page)
    pay(page, GOOD_CARD)
    expect(on_booked(page)).to_be_visible()
    expect(page.get_by_role("main")).to_match_aria_snapshot(BOOKED)
    _headings_in_order(page)


def _arrived(page: Page, title: str | re.Pattern[str]) -> None:
    """The new page is named, and reading begins at its content."""
    expect(page.locator("p[aria-live]")).to_have_text(title)
    expect(page.locator("main")).to_be_focused()


def _headings_in_order(page: Page) -> None:
    """One of the first level, and none that leaves a level out on the way down."""
    levels = [int(each[1]) for each in page.get_by_role("heading").evaluate_all("all => all.map(each => each.tagName)")]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels)), levels
