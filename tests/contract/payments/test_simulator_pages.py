"""The simulated payment page, as a browser without JavaScript uses it."""

from collections.abc import AsyncIterator

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from adapters.kit.pages import static_router
from adapters.payments.simulator import SimulatedPayments
from adapters.payments.simulator_pages import checkout_pages
from contract.payments.bench import new_payment
from contract.payments.bench_simulator import SimulatedBench, card
from scheduling_core.payment import Observation, Payment
from scheduling_core.payment_status import PaymentStatus
from support.clock import ManualClock

HOME = "http://127.0.0.1:1"
FORM = {
    "email": "lena@example.com",
    "card_number": "4242 4242 4242 4242",
    "expiry": "12/31",
    "cvc": "123",
    "name": "Lena Koch",
    "address_line": "Lindenstr. 1",
    "city": "Berlin",
    "postal_code": "10969",
    "country": "Germany",
}
Browser = AsyncTestClient[Litestar]


@pytest.fixture
async def browser(simulated: SimulatedPayments, clock: ManualClock) -> AsyncIterator[Browser]:
    app = Litestar([checkout_pages(simulated, clock, public_url=HOME), static_router()])
    async with AsyncTestClient(app) as client:
        client.follow_redirects = False
        yield client


@pytest.fixture
def payment(simulated: SimulatedPayments, clock: ManualClock) -> Payment:
    return new_payment(clock, 10_620)


@pytest.fixture
async def opened(simulated: SimulatedPayments, payment: Payment) -> Observation:
    return await simulated.open_checkout(payment)


@pytest.fixture
def page(opened: Observation) -> str:
    assert opened.url is not None
    return opened.url.removeprefix(HOME)


async def status(payments: SimulatedPayments, payment: Payment) -> PaymentStatus:
    seen = await payments.find(payment)
    assert seen is not None
    return seen.status


async def test_shows_what_is_paid_how_long_it_is_kept_and_that_no_money_is_real(browser: Browser, page: str) -> None:
    answer = await browser.get(page)
    assert answer.status_code == 200
    for words in ("Pay $106.20", "about 9 minutes left", "no real money", "4000 0000 0000 9995", "Back to Openhours"):
        assert words in answer.text


async def test_paying_leads_back_and_the_money_is_reserved(
    browser: Browser, page: str, payment: Payment, simulated: SimulatedPayments
) -> None:
    answer = await browser.post(page, data=FORM)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{HOME}/appointments/{payment.appointment_id}?payment=returned"
    assert await status(simulated, payment) is PaymentStatus.AUTHORIZED


async def test_a_second_click_goes_where_the_first_went(browser: Browser, page: str) -> None:
    first = await browser.post(page, data=FORM)
    second = await browser.post(page, data=FORM)
    assert second.headers["location"] == first.headers["location"]


@pytest.mark.parametrize(
    ("number", "code"), [("4000000000000002", "card_declined"), ("4000-0000-0000-9995", "insufficient_funds")]
)
async def test_a_decline_leads_back_with_the_reason_and_the_page_stays_open(
    browser: Browser, page: str, payment: Payment, simulated: SimulatedPayments, number: str, code: str
) -> None:
    answer = await browser.post(page, data={**FORM, "card_number": number})
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("?payment=declined")
    seen = await simulated.find(payment)
    assert seen is not None
    assert (seen.status, seen.last_decline) == (PaymentStatus.OPEN, code)
    assert "No money was taken" in (await browser.get(page)).text
    assert (await browser.post(page, data=FORM)).headers["location"].endswith("?payment=returned")


async def test_the_confirming_card_asks_first(
    browser: Browser, page: str, payment: Payment, simulated: SimulatedPayments
) -> None:
    answer = await browser.post(page, data={**FORM, "card_number": "4000 0000 0000 3220"})
    confirmation = answer.headers["location"]
    assert confirmation == f"{page}/confirm"
    assert "Your bank asks" in (await browser.get(confirmation)).text
    assert await status(simulated, payment) is PaymentStatus.OPEN
    refused = await browser.post(confirmation, data={"answer": "refuse"})
    assert refused.headers["location"].endswith("?payment=declined")
    await browser.post(page, data={**FORM, "card_number": "4000 0000 0000 3220"})
    approved = await browser.post(confirmation, data={"answer": "approve"})
    assert approved.headers["location"].endswith("?payment=returned")
    assert await status(simulated, payment) is PaymentStatus.AUTHORIZED


async def test_nothing_is_confirmed_that_the_bank_did_not_ask(
    browser: Browser, page: str, payment: Payment, simulated: SimulatedPayments
) -> None:
    assert (await browser.get(f"{page}/confirm")).headers["location"] == page
    answer = await browser.post(f"{page}/confirm", data={"answer": "approve"})
    assert answer.status_code == 200
    assert await status(simulated, payment) is PaymentStatus.OPEN


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("card_number", "", "Enter the card number"),
        ("card_number", "4242", "Enter the card number"),
        ("card_number", "4242 4242 4242 4241", "This card number is not right"),
        ("card_number", "٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢", "Enter the card number"),
        ("card_number", "4111 1111 1111 1111", "Never enter a real card here"),
        ("expiry", "", "Enter when the card expires"),
        ("expiry", "13/31", "Enter when the card expires"),
        ("expiry", "02/27", "This card has expired"),
        ("cvc", "12", "Enter the 3 digits"),
        ("cvc", "abc", "Enter the 3 digits"),
        ("name", "", "Enter the name on the card"),
        ("address_line", " ", "Enter the street"),
        ("city", "", "Enter the city"),
        ("postal_code", "", "Enter the postal code"),
        ("country", "", "Enter the country"),
        ("email", "lena", "Enter an e-mail address"),
    ],
)
async def test_a_mistake_is_named_beside_its_field_and_nothing_is_tried(
    browser: Browser,
    page: str,
    payment: Payment,
    simulated: SimulatedPayments,
    field: str,
    value: str,
    says: str,
) -> None:
    answer = await browser.post(page, data={**FORM, field: value})
    assert answer.status_code == 422
    assert says in answer.text
    assert f'id="{field}-error"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    seen = await simulated.find(payment)
    assert seen is not None
    assert (seen.status, seen.last_decline) == (PaymentStatus.OPEN, None)


@pytest.mark.parametrize("expiry", ["03/27", "3/27", "0331", "03 / 31", "03/2031", "3-31"])
async def test_takes_an_expiry_as_people_write_it(browser: Browser, page: str, expiry: str) -> None:
    assert (await browser.post(page, data={**FORM, "expiry": expiry})).status_code == 303


async def test_a_form_with_mistakes_keeps_the_address_and_never_the_card(browser: Browser, page: str) -> None:
    answer = await browser.post(page, data={**FORM, "expiry": "x", "name": '"><script>alert(1)</script>'})
    assert 'value="Lindenstr. 1"' in answer.text
    assert FORM["card_number"] not in answer.text.split("Test cards")[0]
    assert 'value="123"' not in answer.text
    assert "<script>alert" not in answer.text


async def test_a_closed_page_says_so_and_leads_back(
    browser: Browser, page: str, payment: Payment, simulated: SimulatedPayments
) -> None:
    await simulated.close_checkout(payment, key="k")
    for answer in (await browser.get(page), await browser.post(page, data=FORM), await browser.get(f"{page}/confirm")):
        assert answer.status_code == 200
        assert "This payment page is closed" in answer.text
        assert f'href="{HOME}/appointments/{payment.appointment_id}?payment=back"' in answer.text
    assert await status(simulated, payment) is PaymentStatus.EXPIRED


async def test_a_page_of_a_paid_released_or_refunded_session_says_what_became_of_it(
    browser: Browser, simulated: SimulatedPayments, clock: ManualClock
) -> None:
    bench = SimulatedBench(simulated, clock)
    for after, says in (("capture", "has been paid"), ("release", "not charged"), ("refund", "got your money back")):
        payment = new_payment(bench.clock)
        ref = (await simulated.open_checkout(payment)).ref
        await simulated.pay(ref, card("4242"))
        if after == "release":
            await simulated.release(payment, key=f"{ref} r")
        else:
            await simulated.capture(payment, amount=10_620, key=f"{ref} c")
        if after == "refund":
            await simulated.refund(payment, amount=10_620, key=f"{ref} b")
        assert says in (await browser.get(f"/simulator/checkout/{ref}")).text


async def test_whoever_looks_at_a_disputed_payment_may_play_the_bank(
    browser: Browser, page: str, payment: Payment, opened: Observation, simulated: SimulatedPayments
) -> None:
    await simulated.pay(opened.ref, card("0259"))
    await simulated.capture(payment, amount=10_620, key="c")
    assert "disputed" in (await browser.get(page)).text
    assert "got your money back" in (await browser.post(f"{page}/dispute", data={"answer": "lost"})).text
    assert await status(simulated, payment) is PaymentStatus.REFUNDED
    assert (await browser.post(f"{page}/dispute", data={"answer": "won"})).status_code == 200
    assert await status(simulated, payment) is PaymentStatus.REFUNDED


async def test_a_page_that_is_still_open_after_the_hold_says_that_the_time_is_not_kept(
    browser: Browser, page: str, clock: ManualClock
) -> None:
    clock.advance(minutes=10)
    assert "Your time is no longer kept" in (await browser.get(page)).text


async def test_an_unknown_session_is_a_page_that_says_so(browser: Browser) -> None:
    for answer in (
        await browser.get("/simulator/checkout/cs_none"),
        await browser.post("/simulator/checkout/cs_none", data=FORM),
        await browser.post("/simulator/checkout/cs_none/confirm", data={"answer": "approve"}),
    ):
        assert answer.status_code == 404
        assert "There is nothing here" in answer.text


async def test_no_page_can_run_or_load_what_is_not_its_own(browser: Browser, page: str) -> None:
    answer = await browser.get(page)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert f"form-action 'self' {HOME};" in policy
    assert " style=" not in answer.text
    assert "onclick" not in answer.text
    for name in ("simulator.css", "simulator.js"):
        assert (await browser.get(f"/simulator/static/{name}")).status_code == 200
    assert (await browser.get("/simulator/static/..%2Fpages.py")).status_code == 404
