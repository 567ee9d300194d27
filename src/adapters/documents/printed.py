"""Documents drawn in the product's own process, off the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib import import_module
from typing import cast

from adapters.documents.html import draw_html
from adapters.documents.prescription import prescription_sheet
from adapters.documents.receipt import receipt_sheet
from adapters.documents.sheet import Sheet
from scheduling_core.errors import Unavailable
from scheduling_core.ports.documents import Form
from scheduling_core.prescription import PrintedPrescription
from scheduling_core.receipt import Receipt


class PrintedDocuments:
    """Matches ports.documents.Documents. A further kind of document is a method here and a file that lays it on a sheet.

    PDFs are drawn by one thread, because the library that draws them keeps what it knows of fonts in one place for all.
    `waiting` bounds its queue: beyond it callers are sent away at once.
    """

    def __init__(self, *, waiting: int = 32) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="documents")
        self._room = 1 + waiting
        self._inside = 0

    async def receipt(self, receipt: Receipt, form: Form) -> bytes:
        return await self._draw(receipt_sheet(receipt), form)

    async def prescription(self, printed: PrintedPrescription, form: Form) -> bytes:
        return await self._draw(prescription_sheet(printed), form)

    def close(self) -> None:
        """Let the thread go."""
        self._thread.shutdown()

    async def _draw(self, sheet: Sheet, form: Form) -> bytes:
        if form is Form.HTML:
            return draw_html(sheet)
        if self._inside >= self._room:
            raise Unavailable
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: self._draw_pdf(sheet))
        finally:
            self._inside -= 1

    @cached_property
    def _draw_pdf(self) -> Callable[[Sheet], bytes]:
        """Loaded with the first PDF: library and typeface cost a third of a second and 20 MB, and most processes draw none."""
        return cast(Callable[[Sheet], bytes], import_module("adapters.documents.pdf").Typeface.loaded().draw)
