"""Documents as people and machines read them, and a receipt to be read."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from scheduling_core.money import Quote
from scheduling_core.ports.documents import Documents, Form
from scheduling_core.receipt import Moved, Receipt
from support.clock import MONDAY
from support.making import usd

RECEIPT = Receipt(
    number="2027-000123",
    clinic="Openhours Clinic",
    issued_at=MONDAY,
    doctor="Dr. Asha Rao",
    specialization="Dermatology",
    patient="Lena Koch",
    starts_at=MONDAY + timedelta(days=2),
    ends_at=MONDAY + timedelta(days=2, minutes=30),
    doctor_zone="Asia/Kolkata",
    patient_zone="Europe/Berlin",
    reader_zone="Europe/Berlin",
    quote=Quote.of(usd(50_000), tax_percent=Decimal("18.00")),
    paid=(Moved(amount=usd(59_000), at=MONDAY),),
    returned=(),
    kept=usd(59_000),
    reserved=usd(0),
    cancelled_at=None,
    cancelled_by=None,
    voided_at=None,
    pay_by=None,
    disputed=False,
)


async def read(documents: Documents, form: Form, **changes: Any) -> str:
    """What somebody reads in the receipt, with single spaces."""
    drawn = await documents.receipt(replace(RECEIPT, **changes), form)
    text = _html_text(drawn) if form is Form.HTML else pdf_text(drawn)
    return " ".join(text.split())


def pdf_text(file: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages)


def _html_text(file: bytes) -> str:
    class Reader(HTMLParser):
        said = ""
        silent = False

        def handle_starttag(self, tag: str, _: object) -> None:
            self.silent = tag == "style"

        def handle_data(self, data: str) -> None:
            self.said += "" if self.silent else f" {data}"

    reader = Reader()
    reader.feed(file.decode())
    return reader.said
