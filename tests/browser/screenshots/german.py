"""The same in German: enough of each person's screens to see where longer words break."""

from playwright.sync_api import expect

from browser.screenshots.camera import Studio
from browser.screenshots.doctor import PASSWORD
from browser.steps import arrive

BERLIN = "Europe/Berlin"


def take(studio: Studio) -> None:
    """Lena Koch, then her doctor, then the administrator."""
    with studio.camera(BERLIN, locale="de-DE") as camera:
        page = camera.page
        camera.visit("/", "de-landing", shows=page.get_by_role("listitem").first)
        for name in ("help", "accessibility", "privacy"):
            camera.visit(f"/{name}", f"de-{name}")
        camera.visit("/doctors", "de-find", shows=page.get_by_role("article").first, whole=False)
        page.get_by_role("article").get_by_role("link").last.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        camera.take("de-doctor")
        arrive(page, "lena@example.com", name="Lena Koch", zone=BERLIN)
        for name in ("appointments", "appointments/past", "you", "you/health", "waiting"):
            camera.visit(f"/{name}", f"de-{name.replace('/', '-')}")
    for email, pages in (
        ("doctor@example.com", ("today", "calendar", "hours", "earnings", "profile")),
        ("admin@example.com", ("admin", "admin/doctors", "admin/audit")),
    ):
        with studio.camera("America/New_York", locale="de-DE") as camera:
            page = camera.page
            page.request.post("/api/auth/sign-in", data={"email": email, "password": PASSWORD})
            for name in pages:
                camera.visit(f"/{name}", f"de-{name.replace('/', '-')}")
