"""Takes pictures of every screen of the running product: `python -m browser.screenshots FOLDER [--keep FOLDER]`.

On a wide window and on a telephone, in both lights, over a demonstration of its own. `--keep` puts the few that the
documents show into another folder.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from browser.steps import (
    DECLINED_CARD,
    GOOD_CARD,
    give_phone,
    on_booked,
    on_receipt,
    pay,
)
from browser.visitor import FLAGS
from servers.locate import chromium_program
from servers.processes import environment, openhours, run_server

SIZES = {"1280": (1280, 900), "360": (360, 760)}
LIGHTS = ("light", "dark")
KEPT = (
    "landing-360-light",
    "find-360-light",
    "doctor-1280-light",
    "doctor-360-dark",
    "receipt-1280-light",
    "booked-360-light",
    "today-1280-light",
    "hours-1280-dark",
)
PASSWORD = "openhours-demo"
FREE = "button[aria-disabled=false][data-roving*=T]"


@dataclass
class Camera:
    """Pictures of one size in one light."""

    page: Page
    folder: Path
    size: str
    light: str

    def take(self, screen: str, *, whole: bool = True) -> None:
        """The screen as it stands; `whole` scrolls down to its end, but for the pictures that documents show."""
        name = f"{screen}-{self.size}-{self.light}"
        self.page.evaluate(
            "document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))"
        )
        self.page.screenshot(path=self.folder / f"{name}.png", full_page=whole and name not in KEPT)


def main() -> int:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    folder: Path = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with demonstration() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=list(FLAGS))
        number = 0
        for size in SIZES:
            for light in LIGHTS:
                number += 1
                _patient(browser, url, folder, size, light, number)
                _staff(browser, url, folder, size, light)
        browser.close()
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        for name in KEPT:
            shutil.copyfile(folder / f"{name}.png", arguments.keep / f"{name}.png")
    return 0


@contextmanager
def demonstration() -> Iterator[str]:
    """The product over data of its own; what it is served at."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = {"OPENHOURS_VAR": str(folder / "var"), "OPENHOURS_RATE_LIMITS": "off"}
        for command in ("migrate", "demo"):
            subprocess.run(openhours(command), cwd=folder, env=environment(settings), check=True)
        with run_server(settings, folder=folder, seconds=60) as server:
            yield server.url


@contextmanager
def _camera(browser: Browser, url: str, folder: Path, size: str, light: str, zone: str) -> Iterator[Camera]:
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        color_scheme="dark" if light == "dark" else "light",
        timezone_id=zone,
        reduced_motion="reduce",
    )
    yield Camera(context.new_page(), folder, size, light)
    context.close()


def _patient(browser: Browser, url: str, folder: Path, size: str, light: str, number: int) -> None:
    """One patient walks the whole way, and another who has been here before looks around."""
    with _camera(browser, url, folder, size, light, "America/Chicago") as camera:
        page = camera.page
        page.goto("/")
        expect(page.get_by_role("listitem").first).to_be_visible()
        camera.take("landing")
        page.goto("/doctors")
        expect(page.get_by_role("article").first).to_be_visible()
        camera.take("find", whole=False)
        page.goto("/doctors?q=nobody&rating=4.5")
        expect(page.get_by_role("heading", name="No doctor")).to_be_visible()
        camera.take("find-empty")
        page.goto("/doctors?q=Okafor")
        page.get_by_role("link", name="Book Dr Amara Okafor").click()
        expect(page.get_by_role("region", name="Choose a date and a time")).to_be_visible()
        page.get_by_role("button", name="free time").nth(number + 1).click()
        page.locator(FREE).nth(2).click()
        camera.take("doctor")
        page.get_by_role("link", name="Sign in to hold this time").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        camera.take("sign-in")
        page.get_by_role("link", name="Continue with Google").click()
        page.get_by_label("E-mail").fill(f"lena{number}@example.com")
        page.get_by_label("Name").fill("Lena Koch")
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
        camera.take("welcome")
        give_phone(page)
        page.get_by_role("button", name="Hold this time").click()
        expect(on_receipt(page)).to_be_visible()
        camera.take("receipt")
        _pay(page, DECLINED_CARD)
        expect(page.get_by_role("alert")).to_be_visible()
        camera.take("declined")
        _pay(page, GOOD_CARD)
        expect(on_booked(page)).to_be_visible()
        expect(page.get_by_text("You can join from")).to_be_visible()
        camera.take("booked")
        page.get_by_role("button", name="Cancel this appointment").click()
        expect(page.get_by_role("button", name="Cancel and refund")).to_be_visible()
        camera.take("cancel", whole=False)
        page.get_by_role("button", name="Keep my appointment").click()
        page.get_by_role("link", name="Move to another time").click()
        expect(page.get_by_role("heading", name="Choose a new time")).to_be_visible()
        page.get_by_role("button", name="First free").click()
        page.get_by_role("button", name="See what changes").click()
        expect(page.get_by_role("button", name="Move my visit")).to_be_visible()
        camera.take("move", whole=False)
        page.goto(page.url.split("/move")[0] + "/alternatives")
        expect(page.get_by_role("heading", name="Choose another time or doctor")).to_be_visible()
        camera.take("alternatives")
        page.goto("/waiting")
        expect(page.get_by_role("heading", name="You are not waiting for anything")).to_be_visible()
        camera.take("waiting")
        page.goto("/appointments")
        expect(page.get_by_role("heading", name="Your appointments")).to_be_visible()
        camera.take("appointments")
        _own_pages(camera)
        page.goto("/nowhere")
        camera.take("not-found")
    with _camera(browser, url, folder, size, light, "America/Chicago") as camera:
        page = camera.page
        page.goto("/appointments/past")
        page.get_by_role("link", name="Continue with Google").click()
        page.locator(".people button").first.click()
        expect(page.get_by_role("heading", name="Past and cancelled visits")).to_be_visible()
        camera.take("past")
        page.get_by_role("link", name="Receipt").first.click()
        expect(page.get_by_role("article")).to_be_visible()
        camera.take("paper")
        page.goto("/appointments/past")
        page.get_by_role("link", name="feedback").first.click()
        expect(page.get_by_role("heading", name="How was your visit")).to_be_visible()
        camera.take("feedback")
        page.goto("/you/payments")
        expect(page.get_by_role("listitem").filter(has_text="Visit with").first).to_be_visible()
        camera.take("you-payments", whole=False)


def _own_pages(camera: Camera) -> None:
    """What is a patient's own; one person more to book for at the end."""
    page = camera.page
    for name in (
        "you",
        "you/details",
        "you/health",
        "you/messages",
        "you/calendar",
        "you/data",
        "notifications",
        "report",
    ):
        page.goto(f"/{name}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        camera.take(name.replace("/", "-"))
    page.goto("/you/people")
    page.get_by_role("button", name="Add a person").click()
    dialog = page.get_by_role("dialog", name="Add a person")
    expect(dialog).to_be_visible()
    camera.take("you-people-add", whole=False)
    dialog.get_by_label("Name").fill("Wilhelmina Konstantinopoulou-Featherstonehaugh")
    dialog.get_by_label("Date of birth").fill("2019-04-05")
    dialog.get_by_label("This person is your").select_option(label="Child")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Change Wilhelmina")).to_be_visible()
    camera.take("you-people")


def _pay(page: Page, card: str) -> None:
    page.get_by_role("button", name="Pay $").click()
    page.wait_for_url("**/simulator/checkout/*")
    pay(page, card)


def _staff(browser: Browser, url: str, folder: Path, size: str, light: str) -> None:
    with _camera(browser, url, folder, size, light, "America/New_York") as camera:
        page = camera.page
        page.goto("/sign-in/doctor")
        camera.take("sign-in-doctor")
        page.goto("/register")
        expect(page.get_by_role("button", name="Next")).to_be_visible()
        camera.take("register")
        page.goto("/sign-in/doctor")
        _sign_in(page, "doctor@example.com")
        expect(page.get_by_role("heading", name="Coming days")).to_be_visible()
        camera.take("today")
        for name in ("calendar", "calendar?view=month", "calendar?view=list", "visits", "feedback"):
            page.goto(f"/{name}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            page.wait_for_load_state("networkidle")
            camera.take(name.replace("?view=", "-"))
        page.goto("/visits")
        page.get_by_role("link", name="Feedback of").first.click()
        expect(page.get_by_role("heading", name="What happened")).to_be_visible()
        page.wait_for_load_state("networkidle")
        camera.take("visit")
        page.goto("/hours")
        expect(page.get_by_role("heading", name="Every week")).to_be_visible()
        camera.take("hours")
        for name in ("profile", "earnings", "more"):
            page.goto(f"/{name}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            page.wait_for_load_state("networkidle")
            camera.take(name)
    with _camera(browser, url, folder, size, light, "America/New_York") as camera:
        page = camera.page
        page.goto("/sign-in/doctor")
        _sign_in(page, "admin@example.com")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        camera.take("admin")
        for name in ("doctors", "tasks", "messages", "payments", "claims", "reports", "audit", "providers", "more"):
            page.goto(f"/admin/{name}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            page.wait_for_load_state("networkidle")
            camera.take(f"admin-{name}")
        page.goto("/admin/doctors?show=approved")
        page.get_by_role("button", name="Suspend Dr Amara Okafor").click()
        expect(page.get_by_role("dialog").get_by_label("They are cancelled")).to_be_visible()
        camera.take("admin-suspend", whole=False)
        page.goto("/admin/doctors?show=approved")
        page.get_by_role("link", name="Dr Amara Okafor", exact=True).click()
        expect(page.get_by_role("heading", name="What patients said")).to_be_visible()
        page.wait_for_load_state("networkidle")
        camera.take("admin-doctor")


def _sign_in(page: Page, email: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


if __name__ == "__main__":
    sys.exit(main())
