"""Values that somebody else changes."""

import asyncio
from dataclasses import dataclass

import pytest

from adapters.kit.live import FRESH_SECONDS, LEAST_SECONDS, Live
from scheduling_core.errors import ProviderUnavailable
from support.until import until


@dataclass
class Source:
    """Where the value comes from, and a clock for whoever asks."""

    value: str = "one"
    asked: int = 0
    away: bool = False
    now: float = 0.0

    async def fetch(self) -> str:
        self.asked += 1
        await asyncio.sleep(0)
        if self.away:
            raise ProviderUnavailable("the source is away")
        return self.value


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def live(source: Source, told: list[str]) -> Live[str]:
    def use(value: str) -> None:
        if value == "unusable":
            raise ValueError("cannot be used")
        told.append(value)

    return Live("keys", "one", source.fetch, changed=use, ticks=lambda: source.now)


async def test_a_new_value_is_told_once(live: Live[str], source: Source, told: list[str]) -> None:
    source.value = "two"
    for _ in range(3):
        source.now += LEAST_SECONDS
        assert await live.renew() == "two"
    assert told == ["two"]


async def test_many_who_ask_at_once_ask_once(live: Live[str], source: Source) -> None:
    source.value, source.now = "two", LEAST_SECONDS
    assert set(await asyncio.gather(*(live.renew() for _ in range(50)))) == {"two"}
    assert source.asked == 1
    source.now += LEAST_SECONDS - 0.1
    await live.renew()
    assert source.asked == 1


async def test_what_was_right_is_kept_while_nothing_better_comes(
    live: Live[str], source: Source, told: list[str]
) -> None:
    source.away, source.now = True, LEAST_SECONDS
    assert await live.renew() == "one"
    source.away, source.value, source.now = False, "unusable", 2 * LEAST_SECONDS
    assert await live.renew() == "one"
    source.value, source.now = "three", 3 * LEAST_SECONDS
    assert await live.renew() == "three"
    assert told == ["three"]


async def test_is_asked_for_by_itself_while_it_is_kept_fresh(live: Live[str], source: Source) -> None:
    source.value, source.now = "two", FRESH_SECONDS
    async with live.kept_fresh(every=0.001):
        await until(lambda: live.value == "two")
    asked = source.asked
    source.now += FRESH_SECONDS
    await asyncio.sleep(0.01)
    assert source.asked == asked
