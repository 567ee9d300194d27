"""Doctors and administrators at work: today, hours, time off and approvals."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visitors
from browser.house import House
from browser.steps import Time, book, sign_in_staff, time_of
from browser.town import ADMINISTRATOR
from browser.visitor import audit

pytestmark = pytest.mark.long

_TELEPHONE = 360


def _next_half_hour(house: House) -> Time:
    """A time of today that is still to come, at the doctor's for whom it is the middle of the day."""
    noor = house.town.noor
    now = datetime.now(ZoneInfo(noor.zone))
    on_the_hour = now.replace(minute=0, second=0, microsecond=0)
    return Time(on_the_hour + timedelta(hours=2), noor)


@pytest.mark.parametrize("width", [1280, _TELEPHONE])
def test_a_doctor_sees_who_comes_today_and_joins(visitors: Visitors, house: House, email: str, width: int) -> None:
    wanted = _next_half_hour(house)
    wanted = Time(wanted.at + timedelta(minutes=30 * (width == _TELEPHONE)), wanted.doctor)
    patient = f"Lena {email.partition('@')[0]}"
    book(visitors().page, wanted, email, name=patient, reason="A cough that stays")

    page = visitors(width=width, zone=wanted.doctor.zone).page
    sign_in_staff(page, wanted.doctor.email)
    row = page.get_by_role("region", name="Today’s visits").get_by_role("listitem").filter(has_text=patient)
    expect(row).to_contain_text(re.sub(" [ap]m", "", wanted.there))
    expect(row).to_contain_text("A cough that stays")
    audit(page)
    with page.context.expect_page() as opened:
        row.get_by_role("link", name=f"Join visit: {patient}").click()
    expect(opened.value).to_have_url(re.compile("/simulator/meet/"))


@pytest.mark.parametrize("width", [1280, _TELEPHONE])
def test_hours_are_changed_previewed_saved_and_found_again(visitors: Visitors, house: House, width: int) -> None:
    page = visitors(width=width, zone="UTC").page
    sign_in_staff(page, house.town.pia.email)
    expect(page.get_by_text("Your registration waits for approval")).to_be_visible()
    page.get_by_role("link", name="Hours", exact=True).filter(visible=True).click()
    audit(page)
    sunday, times = page.get_by_role("checkbox", name="Sunday"), _times_a_week(page)
    sunday.set_checked(not sunday.is_checked())
    expect(page.get_by_text("You have changes that are not saved.")).to_be_visible()
    assert _times_a_week(page) != times
    closed, changed = not sunday.is_checked(), _times_a_week(page)
    page.get_by_role("button", name="Save hours").click()
    expect(page.get_by_text("Your hours are saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("checkbox", name="Sunday")).to_be_checked(checked=not closed)
    assert _times_a_week(page) == changed


def test_time_off_over_a_booked_visit_lists_it_before_anything_happens(
    visitors: Visitors, house: House, email: str
) -> None:
    wanted = time_of(house.town.noor, days=9, hour=10)
    patient = visitors()
    book(patient.page, wanted, email)

    page = visitors(zone=wanted.doctor.zone).page
    sign_in_staff(page, wanted.doctor.email)
    page.get_by_role("link", name="Hours", exact=True).click()
    page.get_by_role("button", name="Add time off").click()
    page.get_by_label("First day").fill(f"{wanted.at:%Y-%m-%d}")
    page.get_by_role("button", name="Save time off").click()
    warning = page.get_by_role("alert")
    expect(warning).to_contain_text("touches 1 booked visit")
    expect(warning).to_contain_text(wanted.there)
    expect(warning).to_contain_text("Lena Koch")
    audit(page)
    patient.page.reload()
    expect(patient.page.get_by_role("heading", name="You are booked")).to_be_visible()

    warning.get_by_role("button", name="Cancel 1 visit and save").click()
    expect(page.get_by_text("Your time off is saved.")).to_be_visible()
    patient.page.reload()
    expect(patient.page.get_by_text("Your doctor is away at that time.")).to_be_visible()
    assert "$59.00" in house.mails(email, about="Cancelled")[0]["text"]


@pytest.mark.parametrize("width", [1280, _TELEPHONE])
def test_an_administrator_sees_who_waits(visitors: Visitors, house: House, width: int) -> None:
    page = visitors(width=width).page
    sign_in_staff(page, ADMINISTRATOR)
    expect(page.get_by_role("heading", name="Waiting for you")).to_be_visible()
    audit(page)
    page.get_by_role("link", name="Doctors to approve").click()
    page.get_by_role("link", name="Listed").click()
    expect(page.get_by_text("Dr Asha Rao")).to_be_visible()
    audit(page)


def test_a_doctor_is_listed_once_an_administrator_approves(visitors: Visitors, house: House, email: str) -> None:
    name = f"Dr {email.partition('@')[0]} Berg"
    house.register(name=name, email=email)
    anyone, page = visitors().page, visitors().page
    anyone.goto("/doctors?specialization=Surgery")
    expect(anyone.get_by_text("No doctors match").first).to_be_visible()

    sign_in_staff(page, ADMINISTRATOR)
    page.get_by_role("link", name="Doctors to approve").click()
    page.get_by_role("button", name=f"Approve {name}").click()
    expect(page.get_by_text(f"{name} is listed now.")).to_be_visible()
    anyone.reload()
    expect(anyone.get_by_role("article")).to_contain_text(name)


def _times_a_week(page: Page) -> str:
    return page.get_by_role("status").filter(has_text="times a week").inner_text().split()[0]
