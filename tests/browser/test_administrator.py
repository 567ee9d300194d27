"""Administrators at work: deciding on doctors, and seeing to what failed and what was reported."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visitors
from browser.house import House
from browser.steps import arrive, book, sign_in_staff, time_of
from browser.town import ADMINISTRATOR
from browser.visitor import Visitor, audit
from servers.processes import wait_until

pytestmark = pytest.mark.long

_TELEPHONE = 360


def test_a_registration_is_rejected_with_a_reason_and_approved_after_all(
    visitors: Visitors, house: House, email: str, width: int
) -> None:
    name = f"Dr {email.partition('@')[0]} Berg"
    house.register(name=name, email=email)
    page = _at_work(visitors(width=width))
    page.get_by_role("link", name="Doctors to approve").click()
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_text("+4730123456")).to_be_visible()
    page.get_by_role("button", name=f"Reject {name}").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Not yet")).to_be_focused()
    audit(page)
    dialog.get_by_label("Why?").fill("Please send your diploma.")
    dialog.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Please send your diploma.")).to_be_visible()

    doctor = visitors(width=width).page
    sign_in_staff(doctor, email)
    expect(doctor.get_by_text("Your registration was not approved")).to_be_visible()
    expect(doctor.get_by_text("Please send your diploma.")).to_be_visible()
    audit(doctor)

    page.get_by_role("button", name=f"Approve after all: {name}").click()
    expect(page.get_by_text("Listed", exact=True)).to_be_visible()
    audit(page)


def test_suspending_shows_who_is_booked_and_cancels_them_if_wanted(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    wanted = time_of(house.town.noor, days=6, hour=10, minute=half)
    patient = visitors().page
    book(patient, wanted, email)
    name = wanted.doctor.name

    page = _at_work(visitors(width=width))
    page.goto("/admin/doctors?show=approved")
    page.get_by_role("button", name=f"Suspend {name}").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Keep listed")).to_be_focused()
    expect(dialog.get_by_text("Lena Koch")).to_be_visible()
    dialog.get_by_label("They are cancelled").check()
    audit(page)
    dialog.get_by_label("Why?").fill("The licence has run out.")
    dialog.get_by_role("button", name="Suspend and cancel 1 visit").click()
    expect(page.get_by_text(f"{name} is suspended. 1 visit was cancelled.")).to_be_visible()
    assert "$59.00" in house.mails(email, about="Cancelled")[0]["text"]

    page.goto("/admin/doctors?show=suspended")
    page.get_by_role("button", name=f"List again: {name}").click()
    expect(page.get_by_text("No doctor is suspended.")).to_be_visible()
    audit(page)


def test_what_failed_is_told_in_words_and_tried_again(visitors: Visitors, house: House) -> None:
    arrive(visitors().page, "nobody@example.invalid")
    page = _at_work(visitors(width=_TELEPHONE))
    _wait_for(page, "/api/admin/tasks?state=dead")
    page.goto("/admin")
    page.get_by_role("link", name="Tasks that failed").click()
    failed = page.get_by_role("listitem").filter(has_text="The other service refused.").first
    expect(failed).to_contain_text("this address takes no mail")
    audit(page)
    failed.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("It is being tried again now.")).to_be_visible()
    page.goto("/admin/audit?verb=retry-task")
    expect(page.get_by_role("row").filter(has_text="Failed task tried again")).to_have_count(1)
    audit(page)


def test_a_report_is_read_and_dealt_with(visitors: Visitors, house: House, email: str, width: int) -> None:
    patient = visitors().page
    headers = arrive(patient, email)
    told = {"about": "bug", "text": f"The page about my visit stays blank at {width}."}
    sent = patient.context.request.post("/api/reports", data=told, headers={**headers, "Idempotency-Key": uuid4().hex})
    assert sent.status == 201, sent.text()

    page = _at_work(visitors(width=width))
    page.get_by_role("link", name="Open reports").click()
    report = page.get_by_role("listitem").filter(has_text=told["text"])
    audit(page)
    report.get_by_role("button", name="Mark as dealt with").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What was done?").fill(f"Mended at {width}.")
    dialog.get_by_role("button", name="Dealt with").click()
    expect(page.get_by_text("No report is open.")).to_be_visible()
    page.get_by_role("link", name="Dealt with").click()
    expect(page.get_by_role("listitem").filter(has_text=f"Mended at {width}.")).to_be_visible()
    for path, empty in (("payments", "No payment is in trouble."), ("claims", "Nobody waits for a decision.")):
        page.goto(f"/admin/{path}")
        expect(page.get_by_text(empty)).to_be_visible()
        audit(page)
    page.goto("/admin/messages?show=sent")
    expect(page.get_by_role("table")).to_be_visible()
    audit(page)


def _at_work(visitor: Visitor) -> Page:
    sign_in_staff(visitor.page, ADMINISTRATOR)
    expect(visitor.page.get_by_role("heading", name="Waiting for you")).to_be_visible()
    return visitor.page


def _wait_for(page: Page, path: str) -> None:
    """Until the server lists something there."""
    token = page.context.request.post("/api/auth/refresh").json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    wait_until(lambda: bool(page.context.request.get(path, headers=headers).json()["items"]), seconds=30, every=0.3)
