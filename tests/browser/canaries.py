"""What a browser gives away beside the pages themselves, and where a word of it turns up that should not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from playwright.sync_api import BrowserContext, Request

_TELL_TITLES = """
new MutationObserver(() => { if (document.title !== window.lastTitle) tellTitle(window.lastTitle = document.title) })
    .observe(document, { subtree: true, childList: true, characterData: true })
"""


@dataclass
class Overheard:
    """`addresses` that were asked for, with whatever stands in them; `tokens` that were shown; `titles` of pages."""

    addresses: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)

    def note_title(self, title: str) -> None:
        self.titles.append(title)

    def note(self, request: Request) -> None:
        self.addresses.append(unquote_plus(request.url))
        if (shown := request.headers.get("authorization", "")).startswith("Bearer "):
            self.tokens.add(shown.removeprefix("Bearer "))


def overhear(context: BrowserContext) -> Overheard:
    """Listen to a window from now on."""
    overheard = Overheard()
    context.on("request", overheard.note)
    context.expose_function("tellTitle", overheard.note_title)
    context.add_init_script(_TELL_TITLES)
    return overheard


def found_in(told: Mapping[str, str], words: Iterable[str]) -> set[tuple[str, str]]:
    """Which of the words stand where, whatever their case."""
    wanted = [word.lower() for word in words]
    return {(place, word) for place, text in told.items() for word in wanted if word in text.lower()}
