"""A doctor's day and practice."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from browser.screenshots.camera import Camera, Studio
from browser.screenshots.stage import CURTAIN

NEW_YORK, PASSWORD = "America/New_York", "openhours-demo"
SHARED = ("feedback", "notifications", "you", "you/password", "you/messages")
"""Pages whose names patients' have too."""
PAGES = ("visits", "profile", "earnings", "more", *SHARED)


def sign_in(page: Page, email: str) -> None:
    """To where that person begins."""
    page.goto("/sign-in/doctor")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/(today|admin)$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")


def take(studio: Studio) -> None:
    """Dr Okafor looks at everything, and saves nothing but one arrival."""
    with studio.camera(NEW_YORK) as camera:
        page = camera.page
        camera.visit("/sign-in/doctor", "sign-in-doctor", shows=page.get_by_label("E-mail"))
        camera.visit("/sign-in/forgotten", "forgotten")
        camera.visit("/new-password#secret", "new-password")
        sign_in(page, "doctor@example.com")
        expect(page.get_by_role("heading", name="Coming days")).to_be_visible()
        camera.take("today")
        _visit_ahead(camera)
        for view in ("", "?view=month", "?view=list"):
            camera.visit(f"/calendar{view}", f"calendar{view.replace('?view=', '-')}")
        for name in PAGES:
            camera.visit(f"/{name}", f"doctor-{name.replace('/', '-')}" if name in SHARED else name)
        _visit_done(camera)
        _hours(camera)
        page.goto("/earnings")
        page.get_by_role("link", name="Payments of").first.click()
        camera.take("earnings-month")
    with studio.stage.later(CURTAIN + timedelta(minutes=20)), studio.camera(NEW_YORK) as camera:
        _visit_on(camera)


def _visit_ahead(camera: Camera) -> None:
    page = camera.page
    today = page.get_by_role("region", name="Today’s visits").get_by_role("listitem")
    today.filter(has_text="My heart skips").get_by_role("link", name="open the visit").click()
    expect(page.get_by_role("button", name="Cancel the visit")).to_be_visible()
    camera.take("visit")
    page.get_by_role("button", name="Cancel the visit").click()
    expect(page.get_by_role("dialog", name="Cancel this visit?")).to_be_visible()
    camera.take("visit-cancel", whole=False)
    page.get_by_role("button", name="Keep the visit").click()
    page.get_by_role("button", name="Move to another time").click()
    dialog = page.get_by_role("dialog", name="Move this visit")
    expect(dialog.get_by_role("button", name=re.compile(r"^\d")).first).to_be_visible()
    camera.take("visit-move", whole=False)
    page.keyboard.press("Escape")


def _visit_done(camera: Camera) -> None:
    page = camera.page
    page.goto("/visits")
    page.get_by_role("link", name="Feedback of").first.click()
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    camera.take("visit-done")
    page.get_by_role("button", name="Offer times for a follow-up").click()
    offer = page.get_by_role("dialog", name="Offer times for a follow-up")
    offer.get_by_role("list", name="Free times").get_by_role("button").first.click()
    camera.take("visit-follow-up", whole=False)


def _visit_on(camera: Camera) -> None:
    page = camera.page
    sign_in(page, "doctor@example.com")
    arrived = page.get_by_role("button", name="Arrived: ").first
    arrived.click()
    camera.take("today-on")
    page.get_by_role("link", name="open the visit").first.click()
    camera.take("visit-today-done")
    page.get_by_role("button", name="Write a prescription").or_(
        page.get_by_role("button", name="Change the prescription")
    ).click()
    camera.take("visit-prescription")


def _hours(camera: Camera) -> None:
    page = camera.page
    camera.visit("/hours", "hours", shows=page.get_by_role("heading", name="Every week"))
    page.get_by_role("checkbox", name="Sunday").uncheck()
    camera.take("hours-changed")
    page.reload()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    camera.take("hours-day", whole=False)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add time off").click()
    page.get_by_label("First day").fill(f"{CURTAIN + timedelta(days=1):%Y-%m-%d}")
    page.get_by_label("Last day").fill(f"{CURTAIN + timedelta(days=3):%Y-%m-%d}")
    page.get_by_role("button", name="Save time off").click()
    expect(page.get_by_role("alert")).to_contain_text("booked visit")
    camera.take("hours-conflicts")
