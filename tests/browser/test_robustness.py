"""Refresh, Back, pasted links, lapsed holds, rivals, other tabs, a server that goes away: the patient always learns where they stand."""

import re

import pytest
from playwright.sync_api import expect

from browser.conftest import Visitors
from browser.house import House
from browser.steps import (
    GOOD_CARD,
    book,
    hold,
    hold_by_hand,
    on_booked,
    on_receipt,
    open_checkout,
    pay,
    sign_in,
    slot,
    time_of,
)
from browser.visitor import audit

pytestmark = pytest.mark.slow

OFFLINE = "net::ERR_CONNECTION_REFUSED"
SIGN_IN = re.compile("/sign-in")


def test_a_link_to_somebody_elses_receipt_asks_who_one_is_and_then_shows_nothing(
    visitors: Visitors, house: House, email: str
) -> None:
    owner = visitors().page
    hold(owner, time_of(house.town.asha, days=3, hour=10), email)
    stranger = visitors()
    stranger.expects(r"GET /api/appointments/\S+ 404")
    stranger.page.goto(owner.url)
    expect(stranger.page).to_have_url(SIGN_IN)
    sign_in(stranger.page, f"not-{email}")
    expect(stranger.page.get_by_text("There is nothing here, or it is not yours.")).to_be_visible()
    expect(on_receipt(stranger.page)).to_be_hidden()


def test_back_after_a_hold_shows_it_as_ones_own_and_leads_on(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    wanted = time_of(house.town.asha, days=3, hour=11, minute=half)
    page = visitors(width=width).page
    hold_by_hand(page, wanted, email)
    page.go_back()
    slot(page, wanted, "kept for you").click()
    expect(on_receipt(page)).to_be_visible()
    open_checkout(page)
    page.go_back()
    expect(page.get_by_role("button", name="Pay $59.00")).to_be_enabled()
    open_checkout(page)


def test_a_time_taken_meanwhile_says_so_and_shows_the_day_as_it_is(
    visitors: Visitors, house: House, email: str
) -> None:
    wanted = time_of(house.town.asha, days=4, hour=9)
    slow, rival = visitors(), visitors()
    slow.expects("POST /api/appointments 409")
    page = slow.page
    hold(page, time_of(house.town.asha, days=4, hour=15), email)
    page.goto(wanted.link)
    expect(slot(page, wanted, "chosen")).to_be_visible()
    hold(rival.page, wanted, f"rival-{email}")
    page.get_by_role("button", name="Hold this time").click()
    expect(page.get_by_role("alert")).to_have_text(
        f"Someone else has just taken {wanted.here}. You have not paid anything. These times are still free:"
    )
    expect(slot(page, wanted, "held")).to_be_visible()
    expect(slot(page, time_of(house.town.asha, days=4, hour=9, minute=30), "available")).to_be_visible()
    audit(page)


def test_a_lapsed_hold_says_so_and_offers_the_time_and_the_day_again(
    visitors: Visitors, house: House, email: str
) -> None:
    wanted = time_of(house.town.asha, days=5, hour=9)
    visitor = visitors()
    visitor.expects(OFFLINE)
    page = visitor.page
    hold(page, wanted, email)
    with house.later(minutes=11):
        page.reload()
        expect(page.get_by_role("heading", name="The time is no longer kept")).to_be_visible()
        expect(page.get_by_role("status").filter(has_text="We kept")).to_have_text(
            f"We kept {wanted.here} for 10 minutes. It is now open to others. You were not charged. Try it again?"
        )
        audit(page)
        page.get_by_role("link", name="Choose another time").click()
        expect(slot(page, wanted, "available")).to_be_visible()
        page.go_back()
        page.get_by_role("button", name=f"Try {wanted.here} again").click()
        expect(on_receipt(page)).to_be_visible()


def test_the_countdown_goes_by_the_time_of_the_product(visitors: Visitors, house: House, email: str) -> None:
    visitor = visitors()
    visitor.expects(OFFLINE)
    page = visitor.page
    with house.later(minutes=30):
        hold(page, time_of(house.town.asha, days=5, hour=15), email)
        expect(page.get_by_text(re.compile(r"^(9:00|8:\d\d)$"))).to_be_visible()


def test_a_hold_whose_checkout_has_closed_says_so_and_can_still_be_let_go(
    visitors: Visitors, house: House, email: str
) -> None:
    wanted = time_of(house.town.asha, days=6, hour=15)
    visitor = visitors()
    visitor.expects(OFFLINE)
    page = visitor.page
    hold(page, wanted, email)
    with house.later(minutes=9):
        page.reload()
        expect(page.get_by_text("The time to pay is over. You were not charged.")).to_be_visible()
        expect(page.get_by_role("button", name="Pay $59.00")).to_be_disabled()
        audit(page)
        page.get_by_role("button", name="Let this time go").click()
        expect(slot(page, wanted, "available")).to_be_visible()


def test_a_hold_is_let_go_wherever_it_is_shown(visitors: Visitors, house: House, email: str) -> None:
    first, second = (time_of(house.town.asha, days=6, hour=hour) for hour in (14, 16))
    page = visitors(width=360).page
    hold(page, first, email)
    page.goto(first.link)
    expect(slot(page, first, "kept for you")).to_be_visible()
    expect(page.get_by_role("link", name="Check and pay")).to_be_visible()
    page.get_by_role("button", name="Let this time go").click()
    expect(slot(page, first, "chosen")).to_be_visible()
    expect(page.get_by_text("Someone else")).to_be_hidden()
    slot(page, second, "available").click()
    page.get_by_role("button", name="Hold this time").click()
    expect(on_receipt(page)).to_be_visible()
    page.goto("/appointments")
    page.get_by_role("button", name="Let this time go").click()
    expect(page.get_by_text("You have no appointments yet")).to_be_visible()


def test_a_server_that_goes_away_in_the_middle_costs_nothing(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    visitor = visitors(width=width)
    visitor.expects(OFFLINE)
    page = visitor.page
    hold(page, time_of(house.town.asha, days=5, hour=10, minute=half), email)
    with house.closed():
        page.get_by_role("button", name="Pay $59.00").click()
        expect(page.get_by_role("alert")).to_contain_text("We could not reach Openhours.")
    open_checkout(page)
    pay(page, GOOD_CARD)
    expect(on_booked(page)).to_be_visible()


def test_a_session_that_is_over_asks_to_sign_in_and_leads_back(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    visitor = visitors(width=width)
    page = visitor.page
    hold(page, time_of(house.town.asha, days=5, hour=14, minute=half), email)
    visitor.context.clear_cookies()
    page.reload()
    expect(page).to_have_url(SIGN_IN)
    sign_in(page, email, again=True)
    expect(on_receipt(page)).to_be_visible()


def test_paying_in_one_tab_leaves_nothing_to_pay_in_the_other(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    visitor = visitors(width=width)
    visitor.expects(r"POST /api/appointments/\S+/checkout 409")
    page = visitor.page
    book_time = time_of(house.town.asha, days=6, hour=9, minute=half)
    hold(page, book_time, email)
    other_tab = visitor.tab()
    other_tab.goto(page.url)
    expect(on_receipt(other_tab)).to_be_visible()
    open_checkout(page)
    pay(page, GOOD_CARD)
    expect(on_booked(page)).to_be_visible()
    other_tab.get_by_role("button", name="Pay $59.00").click()
    expect(on_booked(other_tab)).to_be_visible()
    assert len(house.mails(email, about="You are booked")) == 1


def test_the_refund_stands_there_before_a_visit_is_cancelled(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    page = visitors(width=width).page
    book(page, time_of(house.town.asha, days=6, hour=11, minute=half), email)
    page.get_by_role("button", name="Cancel this appointment").click()
    dialog = page.get_by_role("dialog", name="Cancel this appointment?")
    expect(dialog).to_contain_text("$59.00")
    expect(dialog.get_by_role("button", name="Keep my appointment")).to_be_focused()
    audit(page)
    dialog.get_by_role("button", name="Cancel and refund $59.00").click()
    expect(page.get_by_role("heading", name="This appointment is cancelled")).to_be_visible()
    expect(page.get_by_text("We have given back $59.00.")).to_be_visible(timeout=20_000)
    audit(page)
