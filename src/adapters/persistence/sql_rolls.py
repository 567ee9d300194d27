"""What a process keeps of everybody who is listed, read once for each version of it, by one for all who ask meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

from scheduling_core.roll import Ratings, Roll

T = TypeVar("T")
_SLICE = 500
"""Rows that are taken at a time, in two or three milliseconds: ten thousand at once kept everybody else waiting for 130."""


class LastRead(Generic[T]):
    """A value that follows from committed rows of one version, as this process has read it last.

    Where sixteen asked at once after somebody had edited a profile, each read all of it: now one does.
    """

    def __init__(self, nothing: T) -> None:
        self._version, self._value = -1, nothing
        self._reading: dict[int, asyncio.Future[T | None]] = {}

    async def of(self, version: int, read: Callable[[], Awaitable[T]], *, committed: bool) -> T:
        """The value of that version; by `read`, at the moment at which the version was, if nobody has it. It is kept, and
        others are waited for, if all of it is `committed`: whoever writes may see what never comes to be."""
        while version != self._version:
            if not committed:
                return await read()
            under_way = self._reading.get(version)
            if under_way is None:
                return await self._read(version, read)
            # Shielded: whoever gives up leaves it to the others. None where its reader gave up, or could not read.
            found = await asyncio.shield(under_way)
            if found is not None:
                return found
        return self._value

    async def _read(self, version: int, read: Callable[[], Awaitable[T]]) -> T:
        future = self._reading[version] = asyncio.get_running_loop().create_future()
        found: T | None = None
        try:
            found = await read()
        finally:
            del self._reading[version]
            future.set_result(found)
        if version > self._version:
            # An older one may be done later, where somebody edited meanwhile.
            self._version, self._value = version, found
        return found


class Rolls:
    """The roll and the ratings of one process."""

    def __init__(self) -> None:
        self.roll = LastRead(Roll([]))
        self.ratings = LastRead(Ratings({}))


async def in_slices(rows: Sequence[Any], made: Callable[[Any], T]) -> list[T]:
    """What is made of each row, with everybody else's turn in between."""
    found: list[T] = []
    for first in range(0, len(rows), _SLICE):
        if first:
            await asyncio.sleep(0)
        found += map(made, rows[first : first + _SLICE])
    return found
