"""The real clock and real chance."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

import pytest

from adapters.kit import system
from adapters.kit.system import SystemChance, SystemClock


def _milliseconds(id: UUID) -> int:
    return id.int >> 80


def test_the_clock_shows_the_present_in_utc() -> None:
    before = datetime.now(UTC)
    shown = SystemClock().now()
    assert before <= shown <= datetime.now(UTC)
    assert shown.tzinfo is UTC


def test_the_clock_can_be_moved() -> None:
    before = datetime.now(UTC)
    shown = SystemClock(timedelta(days=-3)).now()
    assert before - timedelta(days=3) <= shown <= datetime.now(UTC) - timedelta(days=3)


def test_ids_are_uuids_of_version_seven_that_carry_the_time_of_their_making() -> None:
    before = datetime.now(UTC).timestamp() * 1000
    id = SystemChance().new_id()
    assert (id.version, id.variant) == (7, RFC_4122)
    assert int(before) <= _milliseconds(id) <= datetime.now(UTC).timestamp() * 1000 + 1


def test_each_id_is_greater_than_the_one_before_it() -> None:
    chance = SystemChance()
    ids = [chance.new_id() for _ in range(20_000)]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("step", [0, -1, -(10**9), 1])
def test_ids_stay_in_order_when_the_clock_stands_still_or_goes_back(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    readings = iter(range(1_900_000_000_000_000_000, 1_900_000_000_000_000_000 + 10_000 * step, step) if step else ())
    monkeypatch.setattr(system, "time_ns", lambda: next(readings, 1_900_000_000_000_000_000))
    chance = SystemChance()
    ids = [chance.new_id() for _ in range(9_000)]
    assert ids == sorted(set(ids))
    assert {(id.version, id.variant) for id in ids} == {(7, RFC_4122)}


def test_ids_made_by_several_threads_are_all_different() -> None:
    chance = SystemChance()
    with ThreadPoolExecutor(4) as threads:
        made = [list(batch) for batch in threads.map(lambda _: [chance.new_id() for _ in range(2_000)], range(4))]
    assert len({id for batch in made for id in batch}) == 8_000
    assert all(batch == sorted(batch) for batch in made)


def test_ids_cannot_be_guessed_from_their_neighbours() -> None:
    chance = SystemChance()
    assert len({chance.new_id().int & (1 << 62) - 1 for _ in range(1_000)}) == 1_000


def test_secrets_are_url_safe_and_carry_at_least_256_bits() -> None:
    chance = SystemChance()
    secrets = {chance.new_secret() for _ in range(1_000)}
    assert len(secrets) == 1_000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43,}", secret) for secret in secrets)


def test_fractions_fill_the_unit_interval() -> None:
    chance = SystemChance()
    fractions = [chance.fraction() for _ in range(2_000)]
    assert all(0 <= fraction < 1 for fraction in fractions)
    assert min(fractions) < 0.1
    assert max(fractions) > 0.9
