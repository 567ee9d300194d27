"""From the front door to a booked visit, with what can be in the way."""

from playwright.sync_api import Page, Route, expect

from browser.screenshots.camera import Camera, Studio
from browser.steps import DECLINED_CARD, GOOD_CARD, give_phone, on_booked, on_receipt, pay

CHICAGO = "America/Chicago"
FREE = "button[aria-disabled=false][data-roving*=T]"


def take(studio: Studio) -> None:
    """One who has never been here walks all of it."""
    with studio.camera(CHICAGO) as camera:
        _looks_around(camera)
        _books(camera)
        _reads_on(camera)
    with studio.camera(CHICAGO) as camera:
        _meets_trouble(camera)


def choose_a_time(page: Page, *, doctor: str = "Amara Okafor", day: int = 2, time: int = 2) -> str:
    """On the doctor's page; the instant that was chosen."""
    page.goto(f"/doctors?q={doctor.rpartition(' ')[2]}")
    page.get_by_role("link", name=f"Book Dr {doctor}").click()
    expect(page.get_by_role("region", name="Choose a date and a time")).to_be_visible()
    page.get_by_role("button", name="free time").nth(day).click()
    slot = page.locator(FREE).nth(time)
    instant = slot.get_attribute("data-roving")
    assert instant
    slot.click()
    return instant


def _looks_around(camera: Camera) -> None:
    page = camera.page
    camera.visit("/", "landing", shows=page.get_by_role("listitem").first)
    for name in ("help", "accessibility", "privacy"):
        camera.visit(f"/{name}", name)
    camera.visit("/doctors", "find", shows=page.get_by_role("article").first, whole=False)
    if camera.size == "360":
        page.get_by_role("button", name="Filters").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        camera.take("find-filters", whole=False)
    camera.visit(
        "/doctors?q=nobody&rating=4.5", "find-empty", shows=page.get_by_role("heading", name="No doctor"), whole=False
    )
    choose_a_time(page)
    camera.take("doctor")
    page.get_by_role("link", name="Sign in to hold this time").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    camera.take("sign-in")


def _books(camera: Camera) -> None:
    page = camera.page
    page.get_by_role("link", name="Continue with Google").click()
    page.get_by_label("E-mail").fill("nora@example.com")
    page.get_by_label("Name").fill("Nora Weaver")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    camera.take("welcome")
    give_phone(page)
    page.get_by_role("button", name="Add a note for the doctor").click()
    page.get_by_label("What is the visit about?").fill("My heart skips a beat in the evening.")
    camera.take("doctor-note")
    page.get_by_role("button", name="Hold this time").click()
    expect(on_receipt(page)).to_be_visible()
    camera.take("receipt")
    page.get_by_role("button", name="Pay $").click()
    page.wait_for_url("**/simulator/checkout/*")
    camera.take("checkout")
    pay(page, DECLINED_CARD)
    expect(page.get_by_role("alert")).to_be_visible()
    camera.take("declined")
    page.get_by_role("button", name="Pay $").click()
    page.wait_for_url("**/simulator/checkout/*")
    pay(page, GOOD_CARD)
    expect(on_booked(page)).to_be_visible()
    expect(page.get_by_text("You can join from")).to_be_visible()
    camera.take("booked")


def _reads_on(camera: Camera) -> None:
    """What can be done with a booked visit, looked at and left."""
    page = camera.page
    page.get_by_role("button", name="Tell me if an earlier time becomes free").click()
    expect(page.get_by_role("dialog", name="Wait for an earlier time")).to_be_visible()
    camera.take("wait-earlier", whole=False)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Cancel this appointment").click()
    expect(page.get_by_role("button", name="Cancel and refund")).to_be_visible()
    camera.take("cancel", whole=False)
    page.get_by_role("button", name="Keep my appointment").click()
    page.get_by_role("link", name="Move to another time").click()
    expect(page.get_by_role("heading", name="Choose a new time")).to_be_visible()
    page.get_by_role("button", name="First free").click()
    camera.take("move")
    page.get_by_role("button", name="See what changes").click()
    expect(page.get_by_role("button", name="Move my visit")).to_be_visible()
    camera.take("move-ask", whole=False)
    camera.visit(page.url.split("/move")[0] + "/alternatives", "alternatives")
    camera.visit("/waiting", "waiting")
    camera.visit("/nowhere", "not-found")


def _meets_trouble(camera: Camera) -> None:
    """A server that does not answer, one that cannot, and no connection at all."""
    page, held = camera.page, list[Route]()

    def hold_back(route: Route) -> None:
        held.append(route)
        camera.questions.held.add(route.request)

    page.route("**/api/doctors?*", hold_back)
    page.goto("/doctors")
    expect(page.locator("[aria-busy=true]").first).to_be_visible()
    camera.take("find-loading", whole=False)
    for route in held:
        route.abort()
    page.unroute("**/api/doctors?*")
    page.route("**/api/doctors?*", lambda route: route.fulfill(status=503))
    page.goto("/doctors")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    camera.take("find-failed", whole=False)
    page.unroute("**/api/doctors?*")
    page.goto("/doctors")
    expect(page.get_by_role("article").first).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_text("You are not connected.")).to_be_visible()
    camera.take("offline", whole=False)
    page.context.set_offline(False)
