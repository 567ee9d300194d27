"""What is a patient's own: details, picture, health, those they book for, news, papers, feedback, and the end of it all."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from browser.conftest import Visitors
from browser.house import House
from browser.steps import CARD, Time, arrive, choose_account, time_of
from browser.town import PASSWORD
from browser.visitor import audit

pytestmark = pytest.mark.long


def test_a_patient_looks_after_their_own_pages_until_the_account_is_closed(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    visitor = visitors(width=width)
    visitor.expects("POST /api/me/erase 4", "DELETE /api/patient/dependants/.* 409")
    page = visitor.page
    headers = arrive(page, email)
    page.goto("/you")
    expect(page.get_by_role("heading", name="Lena Koch")).to_be_visible()
    audit(page)
    _shows_a_picture(page)
    _writes_about_health(page)
    _adds_a_child(page)
    [child] = page.context.request.get("/api/patient/dependants", headers=headers).json()
    held = _hold_for(page, headers, time_of(house.town.asha, days=11, hour=9, minute=half), child["id"])
    _cannot_remove_yet(page)
    _chooses_what_is_mailed(page)
    _shares_the_calendar(page)
    _takes_the_data_along(page)
    _erases(page, email, refused="You still have a visit ahead")
    page.context.request.post(f"/api/appointments/{held}/cancel", data={"reason": ""}, headers=_once(headers))
    page.get_by_role("button", name="Close my account for good").click()
    expect(page.get_by_role("heading", name="Your account is closed")).to_be_visible()
    audit(page)
    page.goto("/you")
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_a_mail_leads_to_feedback_and_past_visits_keep_it_with_their_papers(
    visitors: Visitors, house: House, email: str, width: int, half: int
) -> None:
    noor = house.town.noor
    page = visitors(width=width).page
    id = _book(page, house, Time(_soon() + timedelta(minutes=half), noor), email)
    page.context.clear_cookies()
    with house.later(minutes=70 + half):
        _fulfil(page, id, noor.email)
        link = re.search(r"\S+/feedback", house.mails(email, about="How was your visit")[0]["text"])
        assert link
        page.goto(link[0])
        page.get_by_role("link", name="Continue with Google").click()
        choose_account(page, email)
        _gives_feedback(page)
        _past_visit_has_everything(page, noor.name)
        _reads_the_news(page)
        page.goto(f"/doctors/{noor.id}")
        expect(page.get_by_text("Very clear").first).to_be_visible()


def _shows_a_picture(page: Page) -> None:
    page.goto("/you/details")
    chooser = page.get_by_label("Choose a picture")
    chooser.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"})
    expect(page.get_by_role("alert")).to_contain_text("not a picture that we can use")
    drawn = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(drawn, "PNG")
    chooser.set_input_files({"name": "b.png", "mimeType": "image/png", "buffer": drawn.getvalue()})
    expect(page.get_by_text("Nothing is saved yet")).to_be_visible()
    page.get_by_role("button", name="Use this picture").click()
    expect(page.get_by_text("Your picture is saved.")).to_be_visible()
    expect(page.get_by_role("main").locator("img")).to_have_attribute("src", re.compile("^/photos/"))
    audit(page)


def _writes_about_health(page: Page) -> None:
    page.goto("/you/health")
    page.get_by_label("Allergies").fill("Penicillin: rash")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Your doctors see it from now on.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Allergies")).to_have_value("Penicillin: rash")
    audit(page)


def _adds_a_child(page: Page) -> None:
    page.goto("/you/people")
    page.get_by_role("button", name="Add a person").click()
    dialog = page.get_by_role("dialog", name="Add a person")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog.get_by_text("Please type the name.")).to_be_visible()
    audit(page)
    dialog.get_by_label("Name").fill("Mia Koch")
    _is_asked_before_it_is_lost(page, dialog.get_by_label("Name"))
    dialog.get_by_label("Date of birth").fill("2019-04-05")
    dialog.get_by_label("This person is your").select_option(label="Child")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(_row(page, "Mia Koch")).to_contain_text("born 5 Apr 2019")
    expect(_row(page, "Mia Koch").get_by_role("link", name="Health of Mia Koch")).to_be_visible()


def _is_asked_before_it_is_lost(page: Page, field: Locator) -> None:
    asked = page.get_by_role("dialog", name="Leave without saving?")
    page.keyboard.press("Escape")
    expect(asked.get_by_role("button", name="Stay here")).to_be_focused()
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    expect(field).to_be_focused()
    expect(field).to_have_value("Mia Koch")


def _cannot_remove_yet(page: Page) -> None:
    page.get_by_role("button", name="Remove Mia Koch").click()
    dialog = page.get_by_role("dialog", name="Remove Mia Koch?")
    expect(dialog.get_by_role("button", name="Keep")).to_be_focused()
    dialog.get_by_role("button", name="Remove").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Mia Koch still has visits to come")
    dialog.get_by_role("button", name="Keep").click()
    expect(_row(page, "Mia Koch")).to_be_visible()


def _chooses_what_is_mailed(page: Page) -> None:
    page.goto("/you/messages")
    page.get_by_role("switch", name="Reminders A day").uncheck()
    # A second choice does not wait for the first.
    page.get_by_role("switch", name="Requests for feedback").uncheck()
    expect(page.get_by_text("Requests for feedback: we send no more.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("switch", name="Requests for feedback")).not_to_be_checked()
    expect(page.get_by_role("switch", name="Reminders A day")).not_to_be_checked()
    audit(page)


def _shares_the_calendar(page: Page) -> None:
    page.goto("/you/calendar")
    page.get_by_role("button", name="Make an address").click()
    address = page.get_by_label("Secret address").input_value()
    assert page.context.request.get(address).text().startswith("BEGIN:VCALENDAR")
    audit(page)
    page.get_by_role("button", name="Stop sharing").click()
    page.get_by_role("dialog").get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_role("heading", name="No address has been made yet")).to_be_visible()
    assert page.context.request.get(address).status == 404


def _takes_the_data_along(page: Page) -> None:
    page.goto("/you/data")
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Download my data").click()
    data = json.loads(downloaded.value.path().read_bytes())
    assert "Penicillin: rash" in json.dumps(data["records"])
    audit(page)


def _erases(page: Page, email: str, *, refused: str) -> None:
    page.get_by_role("button", name="Close my account").click()
    dialog = page.get_by_role("dialog", name="Close your account for good?")
    expect(dialog.get_by_role("button", name="Keep my account")).to_be_focused()
    go = dialog.get_by_role("button", name="Close my account for good")
    dialog.get_by_label("Your e-mail address").fill("somebody@example.com")
    go.click()
    expect(dialog.get_by_text("This is not the e-mail address of your account.")).to_be_visible()
    dialog.get_by_label("Your e-mail address").fill(email)
    go.click()
    expect(dialog.get_by_role("alert")).to_contain_text(refused)
    audit(page)


def _gives_feedback(page: Page) -> None:
    expect(page.get_by_role("heading", name="How was your visit with Dr Noor Haddad?")).to_be_visible()
    page.get_by_role("button", name="Send feedback").click()
    expect(page.get_by_text("Please choose how many stars.")).to_be_visible()
    page.get_by_role("radio", name="3 stars").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="4 stars, Good")).to_be_checked()
    page.get_by_label("In a few words").fill("Clear")
    audit(page)
    page.get_by_role("button", name="Send feedback").click()
    expect(page.get_by_text("You can change it until")).to_be_visible()
    page.get_by_role("button", name="Change it").click()
    page.get_by_label("In a few words").fill("Very clear")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("heading", name="Very clear")).to_be_visible()
    audit(page)


def _past_visit_has_everything(page: Page, doctor: str) -> None:
    page.goto("/appointments/past")
    row = page.get_by_role("listitem").filter(has_text=doctor)
    expect(row.get_by_role("img", name="4 of 5 stars")).to_be_visible()
    audit(page)
    row.get_by_role("link", name="Receipt").click()
    expect(page.get_by_role("article")).to_contain_text("$59.00")
    audit(page)
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Save as PDF").click()
    assert downloaded.value.path().read_bytes().startswith(b"%PDF")


def _reads_the_news(page: Page) -> None:
    page.get_by_role("link", name="new").filter(visible=True).click()
    booked = page.get_by_role("link", name="You are booked with Dr Noor Haddad")
    expect(booked).to_contain_text("New")
    audit(page)
    page.get_by_role("button", name="Mark all as read").click()
    expect(booked).not_to_contain_text("New")
    booked.click()
    expect(page).to_have_url(re.compile(r"/appointments/[0-9a-f-]{36}$"))


def _row(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("listitem").filter(has_text=name)


def _once(headers: Mapping[str, str]) -> dict[str, str]:
    return {**headers, "Idempotency-Key": uuid4().hex}


def _hold_for(page: Page, headers: dict[str, str], wanted: Time, dependant: str | None = None) -> str:
    body = {"doctor_id": wanted.doctor.id, "starts_at": wanted.at.isoformat(), "dependant_id": dependant}
    answer = page.context.request.post("/api/appointments", data=body, headers=_once(headers))
    assert answer.status == 201, answer.text()
    return str(answer.json()["id"])


def _book(page: Page, house: House, wanted: Time, email: str) -> str:
    headers = arrive(page, email)
    id = _hold_for(page, headers, wanted)
    request = page.context.request
    request.post(request.post(f"/api/appointments/{id}/checkout", headers=headers).json()["url"], form=CARD)
    assert house.mails(email, about="You are booked")
    return id


def _soon() -> datetime:
    """The next time that begins on a half hour and can still be held."""
    ahead = datetime.now(UTC) + timedelta(minutes=35)
    return ahead.replace(minute=ahead.minute // 30 * 30, second=0, microsecond=0)


def _fulfil(page: Page, id: str, doctor: str) -> None:
    """The doctor closes the visit, from a place of their own."""
    request = page.context.request
    token = request.post("/api/auth/sign-in", data={"email": doctor, "password": PASSWORD}).json()["access_token"]
    answer = request.post(f"/api/appointments/{id}/fulfil", headers=_once({"Authorization": f"Bearer {token}"}))
    assert answer.status == 200, answer.text()
    page.context.clear_cookies()
