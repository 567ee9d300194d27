"""Those who look at doctors' slots while others take them, and who judges what they were shown."""

import asyncio
import math
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

Shows = Callable[[Any], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Look:
    """What was shown as free to whoever asked then and was answered then."""

    asked_at: float
    answered_at: float
    free: frozenset[str]


@dataclass(slots=True)
class Claim:
    """Whose taker was told so then, and began to let go of it then, if ever."""

    slot: str
    told_at: float
    let_go_at: float = math.inf

    def let_go(self) -> None:
        """Whoever took it is about to say so: from now on it may be free."""
        self.let_go_at = time.perf_counter()


def free_starts(page: Any) -> frozenset[str]:
    """Of a doctor's slots."""
    return frozenset(slot["starts_at"] for slot in page["slots"] if slot["status"] == "free")


@dataclass(slots=True)
class Watch:
    """Everything that was seen, and when somebody was told that a slot is theirs: by one clock, that of whoever asks."""

    looks: list[Look] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    _over: bool = False

    async def look(
        self, client: httpx.AsyncClient, path: str, *, with_tags: bool, shows: Shows = free_starts
    ) -> list[Look]:
        """Look until it is over, and a few times more; with tags, as a browser that keeps what it was shown last."""
        shown, tag, left, own = frozenset[str](), "", 5, list[Look]()
        while left:
            left -= self._over
            # In one process nothing has to be waited for, and nobody else would get a turn.
            await asyncio.sleep(0)
            asked_at = time.perf_counter()
            answer = await client.get(path, headers={"If-None-Match": tag} if with_tags and tag else {})
            answered_at = time.perf_counter()
            if answer.status_code == 200:
                shown, tag = shows(answer.json()), answer.headers.get("etag", "")
            else:
                assert answer.status_code == 304
            own.append(Look(asked_at, answered_at, shown))
        self.looks += own
        return own

    def told(self, slot: str) -> Claim:
        """Its taker knows: from now on it is theirs."""
        self.claims.append(claim := Claim(slot, time.perf_counter()))
        return claim

    async def take(self, starts: Sequence[str], take: Callable[[str], Awaitable[str]]) -> None:
        """Take one slot after the other."""
        await self.until(self._take(starts, take))

    async def until(self, *takers: Awaitable[object]) -> None:
        """It is over when all of these are, or one of them failed."""
        try:
            await asyncio.gather(*takers)
        finally:
            self._over = True

    def stale(self) -> list[tuple[Look, str]]:
        """Every slot that was shown free to somebody who asked after its taker had been told, and was answered before it was
        let go."""
        claims = defaultdict[str, list[Claim]](list)
        for claim in self.claims:
            claims[claim.slot].append(claim)
        return [
            (look, slot)
            for look in self.looks
            for slot in look.free & claims.keys()
            if any(each.told_at < look.asked_at and look.answered_at < each.let_go_at for each in claims[slot])
        ]

    async def _take(self, starts: Sequence[str], take: Callable[[str], Awaitable[str]]) -> None:
        for each in starts:
            assert await take(each) == "201"
            self.told(each)
