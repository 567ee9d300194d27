"""Somebody who goes from screen to screen, and waits at each until it has all that it asked for."""

from collections.abc import Callable

from playwright.sync_api import Page, Request

from browser.screens.lives import Lives
from browser.screens.table import SCREENS, Screen
from browser.visitor import Visitor, faults

_THERE = """address => {
    const { state } = window.__TSR_ROUTER__ ?? {}
    return state?.status === 'idle' && state.resolvedLocation?.href === address
        && document.querySelector('h1') !== null
}"""
_DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_PATIENCE = 600
"""How often one looks whether all has come: half a minute at least."""


class Walk:
    """One person in one window; steps are taken as links do, without loading the client again."""

    def __init__(self, visitor: Visitor, lives: Lives, role: str) -> None:
        self.page: Page = visitor.page
        self._lives, self._role = lives, role
        self._asked: set[Request] = set()
        self.page.on("request", self._asks)
        self.page.on("requestfinished", self._is_answered)
        self.page.on("requestfailed", self._is_answered)
        lives.enter(self.page, role)
        self.page.goto("/signed-in")
        self.page.wait_for_function("() => window.__TSR_ROUTER__?.state.status === 'idle'")

    def faults(self, look: Callable[[Page, Screen], list[str]]) -> list[str]:
        """What is wrong with the screens of this role, each named."""
        found = []
        for screen in SCREENS:
            if screen.role == self._role:
                self._go(screen)
                found += [f"{screen.name}: {each}" for each in look(self.page, screen)]
        return found

    def _asks(self, request: Request) -> None:
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
        self.page.evaluate(_DRAWN)


def as_it_is(lives: Lives) -> Callable[[Page, Screen], list[str]]:
    """It is the screen that the table means, and everybody can use it."""

    def look(page: Page, screen: Screen) -> list[str]:
        wanted = lives.heading(screen)
        headings = page.get_by_role("heading", level=1).all_inner_texts()
        # A receipt's number follows.
        right = len(headings) == 1 and headings[0].startswith(wanted)
        return [*([] if right else [f"it says {headings}, not {wanted}"]), *faults(page)]

    return look
