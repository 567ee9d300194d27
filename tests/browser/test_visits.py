"""A visit between its booking and its end: moved, waited for, offered, called off, and joined when it is time."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visitors
from browser.counter import Counter, instant
from browser.house import House
from browser.steps import Time, on_booked, on_receipt, sign_in, slot, time_of
from browser.visitor import audit

pytestmark = pytest.mark.long

OFFLINE = "net::ERR_CONNECTION_REFUSED"


def test_a_visit_is_moved_and_whoever_was_faster_costs_nothing(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    asha = house.town.asha
    first, taken, later = (time_of(asha, days=days, hour=9, minute=half) for days in (8, 9, 10))
    visitor, rival = visitors(width=width), visitors()
    visitor.expects(r"POST /api/appointments/\S+/reschedule 409")
    page = visitor.page
    visit = _come(page, email).book(first)
    page.goto(f"/appointments/{visit}")
    expect(on_booked(page)).to_be_visible()
    other_tab = visitor.tab()
    other_tab.goto(f"/appointments/{visit}/move?at={instant(later.at.astimezone(UTC)).replace('+00:00', 'Z')}")
    expect(slot(other_tab, later, "chosen")).to_be_visible()
    page.get_by_role("link", name="Move to another time").click()
    expect(page.get_by_text("You can move it 3 more times.")).to_be_visible()
    audit(page)
    _choose_to_move(page, taken)
    dialog = page.get_by_role("dialog", name="Move your visit to this time?")
    expect(dialog).to_contain_text("You have paid $59.00. That stays as it is: nothing is charged again.")
    expect(dialog.get_by_role("button", name="Keep the time I have")).to_be_focused()
    audit(page)
    _come(rival.page, f"rival-{email}").hold(taken)
    dialog.get_by_role("button", name="Move my visit").click()
    expect(page.get_by_role("alert")).to_contain_text(
        f"Someone else has just taken {taken.here}. Your visit is still on {first.day}"
    )
    page.reload()
    _choose_to_move(page, time_of(asha, days=9, hour=10, minute=half))
    page.get_by_role("dialog").get_by_role("button", name="Move my visit").click()
    expect(on_booked(page)).to_be_visible()
    expect(page.get_by_role("region", name="Receipt")).to_contain_text(time_of(asha, days=9, hour=10, minute=half).day)
    # The page that was open before knows an older visit.
    other_tab.get_by_role("button", name="See what changes").click()
    other_tab.get_by_role("dialog").get_by_role("button", name="Move my visit").click()
    expect(other_tab.get_by_role("alert").or_(on_booked(other_tab))).to_be_visible()


def test_who_waits_is_offered_what_becomes_free_and_answers_from_the_mail(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    asha = house.town.asha
    wanted = time_of(asha, days=12, hour=9, minute=half)
    visitor, rival = visitors(width=width), visitors()
    page = visitor.page
    others = _come(rival.page, f"rival-{email}")
    theirs = others.hold(wanted)
    _come(page, email)
    page.goto(f"/doctors/{asha.id}")
    page.get_by_role("button", name="Tell me when a time becomes free").click()
    dialog = page.get_by_role("dialog", name="Wait for a time")
    expect(dialog.get_by_label("Who is the visit for?")).to_be_visible()
    audit(page)
    dialog.get_by_role("button", name="Wait for it").click()
    expect(page.get_by_text("You are waiting for a time with this doctor.")).to_be_visible()
    others.post(f"/api/appointments/{theirs}/cancel", {"reason": ""})
    (letter,) = house.mails(email, about="A time is free")
    link = re.search(r"Answer the offer: (\S+)", letter["text"])
    assert link
    page.goto("/waiting")
    expect(page.get_by_text("A time is kept for you now")).to_be_visible()
    audit(page)
    # Signed out meanwhile, the letter's link leads to the offer all the same.
    visitor.context.clear_cookies()
    page.goto(link[1])
    sign_in(page, email, again=True)
    expect(page.get_by_role("heading", name="A time has become free")).to_be_visible()
    audit(page)
    page.get_by_role("button", name="Take this time").click()
    expect(on_receipt(page)).to_be_visible()


def test_a_visit_is_joined_when_it_is_time_and_its_doctor_offers_another(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    noor = house.town.noor
    soon = Time(_next_half_hour() + timedelta(minutes=half), noor)
    visitor = visitors(width=width)
    visitor.expects(OFFLINE)
    page = visitor.page
    visit = _come(page, email).book(soon)
    page.goto(f"/appointments/{visit}")
    expect(on_booked(page)).to_be_visible()
    wait = soon.at - datetime.now(UTC)
    with house.later(minutes=int(wait / timedelta(minutes=1)) + 11):
        page.reload()
        expect(page.get_by_role("button", name="The doctor did not come")).to_be_visible(timeout=20_000)
        audit(page)
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Join visit").click()
        expect(opened.value).to_have_url(re.compile("/simulator/meet/"))
        opened.value.close()
        expect(page.get_by_role("heading", name="Your visit is on")).to_be_visible()
        doctor = Counter.of_doctor(page, noor)
        times = [instant(soon.at + timedelta(days=days)) for days in (3, 4)]
        until = instant(datetime.now(UTC) + timedelta(days=2))
        doctor.post(f"/api/appointments/{visit}/follow-up", {"times": times, "until": until})
        page.goto("/appointments")
        page.get_by_role("link", name="Answer").first.click()
        expect(page.get_by_role("heading", name=f"{noor.name} would like to see you again")).to_be_visible()
        expect(page.get_by_role("radio")).to_have_count(2)
        audit(page)
        page.get_by_role("radio").nth(1).check()
        page.get_by_role("button", name="Take this time").click()
        expect(on_receipt(page)).to_be_visible()
        expect(page.get_by_role("button", name="Let this time go")).to_be_visible()


def _come(page: Page, email: str) -> Counter:
    """Sign in, and stand at the counter."""
    page.goto("/sign-in?return_to=/appointments")
    sign_in(page, email)
    expect(page.get_by_role("heading", name="Your appointments")).to_be_visible()
    return Counter.of_patient(page)


def _choose_to_move(page: Page, wanted: Time) -> None:
    page.goto(f"{page.url.split('?')[0]}?at={instant(wanted.at.astimezone(UTC)).replace('+00:00', 'Z')}")
    expect(slot(page, wanted, "chosen")).to_be_visible()
    page.get_by_role("button", name="See what changes").click()


def _next_half_hour() -> datetime:
    """The next slot of whoever is open day and night that can still be held and paid for."""
    now = datetime.now(UTC) + timedelta(minutes=5)
    return now.replace(minute=30 * (now.minute // 30), second=0, microsecond=0) + timedelta(minutes=30)
