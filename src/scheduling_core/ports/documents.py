"""Documents that people keep: facts laid out to be read, printed and saved. Adapters choose words, layout and type.

Each kind of document is a method of its own, from facts of its own.
"""

from enum import StrEnum
from typing import Protocol

from scheduling_core.prescription import PrintedPrescription
from scheduling_core.receipt import Receipt


class Form(StrEnum):
    """HTML in UTF-8, to read in a browser and to print from it; PDF to keep."""

    HTML = "html"
    PDF = "pdf"


class Documents(Protocol):
    """Whatever script a name is written in, it is readable in the document: in its own letters or transliterated.

    The same facts make the same bytes.
    """

    async def receipt(self, receipt: Receipt, form: Form) -> bytes:
        """What a visit cost, what was paid, given back and kept. Raise Unavailable when too many wait for theirs."""
        ...

    async def prescription(self, printed: PrintedPrescription, form: Form) -> bytes:
        """What a doctor wrote down for a patient after a visit. Raise Unavailable when too many wait for theirs."""
        ...
