"""What an administrator sees to."""

from playwright.sync_api import expect

from browser.screenshots.camera import Studio
from browser.screenshots.doctor import sign_in
from browser.steps import arrive

PAGES = ("doctors", "tasks", "messages", "payments", "claims", "reports", "audit", "providers", "more")


def take(studio: Studio) -> None:
    """With one message that could not be delivered."""
    with studio.camera("America/New_York") as camera:
        page = camera.page
        arrive(page, "nobody@example.invalid", name="Noah Unreachable")
        page.context.clear_cookies()
        sign_in(page, "admin@example.com")
        page.goto("/admin/tasks")
        expect(page.get_by_role("button", name="Try again")).to_be_visible()
        camera.visit("/admin", "admin")
        for name in PAGES:
            camera.visit(f"/admin/{name}", f"admin-{name}")
        page.goto("/admin/doctors")
        page.get_by_role("button", name="Reject Dr Yusuf Karim").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        camera.take("admin-reject", whole=False)
        page.goto("/admin/doctors?show=approved")
        page.get_by_role("button", name="Suspend Dr Amara Okafor").click()
        expect(page.get_by_role("dialog").get_by_label("They are cancelled")).to_be_visible()
        camera.take("admin-suspend", whole=False)
        page.goto("/admin/doctors?show=approved")
        page.get_by_role("link", name="Dr Amara Okafor", exact=True).click()
        expect(page.get_by_role("heading", name="What patients said")).to_be_visible()
        camera.take("admin-doctor")
        page.locator("a[href*='/admin/visits/']").first.click()
        page.wait_for_url("**/admin/visits/*")
        camera.take("admin-visit")
