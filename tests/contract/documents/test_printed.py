"""What printed documents promise beyond their port: letters, blocks of every kind, and a queue that ends."""

import asyncio
import subprocess
import sys
import unicodedata
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from adapters.documents.html import draw_html
from adapters.documents.pdf import Typeface
from adapters.documents.printed import PrintedDocuments
from adapters.documents.readable import readable
from adapters.documents.sheet import Facts, Row, Sheet, Table, Words
from contract.documents.reading import RECEIPT, pdf_text
from scheduling_core.errors import Unavailable
from scheduling_core.ports.documents import Form

TYPEFACE = Typeface.loaded()
PRESCRIPTION = Sheet(
    clinic="Openhours Clinic",
    title="Prescription",
    number="7",
    notice="",
    blocks=(
        Facts(heading="Patient", rows=(Row("Name", "Lena Koch"),)),
        Table(
            heading="Medicines",
            columns=("Medicine", "Dose", "How often"),
            rows=tuple((f"Medicine {number}", "5 mg", "Twice a day, after a meal") for number in range(90)),
        ),
        Words(heading="Advice", paragraphs=("Rest.\nDrink water.", "Come again. " * 900)),
    ),
    foot="Signed by Dr. Asha Rao.",
)


def test_a_long_sheet_goes_on_over_pages_under_the_same_columns() -> None:
    pages = PdfReader(BytesIO(TYPEFACE.draw(PRESCRIPTION))).pages
    said = "".join(page.extract_text() for page in pages)
    assert len(pages) > 3
    assert [f"Medicine {number}\n" in said for number in range(90)] == [True] * 90
    assert pages[1].extract_text().startswith("Medicine")
    assert "How often" in pages[1].extract_text()
    assert " ".join(said.split()).count("Come again.") == 900


def test_every_block_is_drawn_in_html_too() -> None:
    page = draw_html(PRESCRIPTION).decode()
    for said in ("Lena Koch", "Medicine 89", "Twice a day, after a meal", "Rest.\nDrink water.", "Signed by"):
        assert said in page


@given(st.text(min_size=1, max_size=30))
def test_any_text_at_all_can_be_drawn(text: str) -> None:
    shown = readable(text, TYPEFACE.drawable)
    assert all(character == "\n" or ord(character) in TYPEFACE.drawable for character in shown)
    sheet = Sheet(clinic=text, title=text, number=text, notice=text, blocks=(), foot=text)
    assert TYPEFACE.draw(sheet).startswith(b"%PDF-")
    assert draw_html(sheet).startswith(b"<!doctype html>")


def test_no_letter_vanishes_unseen() -> None:
    lost = [
        code
        for code in range(0x1_4000)
        if unicodedata.category(chr(code))[0] in "LN" and not readable(chr(code), TYPEFACE.drawable)
    ]
    assert lost == []


async def test_too_many_at_once_are_sent_away_and_the_others_served() -> None:
    printed = PrintedDocuments(waiting=1)
    answers = await asyncio.gather(*(printed.receipt(RECEIPT, Form.PDF) for _ in range(4)), return_exceptions=True)
    printed.close()
    assert [type(answer) for answer in answers] == [bytes, bytes, Unavailable, Unavailable]
    assert "2027-000123" in pdf_text(answers[0])  # type: ignore[arg-type]  # bytes, as asserted


def test_the_library_that_prints_is_loaded_with_the_first_pdf_and_not_before() -> None:
    program = "import sys, adapters.documents.printed; sys.exit(any(name.startswith(('reportlab', 'anyascii')) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", program], check=False).returncode == 0
