"""What is true of every page: its language and colours, the way past the menu, a lost connection, a session that ends."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visitors
from browser.house import House
from browser.steps import choose_account, give_phone, sign_in_staff
from browser.town import PASSWORD
from browser.visitor import audit

pytestmark = pytest.mark.long


def test_language_and_colours_are_changed_at_the_foot_of_a_page_and_keep_the_place(visitors: Visitors) -> None:
    page = visitors(width=360).page
    page.goto("/doctors?specialization=Skin+%28dermatology%29")
    page.get_by_role("group", name="Language").get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("heading", name="Arztsuche", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile(r"specialization=Skin"))
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page).to_have_title("Arztsuche – Openhours")
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("article")).to_contain_text("Haut (Dermatologie)")
    audit(page)
    # What doctors wrote in English is found by its German name as it stands there.
    page.goto("/doctors?q=Haut+%28Dermatologie%29")
    expect(page.get_by_role("article")).to_contain_text("Haut (Dermatologie)")
    page.get_by_role("group", name="Farben").get_by_role("button", name="Dunkel").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.goto("/gibt-es-nicht")
    expect(page.get_by_role("heading", name="Hier ist nichts")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    audit(page)
    page.get_by_role("link", name="Zur Startseite").click()
    expect(page.get_by_role("heading", name="Zum Arzt, wann es Ihnen passt")).to_be_visible()
    audit(page)
    page.get_by_role("group", name="Sprache").get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="See a doctor at a time that suits you")).to_be_visible()


def test_a_page_that_was_gone_to_is_announced_and_its_content_reached_without_the_menu(visitors: Visitors) -> None:
    visitor = visitors()
    visitor.expects("net::ERR_INTERNET_DISCONNECTED")
    page = visitor.page
    page.goto("/sign-in")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="Find a doctor").click()
    expect(page.locator("p[aria-live]")).to_have_text("Find a doctor")
    expect(page.locator("main")).to_be_focused()
    visitor.context.set_offline(True)
    expect(page.get_by_role("status").filter(has_text="You are not connected.")).to_be_visible()
    audit(page)
    visitor.context.set_offline(False)
    expect(page.get_by_text("You are not connected.")).to_be_hidden()


def test_a_session_that_ends_in_the_middle_of_a_form_costs_none_of_it(
    visitors: Visitors, house: House, email: str
) -> None:
    patient, doctor = visitors(width=360), visitors()
    for visitor in (patient, doctor):
        visitor.expects("net::ERR_CONNECTION_REFUSED", r"/api/\S+ 401")
    patient.page.goto("/you/details")
    patient.page.get_by_role("link", name="Continue with Google").click()
    choose_account(patient.page, email)
    give_phone(patient.page)
    expect(patient.page).to_have_url(re.compile("/you/details$"))
    patient.page.get_by_label("Phone number").fill("+1 312 555 0199")
    sign_in_staff(doctor.page, house.town.asha.email)
    doctor.page.get_by_role("link", name="Hours", exact=True).filter(visible=True).click()
    doctor.page.get_by_role("checkbox", name="Sunday").uncheck()
    with house.later(minutes=15):
        for visitor in (patient, doctor):
            visitor.context.clear_cookies()
        patient.page.get_by_role("button", name="Save").click()
        doctor.page.get_by_role("button", name="Save hours").click()
        _sign_in_beside(patient.page, email)
        dialog = doctor.page.get_by_role("dialog", name="Please sign in again")
        expect(dialog).to_be_visible()
        audit(doctor.page)
        dialog.get_by_label("Password", exact=True).fill(PASSWORD)
        dialog.get_by_role("button", name="Sign in").click()
        expect(dialog).to_be_hidden()
        expect(doctor.page.get_by_role("checkbox", name="Sunday")).not_to_be_checked()
        doctor.page.get_by_role("button", name="Save hours").click()
        expect(doctor.page.get_by_text("Your hours are saved.")).to_be_visible()
        expect(patient.page.get_by_label("Phone number")).to_have_value("+1 312 555 0199")
        patient.page.get_by_role("button", name="Save").click()
        expect(patient.page.get_by_text("Saved.")).to_be_visible()


def _sign_in_beside(page: Page, email: str) -> None:
    """In the tab that the dialog opens; the first one goes on by itself."""
    dialog = page.get_by_role("dialog", name="Please sign in again")
    expect(dialog).to_be_visible()
    audit(page)
    with page.expect_popup() as opened:
        dialog.get_by_role("link", name="Sign in in a new tab").click()
    beside = opened.value
    beside.get_by_role("link", name="Continue with Google").click()
    choose_account(beside, email)
    expect(beside.get_by_role("heading", name="You are signed in")).to_be_visible()
    expect(dialog).to_be_hidden()
