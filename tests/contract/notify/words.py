"""The words of a letter, as a person sees them."""

from html.parser import HTMLParser


class Words(HTMLParser):
    """The words that a browser shows, and the tags it finds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.tags, self.links, self._hidden = "", [""], [""], False
        self.feed(html)
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._hidden = tag == "title"
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        self.words += "" if self._hidden else f"{data} "
