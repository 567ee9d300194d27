"""A house in which much has happened: the product's demonstration, and beside it what its screens show besides."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page

from browser.counter import Counter
from browser.house import House
from browser.screens.table import ADMINISTRATOR, DOCTOR, NEWCOMER, PATIENT, Screen
from browser.steps import Time, arrive, arrive_anew
from browser.town import Practice
from browser.visitor import Visitor
from servers.processes import wait_until

PASSWORD = "openhours-demo"
ADDRESSES = {DOCTOR: "doctor@example.com", ADMINISTRATOR: "admin@example.com"}
ZONE = "America/New_York"


@dataclass(frozen=True, slots=True)
class Lives:
    """The house; who is the patient of it all, and by which ids things are found."""

    house: House
    patient: str
    things: Mapping[str, str]

    def enter(self, page: Page, role: str) -> None:
        """Be signed in at this window."""
        if role == PATIENT:
            arrive(page, _address(self.patient), name=self.patient)
        elif role == NEWCOMER:
            arrive_anew(page, "lena-koch@example.com")
        elif role in ADDRESSES:
            staff(page, role)

    def heading(self, screen: Screen) -> str:
        """What stands above the screen."""
        today = datetime.now(ZoneInfo(ZONE))
        people = {PATIENT: self.patient, DOCTOR: "Dr Amara Okafor", ADMINISTRATOR: "Demo Administrator"}
        said = {
            "$me": people.get(screen.role, ""),
            "$patient": self.patient,
            "$day": f"{today:%A} {today.day} {today:%B}",
        }
        return said.get(screen.says, screen.says)


def staff(page: Page, role: str) -> Counter:
    """Sign a doctor or an administrator in without a page."""
    answer = page.request.post("/api/auth/sign-in", data={"email": ADDRESSES[role], "password": PASSWORD})
    return Counter(page.request, answer.json()["access_token"])


@contextmanager
def lived_in(folder: Path, browser: Browser) -> Iterator[Lives]:
    """Open the house, and let them do there what a demonstration has not done."""
    house = House(folder, demonstration=True)
    house.open()
    try:
        yield _live(house, browser)
    finally:
        house.close()


def _live(house: House, browser: Browser) -> Lives:
    window = Visitor(browser, house.url, width=1280, zone=ZONE)
    page = window.page
    doctor = staff(page, DOCTOR)
    okafor = Practice(doctor.get("/api/doctor/profile")["id"], "Dr Amara Okafor", ADDRESSES[DOCTOR], ZONE)
    past = _latest(doctor)
    doctor.put(
        f"/api/appointments/{past['id']}/prescription",
        {"medicines": [{"name": "Ibuprofen", "dose": "400 mg", "days": 5}], "advice": "Drink enough."},
    )
    page.context.clear_cookies()
    patient = past["patient"]["name"]
    headers = arrive(page, _address(patient), name=patient)
    lena = Counter(page.request, headers["Authorization"].removeprefix("Bearer "))
    lena.put("/api/patient/medical-profile", {"conditions": "Asthma", "medication": "", "allergies": "Penicillin"})
    lena.post("/api/patient/dependants", {"name": "Mia Koch", "birth_date": "2019-04-05", "relation": "child"})
    now = datetime.now(UTC)
    lena.post(
        "/api/waitlist", {"doctor_id": okafor.id, "from": f"{now:%FT%TZ}", "until": f"{now + timedelta(9):%FT%TZ}"}
    )
    lena.post("/api/reports", {"about": "bug", "text": "The page about my visit stays blank."})
    things = {"doctor": okafor.id, "past": str(past["id"]), "nobody": "00000000-0000-7000-8000-000000000000"}
    for name, day in (("booked", 10), ("cancelled", 11)):
        things[name] = visit = lena.book(_morning(okafor, day))
        assert wait_until(partial(_is_paid, lena, visit), seconds=30)
    lena.post(f"/api/appointments/{things['cancelled']}/cancel", {"reason": ""})
    things["held"] = lena.hold(_morning(okafor, 12))
    arrive(page, "nobody@example.invalid", name="Nobody")
    window.leave(None)
    return Lives(house, patient, things)


def _latest(doctor: Counter) -> dict[str, Any]:
    """The last visit that was."""
    past = doctor.get("/api/appointments?when=past")["items"]
    return dict(next(each for each in past if each["status"] == "fulfilled"))


def _is_paid(counter: Counter, visit: str) -> bool:
    return bool(counter.get(f"/api/appointments/{visit}")["payment"]["status"] == "captured")


def _morning(doctor: Practice, days: int) -> Time:
    there: date = datetime.now(ZoneInfo(ZONE)).date() + timedelta(days=days)
    return Time(datetime.combine(there, time(9), ZoneInfo(ZONE)), doctor, ZONE)


def _address(name: str) -> str:
    """By which the demonstration's people sign in."""
    return f"{name.split(maxsplit=1)[0].lower()}@example.com"
