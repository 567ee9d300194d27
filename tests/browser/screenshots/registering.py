"""A doctor registers, waits, and is turned down."""

from uuid import uuid4

from playwright.sync_api import expect

from browser.screenshots.camera import Studio
from browser.screenshots.doctor import PASSWORD

CHICAGO = "America/Chicago"


def take(studio: Studio) -> None:
    """Dr Berg, in three steps."""
    with studio.camera(CHICAGO) as camera:
        page = camera.page
        camera.visit("/register", "register", shows=page.get_by_role("button", name="Next"))
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_label("Name")).to_be_focused()
        camera.take("register-refused")
        page.get_by_label("Name").fill("Dr Signe Berg")
        page.get_by_label("E-mail").fill("signe@example.com")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("Phone number").fill("+1 312 555 0107")
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_role("heading", name="Your practice")).to_be_focused()
        page.get_by_role("combobox", name="Specialization").fill("Sleep")
        page.get_by_label("Fee for a visit").fill("90")
        camera.take("register-practice")
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_text("What comes after")).to_be_visible()
        camera.take("register-check")
        page.get_by_role("button", name="Register").click()
        expect(page.get_by_role("heading", name="You are registered")).to_be_visible()
        camera.take("register-picture")
        page.get_by_role("link", name="Go on without a picture").click()
        expect(page.get_by_text("Your registration waits for approval")).to_be_visible()
        camera.take("registered")
        chief = page.context.browser.new_context(base_url=studio.stage.url).request  # type: ignore[union-attr]  # it has one
        token = chief.post("/api/auth/sign-in", data={"email": "admin@example.com", "password": PASSWORD}).json()[
            "access_token"
        ]
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid4().hex}
        waiting = chief.get("/api/admin/doctors?status=pending", headers=headers).json()["items"]
        (berg,) = [each["id"] for each in waiting if each["name"] == "Dr Signe Berg"]
        answer = chief.post(
            f"/api/admin/doctors/{berg}/reject", data={"reason": "Please send your diploma."}, headers=headers
        )
        assert answer.ok, answer.text()
        page.goto("/today")
        expect(page.get_by_text("Your registration was not approved")).to_be_visible()
        camera.take("rejected")
