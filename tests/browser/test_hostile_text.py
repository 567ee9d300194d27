"""Text that tries to run, in every field of the product that takes text, on every page that shows it: it stays text."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from browser.conftest import Visitors
from browser.hostile import OTHER_DOORS, Pen, Role, comes_to_say, free_text, hostile, stored_secrets
from browser.hostile_pages import (
    CHILD,
    PAPER,
    PROFILE,
    REASON,
    REGISTER,
    REPORT,
    says_what_has_been,
    says_what_is_ahead,
)
from browser.house import House
from browser.steps import CARD, arrive
from browser.town import ADMINISTRATOR, PASSWORD, where_it_is_midday
from servers.processes import wait_until

pytestmark = pytest.mark.long

REFUSED = {
    f"{REGISTER} email",
    f"{REGISTER} phone",
    f"{REGISTER} time_zone",
    f"{PROFILE} phone",
    "PATCH /api/patient/profile phone",
    "PATCH /api/patient/profile time_zone",
    "PUT /api/doctor/hours time_zone",
    "PUT /api/me/photo upload_id",
    "POST /api/me/erase confirmation",
    "POST /api/auth/sign-in email",
    "POST /api/auth/sign-in password",
    "POST /api/waitlist specialization",
    "POST /api/auth/password/forgotten email",
    "POST /api/auth/password/reset token",
    "PUT /api/doctor/calendar address",
    "POST /api/me/password current_password",
}
"""What takes no such text in the first place: it must be an address, a number, a place or a secret that is known."""
NOWHERE = {
    f"{REGISTER} password",
    "POST /api/me/password password",
    "POST /api/auth/password/reset password",
    "POST /api/admin/payments/{payment_id}/resolve reason",
    "POST /api/admin/doctors/{doctor_id}/cancel-visits reason",
    "POST /api/admin/doctors/{doctor_id}/suspend reason",
    "POST /api/admin/feedback/{appointment_id}/unhide reason",
    "POST /api/appointments/{appointment_id}/cancel reason",
    "POST /api/doctor/time-off note",
}
"""What no page shows, though it may be in the history; each page that was opened was looked through for it all the same."""

_DAILY = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ALWAYS = [{"weekday": day, "from": "00:00", "to": "24:00"} for day in _DAILY]
# Far from midnight, so that all visits are on one day of one week.
_ZONE = where_it_is_midday(datetime.now(UTC))
_HERE = {"phone": "+15550100222", "time_zone": _ZONE, "fee": {"amount": 5000, "currency": "USD"}}


def test_every_field_of_text_is_filled_or_refuses(visitors: Visitors, house: House, email: str) -> None:
    """A new field of text belongs into one of the lists above, and onto a page of the story below."""
    page = visitors().page
    patient = Pen(page.context.request, arrive(page, email))
    doctor = Pen(page.context.request, _sign_in(page, house.town.asha.email))
    rules = {"slot_minutes": 30, "gap_minutes": 0, "minimum_notice_minutes": 0, "horizon_days": 9}
    now = datetime.now(UTC)
    bodies = {
        REGISTER: _HERE | {"name": "Dr A", "email": email, "password": PASSWORD, "specialization": "Skin"},
        "PUT /api/doctor/hours": rules | {"weekly": [], "overrides": []},
        "POST /api/auth/sign-in": {"email": "ada@example.com", "password": PASSWORD},
        "POST /api/waitlist": {"from": now.isoformat(), "until": (now + timedelta(days=3)).isoformat()},
    }
    for field in REFUSED:
        operation, _, name = field.rpartition(" ")
        pen = doctor if "doctor" in operation else patient
        answer = pen.send(operation, body=bodies.get(operation, {}) | {name: hostile(field)})
        assert 400 <= answer.status < 500, f"{field}: {answer.status}"
    assert set(free_text()) >= REFUSED | NOWHERE


def test_text_that_tries_to_run_stays_text_on_every_page(visitors: Visitors, house: House, email: str) -> None:
    windows = [visitors() for _ in range(3)]
    for each in windows:
        # The server begins anew, some time later; a doctor may not read about health of a visit that is over.
        each.expects("net::ERR_CONNECTION_REFUSED", "/medical-profile 404", "POST /api/auth/refresh 401")
        each.page.on("dialog", lambda dialog: pytest.fail(f"a page asks: {dialog.message}"))
    address, seen = f"evil-{email}", set[str]()
    at_google = hostile(OTHER_DOORS[0])
    patient, doctor, chief = (Role(each.page, Pen(each.page.context.request, {}), seen) for each in windows)
    patient.pen.headers = arrive(patient.page, email, name=at_google)
    chief.pen.headers = _sign_in(chief.page, ADMINISTRATOR)
    id = _registers(doctor, chief, address)
    patient.page.goto("/you/details")
    comes_to_say(patient.page, [at_google])
    first, visits = _books(patient, id)
    says_what_is_ahead(patient, doctor, chief, id, visits)
    late = int((first - datetime.now(UTC)) / timedelta(minutes=1)) + 100
    with house.later(minutes=late):
        patient.pen.headers = arrive(patient.page, email)
        doctor.pen.headers = _sign_in(doctor.page, address)
        chief.pen.headers = _sign_in(chief.page, ADMINISTRATOR)
        says_what_has_been(patient, doctor, chief, id, visits)
        _papers_and_letters_are_sound(patient, house, visits[0], email, address)
    assert seen | REFUSED | NOWHERE == set(free_text())
    assert not seen & NOWHERE
    for role in (patient, doctor, chief):
        assert stored_secrets(role.page) == []


def _registers(doctor: Role, chief: Role, address: str) -> str:
    """Is turned down, then let in, and writes of themselves: with other words each time."""
    closed = ("email", "password", "phone", "time_zone")
    doctor.pen.write(REGISTER, closed=closed, email=address, password=PASSWORD, **_HERE)
    doctor.pen.headers = _sign_in(doctor.page, address)
    id = str(doctor.pen.send("GET /api/doctor/profile").json()["id"])
    told = (REGISTER, "name about languages[] qualifications specialization")
    doctor.opens("/profile", told)
    chief.opens("/admin/doctors", (REGISTER, "name qualifications specialization"))
    chief.pen.write("POST /api/admin/doctors/{doctor_id}/reject", id)
    doctor.comes_again()
    doctor.opens("/today", ("POST /api/admin/doctors/{doctor_id}/reject", "reason"))
    chief.pen.write("POST /api/admin/doctors/{doctor_id}/approve", id)
    chief.comes_again()
    chief.opens(f"/admin/doctors/{id}", told, ("POST /api/admin/doctors/{doctor_id}/approve", "reason"))
    doctor.pen.write(PROFILE, closed=("phone",))
    doctor.comes_again()
    rules = {"slot_minutes": 15, "gap_minutes": 0, "minimum_notice_minutes": 0, "horizon_days": 30, "overrides": []}
    hours = doctor.pen.send("PUT /api/doctor/hours", body={"time_zone": _ZONE, "weekly": _ALWAYS, **rules})
    assert hours.ok, hours.text()
    away = datetime.now(UTC) + timedelta(days=20)
    until = away + timedelta(hours=1)
    doctor.pen.write("POST /api/doctor/time-off", starts_at=away.isoformat(), ends_at=until.isoformat())
    return id


def _books(patient: Role, doctor: str) -> tuple[datetime, list[str]]:
    """Five visits in a row that are paid for, the first a child's, and one more time that is only kept."""
    pen = patient.pen
    pen.write("PATCH /api/patient/profile", closed=("phone", "time_zone"))
    pen.write("PUT /api/patient/medical-profile")
    child = pen.write("POST /api/patient/dependants", birth_date="2019-04-05", relation="child")["id"]
    patient.opens("/you/people", ("POST /api/patient/dependants", "name"))
    pen.write(CHILD[0], child)
    patient.comes_again()
    pen.write(REPORT[0], about="bug")
    now = datetime.now(UTC)
    wait = {"from": now.isoformat(), "until": (now + timedelta(days=9)).isoformat()}
    pen.write(
        "POST /api/waitlist", **wait, specialization=hostile(f"{PROFILE} specialization"), closed=("specialization",)
    )
    first = (now + timedelta(minutes=25)).replace(second=0, microsecond=0)
    first -= timedelta(minutes=first.minute % 15)
    visits = []
    for number in range(6):
        starts_at = (first + timedelta(minutes=15 * number)).isoformat()
        whose = {"dependant_id": child} if number == 0 else {}
        visits.append(str(pen.write(REASON[0], doctor_id=doctor, starts_at=starts_at, **whose)["id"]))
        if number < 5:
            url = pen.send("POST /api/appointments/{id}/checkout", visits[-1]).json()["url"]
            patient.page.context.request.post(url, form={**CARD, "name": hostile(OTHER_DOORS[1])})
            # Another hold of the same doctor would take the place of one that is not paid for.
            assert wait_until(lambda: _is_paid(pen, visits[-1]), seconds=30)
    return first, visits


def _papers_and_letters_are_sound(patient: Role, house: House, visit: str, *readers: str) -> None:
    """Pages that the server writes itself, and letters, of which the mailbox shows one of each subject."""
    page = patient.page.context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a page asks: {dialog.message}"))
    page.set_extra_http_headers({**patient.pen.headers, "Accept": "text/html"})
    page.goto(f"/api/appointments/{visit}/receipt")
    comes_to_say(page, [hostile(f"{PROFILE} name"), hostile(f"{CHILD[0]} name")])
    page.goto(f"/api/appointments/{visit}/prescription")
    comes_to_say(page, [hostile(f"{PAPER[0]} {name}") for name in PAPER[1].split()])
    page.set_extra_http_headers({})
    for reader in readers:
        letters = {re.sub(r"\d.*", "", each["subject"]): each for each in house.mails(reader, about="")}
        assert len(letters) > 5
        for letter in letters.values():
            assert "<img src=x" not in letter["html"]
            assert "<script" not in letter["html"]
        written = hostile(f"{PROFILE} name")
        named = next(each for each in letters.values() if written in each["text"])
        page.goto(f"/simulator/mailbox?to={reader}")
        comes_to_say(page, [named["subject"]])
        page.goto(f"/simulator/mailbox/{named['id']}")
        comes_to_say(page, [named["subject"]])
        page.goto(f"/simulator/mailbox/{named['id']}/letter")
        comes_to_say(page, [written])
    page.close()


def _is_paid(pen: Pen, visit: str) -> bool:
    return bool(pen.send("GET /api/appointments/{id}", visit).json()["payment"]["status"] == "captured")


def _sign_in(page: Page, address: str) -> dict[str, str]:
    """Staff, without a page."""
    answer = page.context.request.post("/api/auth/sign-in", data={"email": address, "password": PASSWORD})
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}
