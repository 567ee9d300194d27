"""Each step of booking, and of moving a visit, under everything that can disturb it: the person is where they were."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import Visitors
from browser.counter import Counter
from browser.house import House
from browser.steps import (
    GOOD_CARD,
    Time,
    arrive,
    choose_account,
    give_phone,
    hold,
    on_booked,
    on_receipt,
    open_checkout,
    pay,
    sign_in,
    slot,
    time_of,
)
from browser.visitor import Visitor
from servers.processes import wait_until

OFFLINE = "net::ERR_CONNECTION_REFUSED"
SIGN_IN = re.compile("/sign-in")
NOTE = "A rash on the arm"


pytestmark = pytest.mark.long


class Step(NamedTuple):
    """How one comes there from the step before, and by what one knows to be there."""

    name: str
    go: Callable[[Page], object]
    sign: Callable[[Page], Locator]


def booking(wanted: Time, email: str) -> Iterator[Step]:
    def button(name: str) -> Callable[[Page], Locator]:
        return lambda page: page.get_by_role("button", name=name)

    def link(name: str) -> Callable[[Page], Locator]:
        return lambda page: page.get_by_role("link", name=name)

    def field(label: str) -> Callable[[Page], Locator]:
        return lambda page: page.get_by_label(label)

    who, google = link("Sign in to hold this time"), link("Continue with Google")
    book = link(f"Book {wanted.doctor.name}")
    yield Step("found", lambda page: page.goto("/doctors?specialization=Skin+%28dermatology%29"), book)
    yield Step("chosen", lambda page: page.goto(wanted.link), lambda page: slot(page, wanted, "chosen"))
    yield Step("asked who", lambda page: who(page).click(), google)
    yield Step("at Google", lambda page: google(page).click(), field("E-mail"))
    yield Step("welcomed", lambda page: choose_account(page, email), field("Phone number"))
    yield Step("signed in", give_phone, button("Hold this time"))
    yield Step("held", _hold, on_receipt)
    yield Step("paying", open_checkout, field("Card number"))
    yield Step("booked", lambda page: pay(page, GOOD_CARD), on_booked)


def test_every_step_of_booking_bears_a_refresh_back_a_second_tab_and_a_server_that_begins_anew(
    visitors: Visitors, house: House, email: str
) -> None:
    visitor = visitors(width=360)
    visitor.expects(OFFLINE)
    page = visitor.page
    for step in booking(time_of(house.town.asha, days=3, hour=9), email):
        step.go(page)
        expect(step.sign(page), step.name).to_be_visible()
        for disturbance in (_back_and_forward, _refreshed, _refreshed_once_the_server_began_anew):
            disturbance(page, house)
            expect(step.sign(page), f"{step.name}, {disturbance.__name__}").to_be_visible()
        _pasted(visitor, step)
    expect(page.get_by_text(NOTE)).to_be_visible()
    assert len(house.mails(email, about="You are booked")) == 1


def test_signing_out_elsewhere_at_each_step_asks_to_sign_in_and_leads_back(
    visitors: Visitors, house: House, email: str
) -> None:
    wanted = time_of(house.town.asha, days=3, hour=10)
    visitor = visitors()
    visitor.expects("POST /api/appointments 401", r"/api/\S+ 401")
    page = visitor.page
    arrive(page, email)
    page.goto(wanted.link)
    _sign_out_elsewhere(visitor)
    page.get_by_role("link", name="Sign in to hold this time").click()
    sign_in(page, email, again=True)
    expect(slot(page, wanted, "chosen")).to_be_visible()
    _hold(page)
    for sign, go in ((on_receipt, lambda: None), (on_booked, lambda: _pays(page))):
        go()
        expect(sign(page)).to_be_visible()
        _sign_out_elsewhere(visitor)
        expect(page).to_have_url(SIGN_IN)
        sign_in(page, email, again=True)
        expect(sign(page)).to_be_visible()
    # Whoever is at the payment page has no need to be signed in there; coming back, they are asked.
    hold(page, time_of(house.town.asha, days=4, hour=10), email)
    open_checkout(page)
    _sign_out_elsewhere(visitor)
    pay(page, GOOD_CARD)
    expect(page).to_have_url(SIGN_IN)
    sign_in(page, email, again=True)
    expect(on_booked(page)).to_be_visible()


def test_a_hold_that_ends_at_the_payment_page_takes_no_money_and_offers_the_time_again(
    visitors: Visitors, house: House, email: str
) -> None:
    wanted = time_of(house.town.asha, days=3, hour=11)
    visitor, rival = visitors(), visitors()
    visitor.expects(OFFLINE, r"POST /api/appointments 409", r"/simulator/checkout/\S+ 4\d\d")
    page = visitor.page
    hold(page, wanted, email)
    open_checkout(page)
    with house.later(minutes=11):
        closed = "This payment page is closed"
        assert wait_until(lambda: closed in page.request.get(page.url).text(), seconds=30, every=0.3)
        pay(page, GOOD_CARD)
        expect(page.get_by_role("button", name="Pay $")).to_be_hidden()
        page.get_by_role("link").filter(has_text=re.compile("back", re.IGNORECASE)).first.click()
        expect(page.get_by_role("heading", name="The time is no longer kept")).to_be_visible()
        # Meanwhile somebody else was faster.
        hold(rival.page, wanted, f"rival-{email}")
        page.get_by_role("button", name=f"Try {wanted.here} again").click()
        expect(page.get_by_role("alert")).to_contain_text(f"Someone else has just taken {wanted.here}.")
        page.get_by_role("link", name="Choose another time").click()
        expect(slot(page, wanted, "held")).to_be_visible()


def test_moving_a_visit_bears_the_same(visitors: Visitors, house: House, email: str) -> None:
    present, wanted = time_of(house.town.asha, days=9, hour=9), time_of(house.town.asha, days=9, hour=11)
    visitor = visitors(width=360)
    visitor.expects(OFFLINE, r"/api/\S+ 401")
    page = visitor.page
    headers = arrive(page, email)
    visit = Counter(page.request, headers["Authorization"].removeprefix("Bearer ")).book(present)
    assert house.mails(email, about="You are booked")
    page.goto(f"/appointments/{visit}")
    page.get_by_role("link", name="Move to another time").click()
    expect(page.get_by_role("heading", name="Choose a new time")).to_be_visible()
    page.goto(f"/appointments/{visit}/move?{wanted.link.partition('?')[2]}")
    chosen = slot(page, wanted, "chosen")
    expect(chosen).to_be_visible()
    for disturbance in (_back_and_forward, _refreshed, _refreshed_once_the_server_began_anew):
        disturbance(page, house)
        expect(chosen, disturbance.__name__).to_be_visible()
    _sign_out_elsewhere(visitor)
    expect(page).to_have_url(SIGN_IN)
    sign_in(page, email, again=True)
    expect(chosen).to_be_visible()
    page.get_by_role("button", name="See what changes").click()
    dialog = page.get_by_role("dialog", name="Move your visit to this time?")
    with house.closed():
        dialog.get_by_role("button", name="Move my visit").click()
        expect(page.get_by_role("alert")).to_contain_text("We could not reach Openhours.")
    page.get_by_role("button", name="Move my visit").click()
    expect(on_booked(page)).to_be_visible()
    expect(page.get_by_role("region", name="Receipt")).to_contain_text(re.sub(" [ap]m", "", wanted.here))
    page.get_by_role("link", name="Move to another time").click()
    expect(page.get_by_text("You can move it 2 more times.")).to_be_visible()


def _hold(page: Page) -> None:
    page.get_by_role("button", name="Add a note for the doctor").click()
    page.get_by_label("What is the visit about?").fill(NOTE)
    page.get_by_role("button", name="Hold this time").click()


def _pays(page: Page) -> None:
    open_checkout(page)
    pay(page, GOOD_CARD)


def _back_and_forward(page: Page, house: House) -> None:
    page.go_back()
    page.go_forward()


def _refreshed(page: Page, house: House) -> None:
    page.reload()


def _refreshed_once_the_server_began_anew(page: Page, house: House) -> None:
    house.close()
    house.open()
    page.reload()


def _pasted(visitor: Visitor, step: Step) -> None:
    """The address in a tab of its own shows the same."""
    tab = visitor.tab()
    tab.goto(visitor.page.url)
    expect(step.sign(tab), f"{step.name}, pasted").to_be_visible()
    tab.close()


def _sign_out_elsewhere(visitor: Visitor) -> None:
    tab = visitor.tab()
    tab.goto("/you")
    tab.get_by_role("button", name="Sign out").click()
    expect(tab.get_by_role("link", name="Sign in", exact=True).filter(visible=True).first).to_be_visible()
    tab.close()
