"""The simulated pages in a real browser: for everybody, at every width, in both lights, and without JavaScript."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from contract.simulators.conftest import Street

pytestmark = pytest.mark.slow

AXE = Path(__file__).parents[3] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [field.name for field in fields(Street) if field.name != "home"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def violations(page: Page, run_only: object) -> list[str]:
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", run_only)
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]]


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_the_page_in_both_lights_and_on_the_smallest_phone(
    browser: Browser, street: Street, name: str
) -> None:
    # The audit's own script is what the policy would stop; the next test keeps the policy.
    wide = {"width": 1280, "height": 800}
    # Colours on their way from one light to the other are nobody's to read.
    context = browser.new_context(color_scheme="light", viewport=wide, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(getattr(street, name))
    page.add_script_tag(path=AXE)
    assert violations(page, RULES) == []
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark")
    assert violations(page, ["color-contrast", "target-size"]) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_no_page_asks_for_anything_that_its_policy_forbids(browser: Browser, street: Street) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for name in sorted(set(PAGES) - {"nowhere", "refused_chooser"}):
        page.goto(getattr(street, name), wait_until="load")
        assert said == [], name
    assert page.goto(street.checkout) is not None
    assert "left, until" in page.inner_text("time[data-until]")
    context.close()


def test_a_person_pays_with_the_keyboard_and_without_javascript(browser: Browser, street: Street) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(street.checkout)
    assert "minutes left" in page.inner_text("time[data-until]")
    page.press("body", "Tab")
    page.keyboard.press("Enter")
    page.focus("#card_number")
    for text in ("4242424242424241", "12/31", "123", "Lena Koch", "Lindenstr. 1", "10969", "Berlin", "Germany"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector('[role="alert"]')
    assert page.inner_text("#card_number-error").startswith("This card number is not right")
    for field, text in (("card_number", "4242424242424242"), ("expiry", "12/31"), ("cvc", "123")):
        page.fill(f"#{field}", text)
    page.keyboard.press("Enter")
    page.wait_for_url("**/appointments/*?payment=returned")
    context.close()


def test_a_person_is_chosen_with_the_keyboard_and_without_javascript(browser: Browser, street: Street) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(street.chooser)
    page.focus(".people button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/api/auth/google/callback?code=*")
    context.close()
