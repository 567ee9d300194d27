"""What is a patient's own: visits to come and past ones, papers, and the pages about themselves."""

from datetime import timedelta

from playwright.sync_api import expect

from browser.screenshots.camera import Camera, Studio
from browser.steps import arrive

CHICAGO = "America/Chicago"
PAGES = ("you", "you/details", "you/health", "you/payments", "you/messages", "you/look", "you/data", "notifications")


def take(studio: Studio) -> None:
    """Margaret has been here before."""
    with studio.camera(CHICAGO) as camera:
        arrive(camera.page, "margaret@example.com", name="Margaret Lindqvist")
        _visits(camera)
        for name in PAGES:
            camera.visit(f"/{name}", name.replace("/", "-"))
        _people(camera)
        _calendar(camera)
        _leaving(studio, camera)


def _visits(camera: Camera) -> None:
    page = camera.page
    camera.visit("/appointments", "appointments")
    camera.visit("/appointments/past", "past", shows=page.get_by_role("link", name="Receipt").first)
    page.get_by_role("link", name="Receipt").first.click()
    expect(page.get_by_role("article")).to_be_visible()
    camera.take("paper")
    camera.visit(page.url.replace("/receipt", "/prescription"), "prescription", shows=page.get_by_role("article"))
    page.goto("/appointments/past")
    page.get_by_role("link", name="Give feedback").first.click()
    expect(page.get_by_role("heading", name="How was your visit")).to_be_visible()
    page.get_by_role("radio", name="4 stars").check(force=True)
    camera.take("feedback")
    camera.visit("/report", "report")


def _people(camera: Camera) -> None:
    page = camera.page
    camera.visit("/you/people", "you-people")
    page.get_by_role("button", name="Add a person").click()
    expect(page.get_by_role("dialog", name="Add a person")).to_be_visible()
    camera.take("you-people-add", whole=False)


def _calendar(camera: Camera) -> None:
    page = camera.page
    camera.visit("/you/calendar", "you-calendar-none")
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_label("Secret address")).to_be_visible()
    camera.take("you-calendar")


def _leaving(studio: Studio, camera: Camera) -> None:
    """A session that ends over a form, and an account that is closed."""
    page = camera.page
    page.goto("/you/details")
    page.get_by_label("Phone number").fill("+1 312 555 0199")
    with studio.stage.later(studio.stage.now + timedelta(minutes=15)):
        page.context.clear_cookies()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("dialog", name="Please sign in again")).to_be_visible()
        camera.take("lapsed", whole=False)
    camera.visit("/goodbye", "goodbye")
