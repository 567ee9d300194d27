"""What becomes of plans: a time that is gone, holds that end, waiting and offers, cancelling, a doctor who does not come."""

from datetime import datetime, timedelta

from playwright.sync_api import expect

from browser.counter import Counter
from browser.screenshots.camera import Camera, Studio
from browser.screenshots.patient import CHICAGO, choose_a_time
from browser.steps import GOOD_CARD, arrive, on_booked, on_receipt, pay


def take(studio: Studio) -> None:
    """Ruth has all the bad luck; Gil is always faster."""
    with studio.camera(CHICAGO) as rival, studio.camera(CHICAGO) as camera:
        page = camera.page
        gil = _counter(rival, "gil@example.com", "Gil Rivera")
        _counter(camera, "ruth@example.com", "Ruth Abernathy")
        taken = choose_a_time(page, day=3)
        doctor = page.url.split("/doctors/")[1].split("?")[0]
        held = gil.post("/api/appointments", {"doctor_id": doctor, "starts_at": taken})["id"]
        page.get_by_role("button", name="Hold this time").click()
        expect(page.get_by_role("alert")).to_contain_text("Someone else has just taken")
        camera.take("doctor-taken")
        _waits(camera, gil, doctor, held)
        _is_late(studio, camera)
        _cancels(camera)
        _sits_alone(studio, camera)


def _counter(camera: Camera, email: str, name: str) -> Counter:
    headers = arrive(camera.page, email, name=name)
    return Counter(camera.page.request, headers["Authorization"].removeprefix("Bearer "))


def _waits(camera: Camera, gil: Counter, doctor: str, held: str) -> None:
    page = camera.page
    page.goto(f"/doctors/{doctor}")
    page.get_by_role("button", name="Tell me when a time becomes free").click()
    dialog = page.get_by_role("dialog", name="Wait for a time")
    expect(dialog.get_by_role("button", name="Wait for it")).to_be_visible()
    camera.take("wait", whole=False)
    dialog.get_by_role("button", name="Wait for it").click()
    expect(page.get_by_text("You are waiting for a time with this doctor.")).to_be_visible()
    camera.visit("/waiting", "waiting-one")
    gil.post(f"/api/appointments/{held}/cancel", {"reason": ""})
    page.goto("/waiting")
    kept = page.get_by_text("A time is kept for you now")
    while not kept.is_visible():
        page.wait_for_timeout(500)
        page.reload()
        page.wait_for_load_state("networkidle")
    camera.take("waiting-offered")
    page.get_by_role("main").get_by_role("link").filter(has_text="Answer").first.click()
    expect(page.get_by_role("heading", name="A time has become free")).to_be_visible()
    camera.take("offer")
    page.get_by_role("button", name="Take this time").click()
    expect(on_receipt(page)).to_be_visible()


def _is_late(studio: Studio, camera: Camera) -> None:
    page, now = camera.page, studio.stage.now
    with studio.stage.later(now + timedelta(minutes=9, seconds=15)):
        page.reload()
        expect(page.get_by_text("The time to pay is over. You were not charged.")).to_be_visible()
        camera.take("receipt-over")
    with studio.stage.later(now + timedelta(minutes=11)):
        page.reload()
        expect(page.get_by_role("heading", name="The time is no longer kept")).to_be_visible()
        camera.take("receipt-ended")


def _cancels(camera: Camera) -> None:
    page = camera.page
    _books(camera, day=4)
    page.get_by_role("button", name="Cancel this appointment").click()
    page.get_by_role("button", name="Cancel and refund").click()
    expect(page.get_by_role("heading", name="This appointment is cancelled")).to_be_visible()
    expect(page.get_by_text("We have given back")).to_be_visible()
    camera.take("cancelled")


def _books(camera: Camera, *, day: int) -> datetime:
    page = camera.page
    chosen = choose_a_time(page, doctor="Tomás Herrera Villanueva", day=day)
    page.get_by_role("button", name="Hold this time").click()
    page.get_by_role("button", name="Pay $").click()
    page.wait_for_url("**/simulator/checkout/*")
    pay(page, GOOD_CARD)
    expect(on_booked(page)).to_be_visible()
    return datetime.fromisoformat(chosen)


def _sits_alone(studio: Studio, camera: Camera) -> None:
    page = camera.page
    at = _books(camera, day=0)
    visit = page.url.split("?")[0]
    with studio.stage.later(at - timedelta(minutes=10)):
        camera.visit(visit, "visit-soon", shows=page.get_by_role("link", name="Join visit"))
    with studio.stage.later(at + timedelta(minutes=12)):
        page.goto(visit)
        page.get_by_role("button", name="The doctor did not come").click()
        dialog = page.get_by_role("dialog", name="The doctor did not come?")
        expect(dialog).to_be_visible()
        camera.take("absence", whole=False)
        dialog.get_by_label("What happened?").fill("I waited for ten minutes.")
        dialog.get_by_role("button", name="Tell the clinic").click()
        expect(page.get_by_role("status").filter(has_text="that the doctor did not come")).to_be_visible()
        camera.take("absence-told")
