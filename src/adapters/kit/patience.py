"""How long somebody who came in waits for somebody outside, and that one of many asks for all of them."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from datetime import timedelta
from typing import TypeVar

from adapters.kit.places import stepped_out
from adapters.kit.transactions import require_no_transaction
from scheduling_core.errors import ProviderUnavailable

T = TypeVar("T")


class Patience:
    """Of one process and one event loop; matches ports.system.Patience."""

    def __init__(self) -> None:
        self._under_way: dict[Hashable, asyncio.Future[None]] = {}

    async def briefly(self, work: Callable[[], Awaitable[T]], *, most: timedelta) -> T:
        """What it answers or raises. Raise ProviderUnavailable where that takes longer than `most`: it is broken off then."""
        try:
            async with asyncio.timeout(most.total_seconds()) as patience:
                return await work()
        except TimeoutError as late:
            if not patience.expired():
                raise
            raise ProviderUnavailable(f"nothing came within {most.total_seconds():g} s") from late

    async def once(self, key: Hashable, work: Callable[[], Awaitable[None]]) -> None:
        """Do it; or, while somebody in this process is at it for that key, return when they are through, however it ended.

        Whoever is at it and goes away lets the others go on.
        """
        require_no_transaction()
        if (others := self._under_way.get(key)) is not None:
            with stepped_out():
                await asyncio.wait([others])
            return
        through = self._under_way[key] = asyncio.get_running_loop().create_future()
        try:
            await work()
        finally:
            del self._under_way[key]
            through.set_result(None)
