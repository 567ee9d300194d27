"""The main job, as a patient on a desk and on a telephone: find, choose, sign in, hold, be declined, pay, be told."""

import re
from datetime import UTC

import pytest
from playwright.sync_api import Page, expect

from browser.canaries import Overheard, found_in, overhear
from browser.conftest import Visitors
from browser.house import House
from browser.steps import (
    DECLINED_CARD,
    GOOD_CARD,
    Time,
    choose,
    choose_account,
    give_phone,
    on_booked,
    on_receipt,
    open_checkout,
    pay,
    time_of,
)
from browser.visitor import audit

_HOURS = {1280: 9, 360: 10}
"""Each width books a time of its own."""


@pytest.mark.parametrize("width", _HOURS)
def test_a_patient_finds_a_doctor_holds_a_time_is_declined_pays_and_both_are_told(
    visitors: Visitors, house: House, email: str, width: int
) -> None:
    asha = house.town.asha
    wanted = time_of(asha, days=3, hour=_HOURS[width])
    visitor = visitors(width=width)
    page, overheard = visitor.page, overhear(visitor.context)

    _find(page, asha.name)
    choose(page, wanted)
    audit(page)
    _sign_in(page, email)

    page.get_by_role("button", name="Hold this time").click()
    _receipt_says_everything(page, wanted)
    audit(page)

    open_checkout(page)
    audit(page)
    pay(page, DECLINED_CARD)
    expect(on_receipt(page)).to_be_visible()
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("Your bank did not accept this card.")
    expect(refusal).to_contain_text("No money was taken, and your time is still kept for you.")
    expect(page.get_by_text("pay by").filter(visible=True)).to_be_visible()
    audit(page)

    open_checkout(page)
    pay(page, GOOD_CARD)
    expect(on_booked(page)).to_be_visible()
    _booked_is_complete(page, wanted)
    audit(page)

    page.get_by_role("link", name="Your appointments").click()
    expect(page.get_by_role("heading", name="Your appointments")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(asha.name)
    audit(page)

    _both_are_told(house, email, wanted)
    _nobody_remembers_a_card(house, overheard)


def test_a_page_that_nobody_is_signed_in_to_opens_without_a_word_in_the_console(visitors: Visitors) -> None:
    page = visitors().page
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in ("/", "/doctors", "/sign-in"):
        page.goto(path)
        expect(page.get_by_role("link", name="Sign in", exact=True).first).to_be_visible()
    assert said == []


def _find(page: Page, name: str) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("See a doctor at a time that suits you")
    audit(page)
    page.get_by_role("combobox", name="What do you need?").fill("skin")
    page.get_by_role("option", name="Skin (dermatology)").click()
    expect(page.get_by_role("heading", name="Find a doctor")).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(1)
    audit(page)
    page.get_by_role("link", name=f"Book {name}").click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def _sign_in(page: Page, email: str) -> None:
    page.get_by_role("link", name="Sign in to hold this time").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    audit(page)
    page.get_by_role("link", name="Continue with Google").click()
    audit(page)
    choose_account(page, email)
    expect(page.get_by_role("heading", name="Welcome, Lena Koch")).to_be_visible()
    audit(page)
    give_phone(page)


def _receipt_says_everything(page: Page, wanted: Time) -> None:
    expect(on_receipt(page)).to_be_visible()
    receipt = page.get_by_role("region", name="Receipt")
    for words in (wanted.day, wanted.here, wanted.there, "Chicago time", "in Kolkata", wanted.doctor.name):
        expect(receipt).to_contain_text(words)
    lines = [
        *zip(
            receipt.get_by_role("term").all_inner_texts(),
            receipt.get_by_role("definition").all_inner_texts(),
            strict=True,
        )
    ]
    assert lines == [("Visit fee", "$50.00"), ("Tax (18%)", "$9.00"), ("You pay", "$59.00")]
    # A hold of ten minutes can be paid for nine.
    expect(page.get_by_text(re.compile(r"^(9:00|8:\d\d)( left)?$")).filter(visible=True)).to_be_visible()


def _booked_is_complete(page: Page, wanted: Time) -> None:
    expect(page.get_by_text("You can join from")).to_be_visible()
    page.get_by_role("button", name="Add to calendar").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Calendar file (.ics)").click()
    visit = download.value.path().read_text(encoding="utf-8")
    assert visit.startswith("BEGIN:VCALENDAR")
    assert f"DTSTART:{wanted.at.astimezone(UTC):%Y%m%dT%H%M%SZ}" in visit


def _nobody_remembers_a_card(house: House, overheard: Overheard) -> None:
    told = {
        "kept": house.kept,
        "log": house.log,
        "addresses": "\n".join(overheard.addresses),
        "titles": "\n".join(overheard.titles),
    }
    assert found_in(told, ("/checkout/",)) >= {("addresses", "/checkout/"), ("log", "/checkout/")}
    cards = [form for card in (GOOD_CARD, DECLINED_CARD) for form in (card, card.replace(" ", ""))]
    assert found_in(told, cards) == set()


def _both_are_told(house: House, email: str, wanted: Time) -> None:
    """Each in their own zone first, and in the other's."""
    (to_patient,) = house.mails(email, about="You are booked")
    assert f"{wanted.here} Chicago time (" in to_patient["text"]
    assert f"{wanted.there} Kolkata time)" in to_patient["text"]
    to_doctor = [
        letter["text"]
        for letter in house.mails(wanted.doctor.email, about="New visit")
        if wanted.there in letter["subject"]
    ]
    assert len(to_doctor) == 1
    assert f"{wanted.there} Kolkata time (" in to_doctor[0]
    assert f"{wanted.here} Chicago time)" in to_doctor[0]
