"""Somebody who goes from screen to screen, and waits at each until it has all that it asked for."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Request, Route, expect

from browser.screens.lives import Lives
from browser.screens.table import SCREENS, Screen
from browser.visitor import Visitor, faults

_THERE = """address => {
    const { state } = window.__TSR_ROUTER__ ?? {}
    return state?.status === 'idle' && state.resolvedLocation?.href === address && document.querySelector('h1') !== null
}"""
_DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_GREY = "span[class*=_bar_][aria-hidden]"
_FACTS = re.compile(r"/api/(?!auth/|me$)")
"""All that is asked for but who one is."""
_PATIENCE = 600
"""How often one looks whether all has come: half a minute at least."""

_PALE = """() => {
    const found = new Set()
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
        const text = texts.currentNode, element = text.parentElement
        if (!text.data.trim() || !element.checkVisibility({ visibilityProperty: true }) || element.closest('.sr')) continue
        const [r, g, b] = getComputedStyle(element).color.match(/[0-9.]+/g).slice(0, 3)
            .map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        if (1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) < 4.5) found.add(`pale on paper: ${text.data.trim()}`)
    }
    for (const element of document.querySelectorAll('button, nav, footer'))
        if (element.checkVisibility({ visibilityProperty: true })) found.add(`of no use on paper: ${element.innerText}`)
    return [...found]
}"""
"""What would not be read where no background is printed, and what nobody can press there."""

_CUT = """() => {
    const found = []
    if (document.documentElement.scrollWidth > innerWidth) found.push('it is wider than the window')
    for (const element of document.querySelectorAll('body *')) {
        const { overflowX, clipPath } = getComputedStyle(element)
        const cuts = (overflowX === 'hidden' || overflowX === 'clip') && clipPath === 'none'
        if (cuts && !element.closest('[aria-hidden=true]') && element.innerText?.trim() && element.scrollWidth > element.clientWidth + 1)
            found.push(`cut: ${element.outerHTML.slice(0, 200)}`)
    }
    return found
}"""
"""What does not fit into its width."""

Look = Callable[[Page, Screen], list[str]]


class Walk:
    """One person in one window; steps are taken as links do, without loading the client again."""

    def __init__(
        self, visitor: Visitor, lives: Lives, role: str, *, answer: Callable[[Route], None] | None = None
    ) -> None:
        self.page: Page = visitor.page
        self._lives, self._role, self._answer = lives, role, answer
        self._asked: set[Request] = set()
        self.page.on("request", self._asks)
        self.page.on("requestfinished", self._is_answered)
        self.page.on("requestfailed", self._is_answered)
        lives.enter(self.page, role)
        if answer:
            self.page.route(_FACTS, answer)
        self.page.goto("/signed-in")
        self.page.wait_for_function("() => window.__TSR_ROUTER__?.state.status === 'idle'")

    def faults(self, look: Look) -> list[str]:
        """What is wrong with the screens of this role, each named."""
        found = []
        for screen in SCREENS:
            if screen.role == self._role:
                self._go(screen)
                found += [f"{screen.name}: {each}" for each in look(self.page, screen)]
        return found

    def _asks(self, request: Request) -> None:
        if self._answer is not _never or not _FACTS.search(request.url):
            self._asked.add(request)

    def _is_answered(self, request: Request) -> None:
        self._asked.discard(request)

    def _go(self, screen: Screen) -> None:
        address = screen.address(self._lives.things)
        self.page.evaluate("address => history.pushState({}, '', address)", address)
        self.page.wait_for_function(_THERE, arg=address)
        for _ in range(_PATIENCE):
            self.page.evaluate(_DRAWN)
            if not self._asked:
                break
            self.page.wait_for_timeout(50)
        else:
            raise AssertionError(f"{screen.name} still waits for {sorted(each.url for each in self._asked)}")
        self.page.evaluate(_DRAWN)


def as_it_is(lives: Lives) -> Look:
    """It is the screen that the table means, and everybody can use it."""

    def look(page: Page, screen: Screen) -> list[str]:
        # A receipt's number follows.
        wanted = re.compile(f"^{re.escape(lives.heading(screen))}( [0-9-]+)?$")
        expect(page.get_by_role("heading", level=1), screen.name).to_have_text(wanted)
        return faults(page)

    return look


def refused(lives: Lives) -> Look:
    """Nothing is told, and nothing is promised to come."""

    def look(page: Page, screen: Screen) -> list[str]:
        expect(page.locator(_GREY), screen.name).to_have_count(0)
        return faults(page)

    return look


def kept_waiting(lives: Lives) -> Look:
    """What is on its way is grey, for longer than an eye would wait for it."""

    def look(page: Page, screen: Screen) -> list[str]:
        page.evaluate("() => new Promise(done => setTimeout(done, 400))")
        return faults(page)

    return look


def in_other_words(lives: Lives) -> Look:
    """Whatever it says, everybody can use it."""

    def look(page: Page, screen: Screen) -> list[str]:
        expect(page.locator("html"), screen.name).to_have_attribute("lang", "de")
        return faults(page)

    return look


def on_paper(lives: Lives) -> Look:
    """Printed, in whatever light the screen is, it is dark on white and has nothing that can be pressed."""

    def look(page: Page, screen: Screen) -> list[str]:
        if screen.route.rpartition("/")[2] not in ("receipt", "prescription", "today"):
            return []
        found = []
        for light in ("dark", "light"):
            page.emulate_media(media="print", color_scheme=light)
            page.evaluate(_DRAWN)
            found += [f"from the {light}, {each}" for each in page.evaluate(_PALE)]
        page.emulate_media(media="screen", color_scheme="light")
        return found

    return look


def twice_as_large(lives: Lives) -> Look:
    """With text of twice the size nothing is cut off."""

    def look(page: Page, screen: Screen) -> list[str]:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.evaluate(_DRAWN)
        return list(page.evaluate(_CUT))

    return look


def _refuse(route: Route) -> None:
    route.fulfill(status=500, content_type="application/problem+json", body='{"type": "/problems/internal"}')


def _never(route: Route) -> None:
    """No answer comes."""


ANSWERS = {refused: _refuse, kept_waiting: _never}
