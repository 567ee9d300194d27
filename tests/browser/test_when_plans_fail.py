"""What can come between a booking and its visit: the bank, a doctor who does not come or is suspended, a time that suits better."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visitors
from browser.counter import Counter
from browser.house import House
from browser.steps import (
    BOUNCING_CARD,
    GOOD_CARD,
    Time,
    arrive,
    hold,
    on_booked,
    on_receipt,
    open_checkout,
    pay,
    sign_in_staff,
    time_of,
)
from browser.town import ADMINISTRATOR
from browser.visitor import audit

pytestmark = pytest.mark.long

_TELEPHONE = 360
_AWAY = "net::ERR_CONNECTION_REFUSED"


def test_a_payment_that_the_bank_takes_back_is_paid_again(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    page = visitors(width=width).page
    hold(page, time_of(house.town.asha, days=7, hour=9, minute=half), email)
    open_checkout(page)
    pay(page, BOUNCING_CARD)
    expect(on_booked(page)).to_be_visible()
    owing = page.get_by_role("status").filter(has_text="Your payment did not work out.")
    expect(owing).to_be_visible()
    audit(page)
    [letter] = house.mails(email, about="Please pay again")
    link = re.search(r"\S+/appointments/\S+", letter["text"])
    assert link
    page.goto(link[0])
    owing.get_by_role("link").click()
    expect(on_receipt(page)).to_be_visible()
    expect(page.get_by_role("button", name="Let this time go")).to_be_hidden()
    audit(page)
    open_checkout(page)
    page.go_back()
    open_checkout(page)
    pay(page, GOOD_CARD)
    expect(on_booked(page)).to_be_visible()
    expect(owing).to_be_hidden()


def test_an_earlier_time_is_waited_for_offered_and_moved_to(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    asha = house.town.asha
    earlier, present = time_of(asha, days=13, hour=9, minute=half), time_of(asha, days=14, hour=10, minute=half)
    page, rival = visitors(width=width).page, visitors().page
    others = _counter(rival, f"rival-{email}")
    theirs = others.hold(earlier)
    visit = _counter(page, email).book(present)
    page.goto(f"/appointments/{visit}")
    page.get_by_role("button", name="Tell me if an earlier time becomes free").click()
    dialog = page.get_by_role("dialog", name="Wait for an earlier time")
    expect(dialog).to_contain_text("stays yours")
    audit(page)
    dialog.get_by_role("button", name="Wait for it").click()
    expect(page.get_by_text("You are waiting for an earlier time.")).to_be_visible()
    others.post(f"/api/appointments/{theirs}/cancel", {"reason": ""})
    [letter] = house.mails(email, about="An earlier time is free")
    link = re.search(r"Answer the offer: (\S+)", letter["text"])
    assert link
    page.goto(link[1])
    expect(page.get_by_role("heading", name="An earlier time has become free")).to_be_visible()
    expect(page.get_by_text("You pay nothing more")).to_be_visible()
    audit(page)
    page.get_by_role("button", name="Move my visit here").click()
    expect(on_booked(page)).to_be_visible()
    expect(page.get_by_role("region", name="Receipt")).to_contain_text(earlier.day)


def test_a_doctor_who_did_not_come_is_told_of_and_both_decisions_are_explained(
    visitors: Visitors, house: House, email: str
) -> None:
    first = Time(_next_half_hour(), house.town.noor)
    second = Time(first.at + timedelta(minutes=30), house.town.noor)
    patient, chief = visitors(width=_TELEPHONE), visitors()
    for each in (patient, chief):
        each.expects(_AWAY)
    page, office = patient.page, chief.page
    counter = _counter(page, email)
    came = counter.book(first)
    assert house.mails(email, about="You are booked")
    missed = counter.book(second)
    late = int((second.at - datetime.now(UTC)) / timedelta(minutes=1)) + 20
    with house.later(minutes=late):
        for visit, words in ((came, ""), (missed, "I waited for a quarter of an hour.")):
            page.goto(f"/appointments/{visit}")
            _says_nobody_came(page, words)
        audit(page)
        sign_in_staff(office, ADMINISTRATOR)
        office.get_by_role("link", name="Absences to decide").click()
        claims = office.get_by_role("listitem").filter(has_text="says that")
        expect(claims).to_have_count(2)
        audit(office)
        claims.filter(has_not_text="quarter of an hour").get_by_role("button", name="the doctor came").click()
        _decides(office, "What did you find out?", "The record shows a call of 20 minutes.", "Leave it as it is")
        expect(claims).to_have_count(1)
        claims.get_by_role("button", name="the doctor did not come").click()
        _decides(office, "What did you find out?", "The doctor was ill.", "Cancel and give it back")
        expect(office.get_by_text("Nobody waits for a decision.")).to_be_visible()
        page.goto(f"/appointments/{came}")
        expect(page.get_by_text("Our reason: The record shows a call of 20 minutes.")).to_be_visible()
        page.goto(f"/appointments/{missed}")
        expect(page.get_by_text("We have given back $59.00.")).to_be_visible()
        others = page.get_by_role("region", name="Other times for you")
        expect(others.get_by_role("heading", name=f"{house.town.noor.name}, next free times")).to_be_visible()
        audit(page)
        others.get_by_role("button", name="Hold this time").first.click()
        expect(on_receipt(page)).to_be_visible()
        _hides_what_was_said(page, office, house, came)
        _reports(page, came)


def _says_nobody_came(page: Page, words: str) -> None:
    page.get_by_role("button", name="The doctor did not come").click()
    dialog = page.get_by_role("dialog", name="The doctor did not come?")
    expect(dialog.get_by_role("button", name="I keep waiting")).to_be_focused()
    audit(page)
    dialog.get_by_label("What happened?").fill(words)
    dialog.get_by_role("button", name="Tell the clinic").click()
    expect(page.get_by_role("status").filter(has_text="that the doctor did not come")).to_be_visible()


def _decides(office: Page, label: str, words: str, go: str) -> None:
    dialog = office.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Not yet")).to_be_focused()
    audit(office)
    dialog.get_by_label(label).fill(words)
    dialog.get_by_role("button", name=go).click()
    expect(dialog).to_be_hidden()


def _hides_what_was_said(page: Page, office: Page, house: House, visit: str) -> None:
    noor = house.town.noor
    doctor = Counter.of_doctor(page, noor)
    doctor.post(f"/api/appointments/{visit}/fulfil")
    doctor.put(
        f"/api/appointments/{visit}/prescription",
        {"medicines": [{"name": "Ibuprofen", "dose": "400 mg", "days": 5}], "advice": "Drink enough."},
    )
    Counter.of_patient(page).put(
        f"/api/appointments/{visit}/feedback", {"stars": 1, "title": "Read my diary", "review": "All of it."}
    )
    office.goto(f"/admin/doctors/{noor.id}")
    office.get_by_role("button", name="Hide “Read my diary”").click()
    _decides_to_hide(office)
    page.goto(f"/appointments/{visit}/feedback")
    expect(page.get_by_text("This feedback is not shown to others: It names somebody.")).to_be_visible()
    audit(page)
    page.goto(f"/doctors/{noor.id}")
    expect(page.get_by_role("heading", level=1, name=noor.name)).to_be_visible()
    expect(page.get_by_text("Read my diary")).to_be_hidden()
    office.get_by_role("button", name="Show again: “Read my diary”").click()
    audit(office)
    office.get_by_role("dialog").get_by_role("button", name="Leave it hidden").click()
    page.goto(f"/appointments/{visit}")
    page.get_by_role("link", name="See the prescription").click()
    paper = page.get_by_role("article")
    expect(paper).to_contain_text("400 mg, for 5 days")
    expect(paper).to_contain_text("Drink enough.")
    audit(page)
    with page.expect_download() as file:
        page.get_by_role("button", name="Save as PDF").click()
    assert file.value.path().read_bytes().startswith(b"%PDF")


def _decides_to_hide(office: Page) -> None:
    dialog = office.get_by_role("dialog", name="Hide this feedback?")
    expect(dialog.get_by_role("button", name="Leave it")).to_be_focused()
    dialog.get_by_label("Why?").fill("It names somebody.")
    dialog.get_by_role("button", name="Hide it").click()
    expect(office.get_by_text("Hidden because: It names somebody.")).to_be_visible()


def _reports(page: Page, visit: str) -> None:
    page.goto(f"/report?visit={visit}")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Please write what happened.")).to_be_visible()
    expect(page.get_by_label("What happened?")).to_be_focused()
    audit(page)
    page.get_by_label("What happened?").fill("The doctor shouted.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="Your report has arrived")).to_be_visible()
    audit(page)


def _counter(page: Page, email: str) -> Counter:
    headers = arrive(page, email)
    return Counter(page.request, headers["Authorization"].removeprefix("Bearer "))


def _next_half_hour() -> datetime:
    """The next slot of whoever is open day and night that can still be held and paid for."""
    now = datetime.now(UTC) + timedelta(minutes=5)
    return now.replace(minute=30 * (now.minute // 30), second=0, microsecond=0) + timedelta(minutes=30)
