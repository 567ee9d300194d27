"""A doctor who forgot the password, chooses a new one by the letter's link, and changes it once more."""

import re

from playwright.sync_api import expect

from browser.conftest import Visitors
from browser.house import House
from browser.town import PASSWORD
from browser.visitor import audit

NEW, NEWER = "three quiet green owls", "four loud yellow owls"


def test_a_forgotten_password_is_replaced_by_the_letters_link_once(
    visitors: Visitors, house: House, email: str
) -> None:
    house.register(name="Dr Forgetful Berg", email=email)
    visitor = visitors(width=360)
    page = visitor.page
    page.goto("/sign-in/doctor")
    page.get_by_role("link", name="Forgot your password?").click()
    # The page before this one asks for an e-mail address too.
    expect(page.get_by_role("heading", name="Forgot your password?")).to_be_visible()
    page.get_by_label("E-mail").fill(email)
    audit(page)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    audit(page)

    letter = house.mails(email, about="A new password")[0]["text"]
    (link,) = re.findall(r"http\S+/new-password#\S+", letter)
    page.goto(link)
    # The secret goes into no other address.
    expect(page.get_by_role("link", name="Sign in", exact=True).first).to_have_attribute("href", "/sign-in")
    page.get_by_label("New password").fill(NEW)
    audit(page)
    page.get_by_role("button", name="Save the new password").click()
    expect(page.get_by_role("heading", name="Your new password is saved")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Sign in", exact=True).click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(NEW)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)

    page.goto("/you/password")
    visitor.expects("400")
    page.get_by_label("Your password now").fill(PASSWORD)
    page.get_by_label("New password").fill(NEWER)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("This is not your password.")).to_be_visible()
    page.get_by_label("Your password now").fill(NEW)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Your password is changed.")).to_be_visible()
    audit(page)

    stranger = visitors()
    stranger.expects("400")
    used = stranger.page
    used.goto(link)
    used.get_by_label("New password").fill(NEWER)
    used.get_by_role("button", name="Save the new password").click()
    expect(used.get_by_role("heading", name="This link is no longer good")).to_be_visible()
    audit(used)
