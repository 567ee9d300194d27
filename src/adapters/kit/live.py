"""A value that somebody else changes while we run: keys that are rotated."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

import structlog

from scheduling_core.errors import ProviderUnavailable

T = TypeVar("T")
log = structlog.get_logger(__name__)

FRESH_SECONDS = 300.0
LEAST_SECONDS = 10.0
"""Between two questions, however many callers want the newest: what is unknown to us may be unknown to everybody."""


class Live(Generic[T]):
    """What `fetch` answered last, `value`. `changed` is told of each new one, and raises ValueError if it cannot be used.

    A source that does not answer, or answers what cannot be used, changes nothing: what was right goes on to be used.
    """

    def __init__(
        self,
        name: str,
        first: T,
        fetch: Callable[[], Awaitable[T]],
        *,
        changed: Callable[[T], None] = lambda _: None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.value = first
        self._name = name
        self._fetch = fetch
        self._changed = changed
        self._ticks = ticks
        self._asked_at = ticks()
        self._asking = asyncio.Lock()

    async def renew(self, *, after: float = LEAST_SECONDS) -> T:
        """The newest, unless it was asked for less than `after` seconds ago."""
        async with self._asking:
            if self._ticks() - self._asked_at >= after:
                self._asked_at = self._ticks()
                await self._ask()
        return self.value

    @asynccontextmanager
    async def kept_fresh(self, *, every: float = FRESH_SECONDS) -> AsyncIterator[None]:
        """It is asked for so often for as long as the block lasts."""

        async def again_and_again() -> None:
            while True:
                await asyncio.sleep(every)
                await self.renew(after=every / 2)

        keeping = asyncio.create_task(again_and_again())
        try:
            yield
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)

    async def _ask(self) -> None:
        try:
            newest = await self._fetch()
            if newest == self.value:
                return
            self._changed(newest)
        except (ProviderUnavailable, ValueError) as trouble:
            # Its message shows no value: every parser of secrets promises that.
            log.warning("not_renewed", what=self._name, why=str(trouble))
        else:
            self.value = newest
            log.info("renewed", what=self._name)
