"""The whole booking with Tab, arrows and Enter: no pointer, and always to be seen where one is."""

import re

from playwright.sync_api import Locator, Page, expect

from browser.conftest import Visitors
from browser.house import House
from browser.steps import GOOD_CARD, on_booked, on_receipt, slot, time_of

FAR = 120
"""More stops than any page has."""
_VISIBLE_FOCUS = """el => {
    for (let at = el, up = 0; at && up < 5; at = at.parentElement, up++)
        if (getComputedStyle(at).outlineStyle !== 'none') return true
    return false
}"""
_SAME_LIST = """el => {
    const at = document.activeElement
    return at.dataset.roving !== undefined && el.dataset.roving !== undefined && at.tagName === el.tagName
        && !!at.closest('tbody') === !!el.closest('tbody')
}"""


def test_a_visit_is_booked_and_paid_with_the_keyboard_alone(visitors: Visitors, house: House, email: str) -> None:
    wanted = time_of(house.town.asha, days=3, hour=11)
    page = visitors().page
    page.goto("/")
    search = page.get_by_role("combobox", name="What do you need?")
    _tab_to(page, search)
    page.keyboard.type("skin")
    expect(page.get_by_role("option", name="Skin (dermatology)")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    _press(page, page.get_by_role("link", name=f"Book {wanted.doctor.name}"))
    expect(page.get_by_role("heading", level=1, name=wanted.doctor.name)).to_be_visible()
    _walk_to_day(page, wanted.day, wanted.month)
    page.keyboard.press("Enter")
    _walk(page, slot(page, wanted, "available"), "ArrowRight")
    page.keyboard.press("Enter")
    expect(slot(page, wanted, "chosen")).to_be_focused()

    _press(page, page.get_by_role("link", name="Sign in to hold this time"))
    _press(page, page.get_by_role("link", name="Continue with Google"))
    _type(page, "E-mail", email)
    _type(page, "Name", "Lena Koch")
    page.keyboard.press("Enter")
    _type(page, "Phone number", "+1 312 555 0142")
    page.keyboard.press("Enter")
    _press(page, page.get_by_role("button", name="Hold this time"))
    expect(on_receipt(page)).to_be_visible()
    _press(page, page.get_by_role("button", name="Pay $59.00"))

    page.wait_for_url("**/simulator/checkout/*")
    for label, text in (
        ("Card number", GOOD_CARD),
        ("Expires", "12/39"),
        ("Security code", "123"),
        ("Name on the card", "Lena Koch"),
        ("Street and house number", "Street 1"),
        ("Postal code", "60601"),
        ("City", "Chicago"),
        ("Country", "US"),
    ):
        _type(page, label, text)
    page.keyboard.press("Enter")
    expect(on_booked(page)).to_be_visible()


def _tab_to(page: Page, target: Locator) -> None:
    """Tab on until the target has the focus, which must be to be seen."""
    expect(target).to_be_visible()
    for _ in range(FAR):
        if _has_focus(target):
            outline = target.evaluate(_VISIBLE_FOCUS)
            assert outline, f"the focus on {target} cannot be seen"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {target}")


def _press(page: Page, target: Locator) -> None:
    _tab_to(page, target)
    page.keyboard.press("Enter")


def _type(page: Page, label: str, text: str) -> None:
    _tab_to(page, page.get_by_label(label))
    page.keyboard.type(text)


def _walk(page: Page, target: Locator, key: str) -> None:
    """Tab to the list that the target is in, then arrows within it."""
    expect(target).to_be_visible()
    for _ in range(FAR):
        if target.evaluate(_SAME_LIST):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Home")
    for _ in range(FAR):
        if _has_focus(target):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never reaches {target}")


def _walk_to_day(page: Page, day: str, month: str) -> None:
    if not page.get_by_role("heading", name=month).count():
        _press(page, page.get_by_role("button", name="Next month"))
    _walk(page, page.get_by_role("button", name=re.compile(f"^{day}, ")), "ArrowRight")


def _has_focus(target: Locator) -> bool:
    return bool(target.evaluate("el => el === document.activeElement"))
