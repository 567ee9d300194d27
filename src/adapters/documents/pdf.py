"""Sheets as PDF on A4, in a typeface that brings its own letters, so that every reader shows the same."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Table as Grid

from adapters.documents.readable import readable
from adapters.documents.sheet import Block, Facts, Row, Sheet, Sums, Table, Words

_PLAIN, _STRONG = "Fira Sans", "Fira Sans SemiBold"
_FACES = {_PLAIN: "FiraSans-Regular.ttf", _STRONG: "FiraSans-SemiBold.ttf"}
_INK, _MUTED, _LINE, _BRAND = HexColor("#0E2329"), HexColor("#53676C"), HexColor("#D3DEDF"), HexColor("#0B5C69")
_SOFT, _ON_SOFT = HexColor("#FFF0CC"), HexColor("#6A4600")
_MARGIN = 20 * mm
# The library keeps six points inside every frame.
_WIDTH = A4[0] - 2 * _MARGIN - 12

_text = partial(ParagraphStyle, fontName=_PLAIN, fontSize=10.5, leading=15, textColor=_INK, splitLongWords=1)
_BODY, _SMALL = _text("body"), _text("small", fontSize=9, leading=13, textColor=_MUTED)
_LABEL, _BOLD = _text("label", textColor=_MUTED), _text("bold", fontName=_STRONG)
_AMOUNT, _SUM = _text("amount", alignment=TA_RIGHT), _text("sum", fontName=_STRONG, alignment=TA_RIGHT)
_CLINIC = _text("clinic", fontName=_STRONG, textColor=_BRAND, fontSize=11)
_TITLE = _text("title", fontName=_STRONG, fontSize=20, leading=26, spaceAfter=8)
_HEADING = _text("heading", fontName=_STRONG, fontSize=12.5, leading=18, spaceBefore=14, spaceAfter=3, keepWithNext=1)
_NOTICE = _text("notice", textColor=_ON_SOFT, backColor=_SOFT, borderPadding=8, spaceBefore=8, spaceAfter=12)

_Say = Callable[[str, ParagraphStyle], Paragraph]


@dataclass(frozen=True, slots=True)
class Typeface:
    """The typeface of every PDF; `drawable` are the code points that both its weights have. Loading it registers it with
    the library, for the whole process."""

    drawable: Container[int]

    @classmethod
    def loaded(cls) -> "Typeface":
        folder = files("fontpkg_fira_sans") / "files"
        fonts = [TTFont(name, str(folder / file)) for name, file in _FACES.items()]
        for font in fonts:
            registerFont(font)
        plain, strong = (set(font.face.charToGlyph) for font in fonts)
        return cls(plain & strong)

    def draw(self, sheet: Sheet) -> bytes:
        """The whole file; the same sheet makes the same bytes."""
        story: list[Flowable] = [self._say(sheet.clinic, _CLINIC), self._say(f"{sheet.title} {sheet.number}", _TITLE)]
        if sheet.notice:
            story.append(self._say(sheet.notice, _NOTICE))
        for block in sheet.blocks:
            story.append(self._say(block.heading, _HEADING))
            story.extend(_drawn(block, self._say))
        story.extend((Spacer(0, 18), self._say(sheet.foot, _SMALL)))
        file = BytesIO()
        SimpleDocTemplate(
            file, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=_MARGIN,
            title=f"{sheet.title} {sheet.number}", author=sheet.clinic, lang="en", invariant=1,
        ).build(story)  # fmt: skip
        return file.getvalue()

    def _say(self, text: str, style: ParagraphStyle) -> Paragraph:
        return Paragraph(escape(readable(text, self.drawable)).replace("\n", "<br/>"), style)


def _drawn(block: Block, say: _Say) -> list[Flowable]:
    match block:
        case Facts(rows=rows):
            return [_grid([[say(row.label, _LABEL), say(row.value, _weight(row))] for row in rows], (0.3, 0.7))]
        case Sums(rows=rows):
            return [_grid([[say(row.label, _name(row)), say(row.value, _figure(row))] for row in rows], (0.7, 0.3))]
        case Table(columns=columns, rows=lines):
            head = [say(column, _LABEL) for column in columns]
            body = [[say(cell, _BODY if place else _BOLD) for place, cell in enumerate(line)] for line in lines]
            return [_grid([head, *body], (1 / len(columns),) * len(columns), heads=1)]
        case Words(paragraphs=paragraphs):
            return [say(paragraph, _BODY) for paragraph in paragraphs]


def _grid(cells: list[list[Paragraph]], shares: tuple[float, ...], *, heads: int = 0) -> Grid:
    rules = [
        ("LINEABOVE", (0, 0), (-1, -1), 0.5, _LINE), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0), ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ]  # fmt: skip
    # A row that is taller than what is left of a page goes on on the next one.
    return Grid(cells, [share * _WIDTH for share in shares], style=TableStyle(rules), repeatRows=heads, splitInRow=1)


def _weight(row: Row) -> ParagraphStyle:
    return _BOLD if row.strong else _BODY


def _name(row: Row) -> ParagraphStyle:
    return _BOLD if row.strong else _LABEL


def _figure(row: Row) -> ParagraphStyle:
    return _SUM if row.strong else _AMOUNT
