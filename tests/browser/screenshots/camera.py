"""Pictures of one size in one light, of what one person sees."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, Request, expect

from browser.screenshots.kept import KEPT
from browser.screenshots.stage import Stage

SIZES = {"1280": (1280, 900), "360": (360, 760)}
LIGHTS = ("light", "dark")
_TALLEST = 6_000


class Questions:
    """What a page has asked for and not heard of yet, but for those that are `held` back."""

    def __init__(self, page: Page) -> None:
        self._asked = set[Request]()
        self.held = set[Request]()
        page.on("request", self._ask)
        page.on("requestfinished", self._hear)
        page.on("requestfailed", self._hear)

    @property
    def open(self) -> set[Request]:
        return self._asked - self.held

    def _ask(self, request: Request) -> None:
        self._asked.add(request)

    def _hear(self, request: Request) -> None:
        self._asked.discard(request)


@dataclass(frozen=True, slots=True)
class Camera:
    """At one person's window."""

    page: Page
    folder: Path
    size: str
    light: str
    questions: Questions
    taken: set[str]
    """By this walk; no two pictures are of one name."""

    def take(self, screen: str, *, whole: bool = True) -> None:
        """The screen as it stands; `whole` to its end, for which the window grows, so that bars stay at its foot."""
        name = f"{screen}-{self.size}-{self.light}"
        assert name not in self.taken, name
        self.taken.add(name)
        self._settle()
        width, height = SIZES[self.size]
        if whole and name not in KEPT:
            tall = self.page.evaluate("document.documentElement.scrollHeight")
            self.page.set_viewport_size({"width": width, "height": min(max(tall, height), _TALLEST)})
            self.page.evaluate("scrollTo(0, 0)")
        self.page.mouse.move(0, 0)
        self.page.evaluate(
            "document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))"
        )
        self.page.screenshot(path=self.folder / f"{name}.png", animations="disabled")
        self.page.set_viewport_size({"width": width, "height": height})

    def visit(self, path: str, screen: str, *, shows: Locator | None = None, whole: bool = True) -> None:
        """Go there, and take it once everything that it asked for has come."""
        self.page.goto(path)
        expect(shows if shows is not None else self.page.get_by_role("heading", level=1)).to_be_visible()
        self.take(screen, whole=whole)

    def _settle(self) -> None:
        """Until nothing has been asked for during a moment; what a picture wants unanswered is in `held`."""
        still = 0
        while still < 3:
            still = 0 if self.questions.open else still + 1
            self.page.wait_for_timeout(60)


@dataclass(frozen=True, slots=True)
class Studio:
    """Opens windows of one size in one light upon the stage."""

    browser: Browser
    stage: Stage
    folder: Path
    size: str
    light: str
    taken: set[str] = field(default_factory=set)

    @contextmanager
    def camera(self, zone: str, *, locale: str = "en-US") -> Iterator[Camera]:
        """A window of somebody who has not been here before, whose clock shows the time of the stage."""
        width, height = SIZES[self.size]
        context = self.browser.new_context(
            base_url=self.stage.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if self.light == "dark" else "light",
            timezone_id=zone,
            locale=locale,
            reduced_motion="reduce",
            has_touch=width < 600,
            is_mobile=width < 600,
        )
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.clock.install(time=self.stage.now)
        yield Camera(page, self.folder, self.size, self.light, Questions(page), self.taken)
        context.close()
