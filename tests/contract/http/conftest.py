"""What tests of the HTTP adapter stand on."""

from collections.abc import AsyncIterator

import pytest

from contract.http.front import Front, open_front


@pytest.fixture
async def front() -> AsyncIterator[Front]:
    """The product over memory storage, without rate limits."""
    async with open_front() as it:
        yield it
