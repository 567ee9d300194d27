"""Sheets as HTML: one file with its own styles, for the screen and for paper, without script and without anything to load."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from adapters.documents.sheet import Sheet

_PAGES = Environment(
    loader=PackageLoader("adapters.documents"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def draw_html(sheet: Sheet) -> bytes:
    """The whole page. Every text in it is escaped, and keeps its own direction of writing."""
    blocks = [(type(block).__name__, block) for block in sheet.blocks]
    return _PAGES.get_template("sheet.html").render(sheet=sheet, blocks=blocks).encode("utf-8", "replace")
