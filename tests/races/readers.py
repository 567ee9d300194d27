"""Those who look at a doctor's slots while others take them, and who judges what they were shown."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import httpx


@dataclass(frozen=True, slots=True)
class Look:
    """What was shown as free to whoever asked at that moment."""

    asked_at: float
    free: frozenset[str]


@dataclass(slots=True)
class Watch:
    """Everything that was seen, and when somebody was told that a slot is theirs: by one clock, that of whoever asks."""

    looks: list[Look] = field(default_factory=list)
    told: dict[str, float] = field(default_factory=dict)
    _over: bool = False

    async def look(self, client: httpx.AsyncClient, path: str, *, with_tags: bool) -> None:
        """Look until it is over, and a few times more; with tags, as a browser that keeps what it was shown last."""
        shown, tag, left = frozenset[str](), "", 5
        while left:
            left -= self._over
            # In one process nothing has to be waited for, and nobody else would get a turn.
            await asyncio.sleep(0)
            asked_at = time.perf_counter()
            answer = await client.get(path, headers={"If-None-Match": tag} if with_tags and tag else {})
            if answer.status_code == 200:
                slots, tag = answer.json()["slots"], answer.headers["etag"]
                shown = frozenset(slot["starts_at"] for slot in slots if slot["status"] == "free")
            else:
                assert answer.status_code == 304
            self.looks.append(Look(asked_at, shown))

    async def take(self, starts: Sequence[str], take: Callable[[str], Awaitable[str]]) -> None:
        """Take one slot after the other."""
        try:
            for each in starts:
                assert await take(each) == "201"
                self.told[each] = time.perf_counter()
        finally:
            self._over = True

    def stale(self) -> list[tuple[Look, str]]:
        """Every slot that was shown free to somebody who asked after its taker had been told."""
        return [
            (look, slot)
            for look in self.looks
            for slot, at in self.told.items()
            if at < look.asked_at and slot in look.free
        ]
