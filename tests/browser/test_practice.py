"""A doctor's own: registering in steps, the profile with its preview, what was earned."""

import pytest
from playwright.sync_api import expect

from browser.conftest import Visitors
from browser.house import House
from browser.steps import book, sign_in_staff, time_of
from browser.town import PASSWORD
from browser.visitor import audit

pytestmark = pytest.mark.long


def test_a_doctor_registers_in_steps_that_keep_what_was_typed(
    visitors: Visitors, house: House, email: str, width: int
) -> None:
    visitor = visitors(width=width, zone="Europe/Oslo")
    visitor.expects("POST /api/auth/doctors 400", "POST /api/auth/doctors 409")
    page = visitor.page
    page.goto("/register")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("Name")).to_be_focused()
    audit(page)
    page.get_by_label("Name").fill("Dr Signe Berg")
    page.get_by_label("E-mail").fill(house.town.asha.email)
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_label("Phone number").fill("+47 30 123456")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Your practice")).to_be_focused()
    page.get_by_role("combobox", name="Specialization").fill("Sleep")
    page.get_by_label("Fee for a visit").fill("90")
    expect(page.get_by_text("Patients pay $106.20, with 18% tax.")).to_be_visible()
    audit(page)
    page.go_back()
    expect(page.get_by_label("Name")).to_have_value("Dr Signe Berg")
    page.go_forward()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="What comes after")).to_have_count(0)
    expect(page.get_by_text("What comes after")).to_be_visible()
    audit(page)
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_label("Password", exact=True)).to_be_focused()

    for password, address in ((PASSWORD, house.town.asha.email), (PASSWORD, email)):
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_label("E-mail").fill(address)
        page.get_by_role("button", name="Next").click()
        page.get_by_role("button", name="Next").click()
        page.get_by_role("button", name="Register").click()
        if address != email:
            expect(page.get_by_role("link", name="Sign in instead")).to_be_visible()
    expect(page.get_by_role("heading", name="You are registered")).to_be_focused()
    audit(page)
    page.get_by_role("link", name="Go on without a picture").click()
    expect(page.get_by_text("Your registration waits for approval")).to_be_visible()
    audit(page)

    page.get_by_role("link", name="Complete your profile").click()
    page.get_by_label("Fee for a visit").fill("100")
    preview = page.get_by_role("region", name="As patients see you")
    expect(preview).to_contain_text("$118.00")
    page.get_by_label("About you").fill("Sleep, and the want of it.")
    expect(preview).to_contain_text("Sleep, and the want of it.")
    page.get_by_role("link", name="Hours", exact=True).filter(visible=True).click()
    question = page.get_by_role("dialog", name="Leave without saving?")
    expect(question.get_by_role("button", name="Stay here")).to_be_focused()
    audit(page)
    question.get_by_role("button", name="Stay here").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Your profile is saved.")).to_be_visible()
    audit(page)
    page.reload()
    expect(page.get_by_label("About you")).to_have_value("Sleep, and the want of it.")


def test_a_doctor_sees_what_was_earned_and_by_which_payments(visitors: Visitors, house: House, email: str) -> None:
    wanted = time_of(house.town.asha, days=5, hour=10)
    name = f"Lena {email.partition('@')[0]}"
    book(visitors().page, wanted, email, name=name)
    page = visitors(zone=wanted.doctor.zone).page
    sign_in_staff(page, wanted.doctor.email)
    expect(page.get_by_role("heading", name="Coming days")).to_be_visible()
    page.get_by_role("link", name="Earnings").click()
    page.get_by_role("link", name="Payments of").first.click()
    expect(page.get_by_role("row").filter(has_text=name)).to_contain_text("$59.00")
    audit(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the year as a table").click()
    assert b"59,0.00" in saved.value.path().read_bytes() or b",59," in saved.value.path().read_bytes()
    page.get_by_role("link", name="Go to 20").first.click()
    expect(page.get_by_role("heading", name="Nothing was paid in")).to_be_visible()
    audit(page)
