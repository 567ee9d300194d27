"""The steps of the journeys, as a person takes them: by what the screen says."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from browser.town import PASSWORD, Practice
from servers.processes import wait_until

CHICAGO = "America/Chicago"
GOOD_CARD, DECLINED_CARD, BOUNCING_CARD = "4242 4242 4242 4242", "4000 0000 0000 0002", "4000 0000 0000 0341"
CARD = {
    "card_number": GOOD_CARD,
    "expiry": "12/39",
    "cvc": "123",
    "name": "Lena Koch",
    "email": "lena@example.com",
    "address_line": "Street 1",
    "city": "Chicago",
    "postal_code": "60601",
    "country": "US",
}
"""What the payment page's form sends."""


@dataclass(frozen=True, slots=True)
class Time:
    """A slot as the pages name it."""

    at: datetime
    doctor: Practice
    zone: str = CHICAGO

    @property
    def day(self) -> str:
        """“Tuesday 24 November”, the reader's."""
        here = self.at.astimezone(ZoneInfo(self.zone))
        return f"{here:%A} {here.day} {here:%B}"

    @property
    def month(self) -> str:
        return f"{self.at.astimezone(ZoneInfo(self.zone)):%B %Y}"

    @property
    def here(self) -> str:
        return _clock(self.at, self.zone)

    @property
    def there(self) -> str:
        return _clock(self.at, self.doctor.zone)

    @property
    def name(self) -> str:
        """The beginning of what a screen reader says of the slot."""
        yours = f"{self.here} {_place(self.zone)} time"
        return f"{yours}, {self.there} {_place(self.doctor.zone)}"

    @property
    def link(self) -> str:
        """The address of the doctor's page with this time chosen."""
        return f"/doctors/{self.doctor.id}?at={self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def time_of(doctor: Practice, *, days: int, hour: int, minute: int = 0) -> Time:
    """That wall-clock time at the doctor's, some days from their today."""
    zone = ZoneInfo(doctor.zone)
    there: date = datetime.now(zone).date() + timedelta(days=days)
    return Time(datetime.combine(there, time(hour, minute), zone), doctor)


def slot(page: Page, wanted: Time, state: str) -> Locator:
    """The slot, in that state."""
    role = "link" if state in ("kept for you", "your visit") else "button"
    return page.get_by_role(role, name=f"{wanted.name} {state}")


def choose(page: Page, wanted: Time) -> None:
    """On the doctor's page: the month, the day, the slot."""
    expect(page.get_by_role("region", name="Choose a date and a time")).to_be_visible()
    while not page.get_by_role("heading", name=wanted.month).count():
        page.get_by_role("button", name="Next month").click()
    page.get_by_role("button", name=re.compile(f"^{wanted.day}, ")).click()
    slot(page, wanted, "available").click()
    expect(slot(page, wanted, "chosen")).to_be_visible()


def choose_account(page: Page, email: str, name: str = "Lena Koch") -> None:
    """On the simulated Google's page."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Continue").click()


def give_phone(page: Page) -> None:
    """What a first sign-in asks for."""
    page.get_by_label("Phone number").fill("+1 312 555 0142")
    page.get_by_role("button", name="Save and go on").click()


def sign_in(page: Page, email: str, *, name: str = "Lena Koch", again: bool = False) -> None:
    """From the sign-in page to where one was going."""
    page.get_by_role("link", name="Continue with Google").click()
    choose_account(page, email, name)
    if not again:
        give_phone(page)


def sign_in_staff(page: Page, email: str) -> None:
    page.goto("/sign-in/doctor")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def arrive(page: Page, email: str, *, name: str = "Lena Koch", zone: str = CHICAGO) -> dict[str, str]:
    """Sign a patient in without a page, as tests of other things want it, and answer the header of their requests."""
    headers = arrive_anew(page, email, name=name)
    page.context.request.patch(
        "/api/patient/profile", data={"phone": "+13125550142", "time_zone": zone}, headers=headers
    )
    return headers


def arrive_anew(page: Page, email: str, *, name: str = "Lena Koch") -> dict[str, str]:
    """The same, of somebody whom nobody has asked for a phone number yet."""
    request = page.context.request
    chooser = request.get("/api/auth/google/start?return_to=/").url
    form = {**dict(parse_qsl(urlsplit(chooser).query)), "email": email, "name": name}
    request.post("/simulator/google/authorize", form=form)
    token = request.post("/api/auth/refresh").json()["access_token"]
    return {"Authorization": f"Bearer {token}"}


def hold(page: Page, wanted: Time, email: str, *, name: str = "Lena Koch", reason: str = "") -> None:
    """From nothing to the receipt of a time that is kept, without the pages on the way."""
    page.goto(f"/appointments/{_hold(page, arrive(page, email, name=name, zone=wanted.zone), wanted, reason)}/pay")
    expect(on_receipt(page)).to_be_visible()


def _hold(page: Page, headers: dict[str, str], wanted: Time, reason: str) -> str:
    answer = page.context.request.post(
        "/api/appointments",
        data={"doctor_id": wanted.doctor.id, "starts_at": f"{wanted.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}
        | ({"reason": reason} if reason else {}),
        headers={**headers, "Idempotency-Key": uuid4().hex},
    )
    assert answer.status == 201, answer.text()
    return str(answer.json()["id"])


def hold_by_hand(page: Page, wanted: Time, email: str, *, name: str = "Lena Koch", reason: str = "") -> None:
    """From nothing to the receipt of a time that is kept, page by page."""
    page.goto(wanted.link)
    page.get_by_role("link", name="Sign in to hold this time").click()
    sign_in(page, email, name=name)
    if reason:
        page.get_by_role("button", name="Add a note for the doctor").click()
        page.get_by_label("What is the visit about?").fill(reason)
    page.get_by_role("button", name="Hold this time").click()
    expect(on_receipt(page)).to_be_visible()


def on_receipt(page: Page) -> Locator:
    return page.get_by_role("heading", name="Check your appointment")


def on_booked(page: Page) -> Locator:
    return page.get_by_role("heading", name="You are booked")


def open_checkout(page: Page) -> None:
    page.get_by_role("button", name="Pay $59.00").click()
    page.wait_for_url("**/simulator/checkout/*")


def pay(page: Page, card: str) -> None:
    """On the payment page."""
    page.get_by_label("Card number").fill(card)
    page.get_by_label("Expires").fill("12/39")
    page.get_by_label("Security code").fill("123")
    page.get_by_label("Name on the card").fill("Lena Koch")
    page.get_by_label("Street and house number").fill("Street 1")
    page.get_by_label("Postal code").fill("60601")
    page.get_by_label("City").fill("Chicago")
    page.get_by_label("Country").fill("US")
    page.get_by_role("button", name="Pay $").click()


def book(page: Page, wanted: Time, email: str, *, name: str = "Lena Koch", reason: str = "") -> None:
    """From nothing to the page of a booked visit, without the pages on the way."""
    headers, request = arrive(page, email, name=name, zone=wanted.zone), page.context.request
    id = _hold(page, headers, wanted, reason)
    checkout = request.post(f"/api/appointments/{id}/checkout", headers=headers).json()["url"]
    request.post(checkout, form=CARD)
    assert wait_until(lambda: _is_well(request.get(f"/api/appointments/{id}", headers=headers).json()), seconds=30)
    page.goto(f"/appointments/{id}")
    expect(on_booked(page)).to_be_visible()


def _is_well(seen: dict[str, Any]) -> bool:
    return (seen["status"], seen["payment"]["status"], seen["meeting"]["status"]) == ("booked", "captured", "ready")


def _clock(at: datetime, zone: str) -> str:
    here = at.astimezone(ZoneInfo(zone))
    return f"{here.hour % 12 or 12}:{here:%M} {'am' if here.hour < 12 else 'pm'}"


def _place(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
