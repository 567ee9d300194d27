"""Connections to PostgreSQL that stay open from one transaction to the next.

Measured against asyncpg's own pool, whose every loan makes a proxy, a task, a future and a timer: a tenth of the processor time
that the application spends on a hold.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from adapters.persistence.sql_errors import DRIVER_ERRORS

IDLE_SECONDS = 300.0
"""Whoever stands between may have forgotten, without a word, a connection that was silent for longer."""


class Pool:
    """`size` connections at most, made when they are needed, those used last lent first. It belongs to one event loop.

    What is lent is to be released once, and in no transaction.
    """

    def __init__(
        self,
        connect: Callable[[], Awaitable[Any]],
        *,
        size: int,
        wait_seconds: float,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._connect = connect
        self._size = size
        self._wait_seconds = wait_seconds
        self._idle_seconds = idle_seconds
        self._places = asyncio.Semaphore(size)
        self._lent: set[Any] = set()
        self._idle: list[tuple[float, Any]] = []
        """Since when, by the loop's clock; the oldest first."""
        self._sweeping: asyncio.TimerHandle | None = None

    async def lend(self) -> Any:
        """A connection that is open as far as is known. Raise TimeoutError when none comes free in time, and whatever
        making one raises."""
        if self._idle and not self._places.locked():
            # Without the limit's timer, as nothing is waited for.
            return await self._lend()
        async with asyncio.timeout(self._wait_seconds):
            return await self._lend()

    def release(self, driver: Any) -> None:
        """Take it back. One that is no good any more is to be terminated before."""
        self._lent.discard(driver)
        if not driver.is_closed():
            self._keep(driver)
        self._places.release()

    async def close(self, seconds: float) -> None:
        """Close every connection once it is back, or by force when that takes longer."""
        try:
            async with asyncio.timeout(seconds):
                for _ in range(self._size):
                    await self._places.acquire()
        except TimeoutError:
            # Somebody does not give one back: the server rolls back what was going on there.
            for driver in self._lent:
                driver.terminate()
        if self._sweeping is not None:
            self._sweeping.cancel()
        for _, driver in self._idle:
            with suppress(*DRIVER_ERRORS, OSError):
                await driver.close(timeout=seconds)
        self._idle = []

    async def _lend(self) -> Any:
        await self._places.acquire()
        try:
            driver = self._kept() or await self._connect()
        except BaseException:
            self._places.release()
            raise
        self._lent.add(driver)
        return driver

    def _kept(self) -> Any | None:
        while self._idle:
            _, driver = self._idle.pop()
            if not driver.is_closed():
                return driver
        return None

    def _keep(self, driver: Any) -> None:
        loop = asyncio.get_running_loop()
        self._idle.append((loop.time(), driver))
        if self._sweeping is None:
            self._sweeping = loop.call_later(self._idle_seconds, self._sweep)

    def _sweep(self) -> None:
        """End what was idle for too long, and look again when the next will have been."""
        loop = asyncio.get_running_loop()
        over = loop.time() - self._idle_seconds
        for since, driver in self._idle:
            if since <= over:
                driver.terminate()
        self._idle = [each for each in self._idle if each[0] > over]
        again = self._idle[0][0] + self._idle_seconds if self._idle else None
        self._sweeping = None if again is None else loop.call_at(again, self._sweep)
