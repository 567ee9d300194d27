"""The main job with no simulator anywhere: the product is told by settings alone where each provider is.

Stripe's page is emulate's, where a payer presses the button. emulate has no captures and no refunds, and its events neither id
nor mode: money and signed events are our own model's, served over HTTP. People sign in at oidc-provider; SNS, SQS and S3 are
ministack's; mail goes to aiosmtpd; Google's calendar is our own model of it over HTTP.
"""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from browser.canaries import Overheard, found_in, overhear
from browser.conftest import Visitors
from browser.counter import Counter
from browser.house import House
from browser.providers import Providers, providers
from browser.steps import Time, choose, on_booked, on_receipt, sign_in, time_of
from browser.town import Practice
from servers.processes import wait_until

NAME, REASON, ALLERGY = "Quendolyn Zimtstern", "An itch like that of a marmoset", "Xylophones: a rash"
_NAMES, _MEDICAL = ("quendolyn", "zimtstern"), ("marmoset", "xylophone")
_MAILS = 6
"""To patient and doctor: two visits booked, one called off."""


@pytest.fixture(scope="module")
def outside() -> Iterator[Providers]:
    with providers() as outside:
        yield outside


@pytest.fixture(scope="module")
def house(outside: Providers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"), outside.settings)
    house.open()
    yield house
    house.close()


def test_a_visit_is_held_paid_for_mailed_and_called_off_among_real_servers(
    visitors: Visitors, house: House, outside: Providers, email: str, met: Callable[[str, str, str], None]
) -> None:
    for port, adapter, peer in (
        ("payments", "stripe", "emulate behind our own model"),
        ("identity", "google", "oidc-provider"),
        ("calendar", "google", "our own Calendar v3 over HTTP"),
        ("notify", "sns", "ministack and aiosmtpd"),
        ("photos", "s3", "ministack"),
    ):
        met(port, adapter, peer)
    asha = house.town.asha
    wanted, second = time_of(asha, days=3, hour=9), time_of(asha, days=3, hour=10)
    visitor = visitors()
    page, overheard = visitor.page, overhear(visitor.context)

    page.goto(f"/doctors/{asha.id}")
    choose(page, wanted)
    page.get_by_role("link", name="Sign in to hold this time").click()
    sign_in(page, email, name=NAME)
    page.get_by_role("button", name="Add a note for the doctor").click()
    page.get_by_label("What is the visit about?").fill(REASON)
    page.get_by_role("button", name="Hold this time").click()
    expect(on_receipt(page)).to_be_visible()
    page.get_by_role("button", name="Pay $59.00").click()
    page.wait_for_url("**/checkout/cs_*")
    page.get_by_role("button", name="Pay $59.00").click()
    page.wait_for_url(f"{house.url}/appointments/*")
    outside.tell_of_payments(house.url)
    expect(on_booked(page)).to_be_visible()

    visit = re.findall(r"/appointments/([^/?]+)", page.url)[0]
    link = _join_link(page, visit)
    assert [_video(event) for event in outside.calendar.live] == [link]
    for to, about in ((email, "You are booked"), (asha.email, "New visit")):
        letter = _mailed(outside, to, about)
        assert link in letter
        # Between those two there is nothing to hide.
        assert NAME in letter

    other = _book_another(page, house, outside, second)
    assert _join_link(page, other) != link

    _shows_a_picture(page, outside)
    _tells_of_an_allergy(page)
    _the_doctor_reads_of_it(page, asha, visit)
    page.goto(f"/appointments/{visit}")
    page.get_by_role("button", name="Cancel this appointment").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel and refund $59.00").click()
    expect(page.get_by_text("We are giving back $59.00.")).to_be_visible()
    _mailed(outside, email, "Cancelled")
    _mailed(outside, asha.email, "Cancelled")
    assert _within_seconds(lambda: [_video(event) for event in outside.calendar.live] == [_join_link(page, other)])
    assert _within_seconds(lambda: outside.stripe.refunded() == [5_900, 0])

    _what_is_private_stayed_where_it_belongs(page, house, outside, overheard)


def _what_is_private_stayed_where_it_belongs(
    page: Page, house: House, outside: Providers, overheard: Overheard
) -> None:
    published = outside.published()
    assert len(published) >= _MAILS
    cookies = [str(cookie.get("value")) for cookie in page.context.cookies(house.url) if cookie.get("httpOnly")]
    tokens = (*overheard.tokens, *cookies)
    assert overheard.tokens
    assert cookies
    kept, mailed = {"kept": house.kept}, {"mail": outside.mailed()}
    # Each was there to be found, each mail and file in a form in which it is.
    assert found_in(kept, _MEDICAL) == {("kept", word) for word in _MEDICAL}
    assert found_in(mailed, _NAMES) == {("mail", name) for name in _NAMES}
    told = {
        **outside.heard(),
        "sns": "\n".join(published),
        "log": house.log,
        "addresses": "\n".join(overheard.addresses),
    }
    # People's own pages may greet them by name; nothing else that is private is a title.
    titled = {"titles": "\n".join(overheard.titles)}
    assert all({**told, **titled}.values())
    assert found_in(told, _NAMES) == set()
    assert found_in({**told, **titled, **mailed}, _MEDICAL) == set()
    assert found_in({**told, **titled, **mailed, **kept}, (*tokens, *outside.secrets)) == set()


def _tells_of_an_allergy(page: Page) -> None:
    page.goto("/you/health")
    page.get_by_label("Allergies").fill(ALLERGY)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Your doctors see it from now on.")).to_be_visible()


def _the_doctor_reads_of_it(page: Page, doctor: Practice, visit: str) -> None:
    of_doctor = Counter.of_doctor(page, doctor).headers
    read = {
        what: page.request.get(f"/api/appointments/{visit}{what}", headers=of_doctor)
        for what in ("", "/medical-profile")
    }
    assert REASON in read[""].text()
    assert ALLERGY in read["/medical-profile"].text()


def _join_link(page: Page, visit: str) -> str:
    found: list[str] = []

    def look() -> bool:
        headers = Counter.of_patient(page).headers
        found[:] = [page.request.get(f"/api/appointments/{visit}", headers=headers).json()["meeting"]["join_url"] or ""]
        return bool(found[0])

    assert _within_seconds(look)
    return found[0]


def _video(event: dict[str, Any]) -> str:
    (way,) = [way for way in event["conferenceData"]["entryPoints"] if way["entryPointType"] == "video"]
    return str(way["uri"])


def _mailed(outside: Providers, to: str, about: str) -> str:
    """The first letter to somebody whose subject begins so, as soon as it is there: its text and its calendar file."""

    def look() -> list[EmailMessage]:
        mails = [mail for mail in outside.mailbox.read if mail["To"].addresses[0].addr_spec == to]
        return [mail for mail in mails if mail["Subject"].startswith(about)]

    assert _within_seconds(lambda: bool(look())), [(mail["To"], mail["Subject"]) for mail in outside.mailbox.read]
    texts = [part.get_content() for part in look()[0].walk() if part.get_content_maintype() == "text"]
    # Long lines of calendar files are folded.
    return "\n".join(texts).replace("\r\n ", "").replace("\n ", "")


def _book_another(page: Page, house: House, outside: Providers, wanted: Time) -> str:
    """Without the pages on the way; the visit's id."""
    counter = Counter.of_patient(page)
    visit = counter.hold(wanted)
    checkout = counter.post(f"/api/appointments/{visit}/checkout")["url"]
    assert page.request.post(f"{checkout}/complete", max_redirects=0).status == 302
    outside.tell_of_payments(house.url)
    return visit


def _shows_a_picture(page: Page, outside: Providers) -> None:
    page.goto("/you/details")
    drawn = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(drawn, "PNG")
    file = {"name": "b.png", "mimeType": "image/png", "buffer": drawn.getvalue()}
    page.get_by_label("Choose a picture").set_input_files(file)
    page.get_by_role("button", name="Use this picture").click()
    expect(page.get_by_text("Your picture is saved.")).to_be_visible()
    picture = page.get_by_role("main").locator("img")
    expect(picture).to_have_attribute("src", re.compile(f"^{re.escape(outside.bucket_url)}/profiles/"))
    assert picture.evaluate("async picture => { await picture.decode(); return picture.naturalWidth }")


def _within_seconds(condition: Callable[[], bool]) -> bool:
    return wait_until(condition, seconds=30, every=0.1)
