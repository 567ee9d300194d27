"""A first visit on a slow line: what is seen before the scripts are there, and what becomes of it when they come."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, expect

from browser.conftest import Visitors
from browser.visitor import audit

SCRIPTS = "**/assets/libraries-*.js"


class Line:
    """A line on which the largest script waits until it is let through."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.route(SCRIPTS, self._hold)

    def let_through(self) -> None:
        # What waits goes on by itself then.
        self._page.unroute(SCRIPTS)

    def _hold(self, route: Route) -> None:
        """Leave it as it is: unanswered."""


def test_a_page_is_read_and_a_search_begun_before_its_scripts_are_there(visitors: Visitors) -> None:
    page = visitors(width=360).page
    line = Line(page)
    page.goto("/", wait_until="commit")
    expect(page.get_by_role("heading", name="See a doctor at a time that suits you")).to_be_visible()
    expect(page.get_by_role("button", name="Deutsch")).to_be_disabled()
    audit(page)
    box = page.get_by_role("combobox", name="What do you need?")
    box.fill("ski")
    line.let_through()
    expect(page.get_by_role("option", name="Skin (dermatology)", exact=True)).to_be_visible()
    expect(box).to_have_value("ski")
    expect(box).to_be_focused()
    expect(page.get_by_role("button", name="Deutsch")).to_be_enabled()


def test_links_and_the_search_lead_on_without_scripts(visitors: Visitors) -> None:
    visitor = visitors()
    page = visitor.page
    line = Line(page)
    page.goto("/", wait_until="commit")
    page.get_by_role("combobox", name="What do you need?").fill("Rao")
    page.get_by_role("button", name="Find a doctor").click()
    expect(page).to_have_url(re.compile(r"/doctors\?q=Rao"))
    expect(page.get_by_role("heading", name="Find a doctor")).to_be_visible()
    audit(page)
    # There, too, before a script runs.
    box = page.get_by_role("combobox", name="Specialization or doctor")
    box.fill("Asha")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/doctors\?q=Asha"))
    line.let_through()
    expect(page.get_by_role("article")).to_have_count(1)


def test_free_times_are_asked_for_once_and_while_the_scripts_come(visitors: Visitors) -> None:
    page = visitors(width=360).page
    page.goto("/doctors?q=Rao")
    page.get_by_role("link", name="Book Dr Asha Rao").click()
    expect(page.locator("button[data-roving*=T]").first).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path + "?" + urlsplit(request.url).query))
    line = Line(page)
    with page.expect_response(re.compile(r"/slots\?")):
        page.reload(wait_until="commit")
    # The server has just answered with the name, and sends it with the page.
    expect(page.get_by_role("heading", name="Dr Asha Rao", level=1)).to_be_visible()
    audit(page)
    line.let_through()
    expect(page.locator("button[data-roving*=T]").first).to_be_visible()
    audit(page)
    answers = [each for each in asked if each.startswith("/api/doctors/")]
    assert [each for each in answers if answers.count(each) > 1] == []


def test_whoever_has_chosen_a_language_never_sees_the_other(visitors: Visitors) -> None:
    page = visitors().page
    page.goto("/doctors")
    page.get_by_role("group", name="Language").get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("heading", name="Arztsuche", level=1)).to_be_visible()
    line = Line(page)
    page.reload(wait_until="commit")
    expect(page.get_by_role("heading", name="Find a doctor")).to_be_hidden()
    expect(page.locator("#root[aria-busy]")).to_be_hidden()
    line.let_through()
    expect(page.get_by_role("heading", name="Arztsuche", level=1)).to_be_visible()


def test_whoever_has_chosen_a_language_is_told_when_the_page_cannot_be_loaded(visitors: Visitors) -> None:
    visitor = visitors(width=360)
    page = visitor.page
    page.goto("/doctors")
    page.get_by_role("group", name="Language").get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("heading", name="Arztsuche", level=1)).to_be_visible()
    visitor.expects("net::ERR_FAILED")
    page.route(SCRIPTS, lambda route: route.abort())
    page.reload()
    expect(page.get_by_text("Openhours konnte nicht geladen werden.")).to_be_visible()
