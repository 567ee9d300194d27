"""A doctor's working day: who comes, the visit's page and what can be done there, the calendar, earlier visits and feedback."""

import json
import re
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visitors
from browser.house import House
from browser.steps import Time, book, sign_in_staff, time_of
from browser.town import PASSWORD
from browser.visitor import audit

pytestmark = pytest.mark.long

_WHILE_AWAY = ("ERR_CONNECTION_REFUSED", "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_RESET", " 5\\d\\d$", " 401$")
"""What a page sees that is open while the server begins anew, some time later."""


def _call(
    house: House, path: str, *, token: str = "", body: Mapping[str, object] | None = None, put: bool = False
) -> Any:
    request = urllib.request.Request(
        f"{house.url}{path}",
        None if body is None else json.dumps(body).encode(),
        {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})},
        method="PUT" if put else None,
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def _soon(house: House, minutes: int) -> Time:
    """So long after the next half hour, which is at most half an hour from now, with a doctor who is always open."""
    noor = house.town.noor
    now = datetime.now(ZoneInfo(noor.zone))
    half = now.replace(minute=30 * (now.minute // 30), second=0, microsecond=0)
    return Time(half + timedelta(minutes=30 + minutes), noor)


def _id_in(page: Page) -> str:
    found = re.search(r"/appointments/([0-9a-f-]{36})", page.url)
    assert found
    return found[1]


def test_a_visit_from_the_list_of_the_day_to_its_prescription_and_feedback(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    wanted = _soon(house, half)
    name = f"Lena {email.partition('@')[0]}"
    patient = visitors()
    book(patient.page, wanted, email, name=name, reason="A cough that stays")
    visit = _id_in(patient.page)
    # Their page is still open when the server's clock goes on.
    patient.expects(*_WHILE_AWAY)
    page = visitors(width=width, zone=wanted.doctor.zone).page
    with house.later(minutes=32 + half):
        # The letter leads to the visit, also for whoever has to sign in first.
        page.goto(f"/visits/{visit}")
        page.get_by_label("E-mail").fill(wanted.doctor.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
        expect(page.get_by_text("A cough that stays")).to_be_visible()
        expect(page.get_by_role("link", name="+13125550142")).to_be_visible()
        expect(page.get_by_text("The patient has not told anything yet.")).to_be_visible()
        audit(page)

        page.get_by_role("link", name="Today", exact=True).first.click()
        row = page.get_by_role("region", name="Today’s visits").get_by_role("listitem").filter(has_text=name)
        row.get_by_role("button", name=f"Arrived: {name}").click()
        expect(row.get_by_role("button", name=f"Arrived: {name}")).to_be_hidden()
        expect(row).to_contain_text("Arrived")
        audit(page)
        row.get_by_role("button", name=f"Visit done: {name}").click()
        question = page.get_by_role("dialog", name="Is this visit done?")
        expect(question.get_by_role("button", name="Not yet")).to_be_focused()
        audit(page)
        question.get_by_role("button", name="Yes, it is done").click()
        expect(row.get_by_text("Done", exact=True)).to_be_visible()

        row.get_by_role("link", name=re.compile("open the visit")).click()
        page.get_by_role("button", name="Write a prescription").click()
        page.get_by_role("button", name="Look at it first").click()
        expect(page.get_by_text("Write a medicine, or advice.")).to_be_visible()
        page.get_by_label("Name").fill("Ibuprofen")
        page.get_by_label("Dose").fill("400 mg")
        page.get_by_label("For how many days").fill("5")
        audit(page)
        page.get_by_role("button", name="Look at it first").click()
        expect(page.get_by_text("400 mg, for 5 days")).to_be_visible()
        page.get_by_role("button", name="Give it to the patient").click()
        expect(page.get_by_role("button", name="Change the prescription")).to_be_visible()
        with page.expect_download() as file:
            page.get_by_role("button", name="Prescription as PDF").click()
        assert file.value.suggested_filename == "prescription.pdf"

        page.get_by_role("button", name="Offer times for a follow-up").click()
        offer = page.get_by_role("dialog", name="Offer times for a follow-up")
        free = offer.get_by_role("list", name="Free times").get_by_role("button")
        free.nth(2).click()
        free.nth(4).click()
        audit(page)
        offer.get_by_role("button", name="Offer 2 times").click()
        expect(page.get_by_text("2 times are kept for the patient.")).to_be_visible()

        token = patient.page.evaluate("fetch('/api/auth/refresh', {method: 'POST'}).then(a => a.json())")[
            "access_token"
        ]
        said = {"stars": 4, "title": "Kind", "review": "Took time."}
        _call(house, f"/api/appointments/{visit}/feedback", token=token, body=said, put=True)
        page.goto("/feedback")
        expect(page.get_by_text("4.0 of 5")).to_be_visible()
        page.get_by_role("button", name="Answer once").click()
        page.get_by_label("Your answer").fill("Thank you.")
        audit(page)
        page.get_by_role("button", name="Look at it first").click()
        asked = page.get_by_role("dialog", name="Publish this answer?")
        expect(asked.get_by_role("button", name="Change something")).to_be_focused()
        asked.get_by_role("button", name="Publish the answer").click()
        expect(page.get_by_text("You answered on").first).to_be_visible()
        page.goto("/visits")
        expect(page.get_by_role("row").filter(has_text=name)).to_contain_text("Details")
        audit(page)


def test_a_visit_ahead_is_found_in_the_calendar_moved_and_called_off(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    wanted = time_of(house.town.asha, days=3, hour=10, minute=half)
    name = f"Harold {email.partition('@')[0]}"
    book(visitors().page, wanted, email, name=name)
    page = visitors(width=width, zone=wanted.doctor.zone).page
    sign_in_staff(page, wanted.doctor.email)
    page.get_by_role("link", name="Calendar", exact=True).click()
    page.goto(f"/calendar?day={wanted.at:%Y-%m-%d}")
    block = page.get_by_role("link", name=re.compile(f"^{name}, 10:{half:02}.am to .*, Booked"))
    expect(block).to_be_visible()
    audit(page)
    page.get_by_role("button", name="Month").click()
    expect(page.get_by_role("link", name=re.compile(rf"{wanted.at.day} .*1 visit"))).to_be_visible()
    audit(page)
    page.get_by_role("button", name="List").click()
    expect(page.get_by_text("Open 9:00").first).to_be_visible()
    audit(page)
    if width < 600:
        # A week is too wide for a telephone, whose days stand one below the other.
        page.goto(f"/calendar?day={wanted.at:%Y-%m-%d}")
    else:
        page.get_by_role("button", name="Week", exact=True).click()
    block.focus()
    page.keyboard.press("Enter")

    page.get_by_role("button", name="Move to another time").click()
    dialog = page.get_by_role("dialog", name="Move this visit")
    dialog.get_by_label("Day").select_option(f"{wanted.at + timedelta(days=1):%Y-%m-%d}")
    dialog.get_by_role("button", name=re.compile("^11:00")).click()
    audit(page)
    dialog.get_by_role("button", name=re.compile("^Move to ")).click()
    expect(page.get_by_text(re.compile("^Moved to"))).to_be_visible()

    page.get_by_role("button", name="Cancel the visit").click()
    dialog = page.get_by_role("dialog", name="Cancel this visit?")
    expect(dialog.get_by_role("button", name="Keep the visit")).to_be_focused()
    audit(page)
    dialog.get_by_role("button", name="Cancel and refund $59.00").click()
    expect(page.get_by_text("You cancelled this visit.")).to_be_visible()
    assert "$59.00" in house.mails(email, about="Cancelled")[0]["text"]


def test_a_missed_visit_is_taken_back_and_news_come_without_a_reload(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    wanted = _soon(house, 240 + half)
    name = f"Ruth {email.partition('@')[0]}"
    doctor = visitors(width=width, zone=wanted.doctor.zone)
    page = doctor.page
    sign_in_staff(page, wanted.doctor.email)
    expect(page.get_by_role("region", name="Today’s visits")).to_be_visible()
    patient = visitors()
    book(patient.page, wanted, email, name=name)
    for each in (doctor, patient):
        each.expects(*_WHILE_AWAY)
    # As when the doctor looks at this window again, half a minute early.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))")
    row = page.get_by_role("region", name="Today’s visits").get_by_role("listitem").filter(has_text=name)
    expect(row).to_be_visible(timeout=45_000)
    minutes = int((wanted.at - datetime.now(UTC)).total_seconds() // 60) + 12
    with house.later(minutes=minutes):
        page.reload()
        row.get_by_role("button", name=f"Did not come: {name}").click()
        expect(row.get_by_text("Missed", exact=True)).to_be_visible()
        audit(page)
        row.get_by_role("button", name=f"Undo: they did come: {name}").click()
        expect(row.get_by_role("button", name=f"Did not come: {name}")).to_be_visible()
