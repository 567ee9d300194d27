"""Requests that transactions of this process have begun and not ended."""

import asyncio
from typing import TypeAlias

from scheduling_core.errors import RequestInFlight

LONGEST_WAIT = 2.0
"""Seconds that a request waits for the same one to end."""

RequestId: TypeAlias = tuple[str, str, str]


class InFlight:
    """For SQLite, whose one writer keeps others waiting at the door, where nobody sees what they wait for."""

    def __init__(self) -> None:
        self._ended: dict[RequestId, asyncio.Event] = {}

    async def claim(self, request: RequestId) -> None:
        """Keep rivals waiting until `release`. Raise RequestInFlight if another still works on it after LONGEST_WAIT."""
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                while rival := self._ended.get(request):
                    await rival.wait()
        except TimeoutError:
            raise RequestInFlight from None
        self._ended[request] = asyncio.Event()

    def release(self, request: RequestId) -> None:
        self._ended.pop(request).set()
