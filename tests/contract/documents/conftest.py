"""The documents that keep the promises of ports/documents.py: every contract test here runs over each of them."""

from collections.abc import Iterator

import pytest

from adapters.documents.printed import PrintedDocuments
from scheduling_core.ports.documents import Documents


@pytest.fixture(scope="module", params=["printed"])
def documents() -> Iterator[Documents]:
    printed = PrintedDocuments()
    yield printed
    printed.close()
