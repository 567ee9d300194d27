"""A person with a browser: everything that goes wrong on their screen is kept, and fails the test."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, WebError, expect

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Patience for a busy machine; a condition that holds is seen at once.
expect.set_options(timeout=20_000)


class Visitor:
    """`page` is the first tab; `tab` opens another. `expects` names refusals that belong to the story."""

    def __init__(self, browser: Browser, url: str, *, width: int, zone: str, scheme: str = "light") -> None:
        self.context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": 800},
            timezone_id=zone,
            locale="en-US",
            color_scheme="dark" if scheme == "dark" else "light",
            # Colours on their way from one light to the other are nobody's to read.
            reduced_motion="reduce",
            has_touch=width < 600,
        )
        self.context.set_default_timeout(30_000)
        self._traced = bool(os.environ.get("BROWSER_TRACE"))
        if self._traced:
            self.context.tracing.start(screenshots=True, snapshots=True)
        self._complaints: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        self.context.on("console", self._console)
        self.context.on("weberror", self._crash)
        self.context.on("requestfailed", self._failed)
        self.context.on("response", self._answered)
        self.page = self.tab()

    def tab(self) -> Page:
        return self.context.new_page()

    def expects(self, *patterns: str) -> None:
        """These refusals are part of what is tested; an expression is looked for anywhere in the complaint."""
        self._expected += [re.compile(pattern) for pattern in patterns]

    @property
    def complaints(self) -> list[str]:
        """What went wrong and was not expected."""
        return [each for each in self._complaints if not any(pattern.search(each) for pattern in self._expected)]

    def leave(self, evidence: Path | None) -> None:
        """Close the window; `evidence` is the folder that takes what was seen, for a test that failed.

        BROWSER_TRACE=1 records every step for playwright's trace viewer.
        """
        if evidence:
            evidence.mkdir(parents=True, exist_ok=True)
            for number, page in enumerate(self.context.pages):
                page.screenshot(path=evidence / f"tab-{number}.png", full_page=True)
        if self._traced:
            self.context.tracing.stop(path=evidence / "trace.zip" if evidence else None)
        self.context.close()

    def _console(self, message: ConsoleMessage) -> None:
        # The browser's own line about an answer of 400 or more says less than the answer.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self._complaints.append(f"console: {message.text}")

    def _crash(self, error: WebError) -> None:
        self._complaints.append(f"crash: {error.error}")

    def _failed(self, request: Request) -> None:
        # Asked by a page that was left before the answer came.
        if request.failure != "net::ERR_ABORTED":
            self._complaints.append(f"{request.method} {urlsplit(request.url).path} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            path = urlsplit(response.url).path
            self._complaints.append(f"{response.request.method} {path} {response.status}")


def audit(page: Page) -> None:
    """Everybody can use the page as it stands, in both lights, without scrolling sideways."""
    if found := faults(page):
        raise AssertionError("\n".join([page.url, *found]))


def faults(page: Page) -> list[str]:
    """What keeps somebody from using the page as it stands, in either light."""
    page.evaluate("document.fonts.ready")
    if not page.evaluate("() => 'axe' in window"):
        # Evaluated rather than added as an element, so that the page's own policy stays in force.
        page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found = _violations(page, RULES)
    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        found.append("it is wider than the window")
    page.emulate_media(color_scheme="dark")
    found += [f"in the dark, {each}" for each in _violations(page, ["color-contrast"])]
    page.emulate_media(color_scheme="light")
    return found


def _violations(page: Page, rules: list[str]) -> list[str]:
    kind = "rule" if rules == ["color-contrast"] else "tag"
    found = page.evaluate(
        "only => axe.run({runOnly: only, resultTypes: ['violations']})", {"type": kind, "values": rules}
    )
    return [
        f"{each['id']}: {node['html'][:300]} {node['failureSummary'][:200]}"
        for each in found["violations"]
        for node in each["nodes"][:3]
    ]
