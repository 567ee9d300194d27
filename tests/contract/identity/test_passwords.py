"""Passwords, by whichever hash."""

import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import pytest

from adapters.identity.passwords import Argon2Passwords
from adapters.identity.peppers import Peppers
from scheduling_core.errors import Unavailable
from scheduling_core.ports.system import Passwords

ONE, TWO = "one pepper of thirty-two characters", "another one of thirty-two characters"
PEPPERED = {
    "plain": None,
    "one": Peppers.parse(json.dumps({"active": "v1", "v1": ONE})),
    "two": Peppers.parse(json.dumps({"active": "v2", "v1": ONE, "v2": TWO})),
}


@contextmanager
def hashing(peppers: str, renew: Callable[[], Awaitable[str]] | None = None) -> Iterator[Argon2Passwords]:
    passwords = Argon2Passwords(PEPPERED[peppers], renew)
    yield passwords
    passwords.close()


@pytest.fixture(params=["plain", "two"])
def passwords(request: pytest.FixtureRequest) -> Iterator[Passwords]:
    with hashing(request.param) as passwords:
        yield passwords


async def test_knows_the_password_and_no_other(passwords: Passwords) -> None:
    hashed = await passwords.hash("correct horse battery staple")
    assert await passwords.matches("correct horse battery staple", hashed)
    for wrong in ("", "correct horse battery staplE", "correct horse battery staple ", hashed):
        assert not await passwords.matches(wrong, hashed)


async def test_knows_what_very_many_people_choose_also_in_other_letters(passwords: Passwords) -> None:
    for common in ("qwertyuiop", "1234567890", "password123", "Password123", "QWERTYUIOP", "iloveyou12", "1q2w3e4r5t"):
        assert await passwords.common(common), common
    for rare in ("correct horse battery", "openhours-demo", "пароль из слов", "x9", "été à la plage 7"):
        assert not await passwords.common(rare), rare


async def test_keeps_no_trace_of_the_password_and_never_the_same_twice(passwords: Passwords) -> None:
    one, other = await passwords.hash("openhours-demo"), await passwords.hash("openhours-demo")
    assert one != other
    assert "openhours-demo" not in one
    assert "$argon2id$" in one


async def test_one_password_however_its_accents_are_typed(passwords: Passwords) -> None:
    hashed = await passwords.hash("caf\u00e9 \u00c5ngstr\u00f6m 1")
    assert await passwords.matches("cafe\u0301 A\u030angstro\u0308m 1", hashed)


@pytest.mark.parametrize("password", ["", "\x00", "\ud800", "🔑" * 1000, "x" * 100_000])
async def test_takes_any_text(passwords: Passwords, password: str) -> None:
    hashed = await passwords.hash(password)
    assert await passwords.matches(password, hashed)
    assert not await passwords.matches(password + "x", hashed)


async def test_nobody_has_no_password(passwords: Passwords) -> None:
    assert not await passwords.matches("", None)
    assert not await passwords.matches("openhours-demo", None)


async def test_an_unknown_account_takes_as_long_as_a_known_one(passwords: Passwords) -> None:
    hashed = await passwords.hash("openhours-demo")
    await passwords.matches("wrong", None)

    async def cpu_seconds(known: str | None) -> float:
        start = time.process_time()
        await passwords.matches("wrong", known)
        return time.process_time() - start

    pairs = [(await cpu_seconds(hashed), await cpu_seconds(None)) for _ in range(9)]
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert 0.5 < known / unknown < 2


async def test_the_event_loop_goes_on_meanwhile(passwords: Passwords) -> None:
    work = asyncio.create_task(passwords.hash("openhours-demo"))
    turns = 0
    while not work.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 10


async def test_sends_away_at_once_whoever_finds_the_queue_full() -> None:
    passwords = Argon2Passwords(threads=1, waiting=1)
    answers = await asyncio.gather(*(passwords.hash("x") for _ in range(4)), return_exceptions=True)
    assert [isinstance(answer, Unavailable) for answer in answers] == [False, False, True, True]
    assert await passwords.hash("x")
    passwords.close()


async def test_hashes_without_a_pepper_and_with_an_older_one_are_good_and_outdated() -> None:
    with hashing("plain") as plain, hashing("one") as older, hashing("two") as newest:
        for maker in (plain, older):
            hashed = await maker.hash("openhours-demo")
            assert not maker.outdated(hashed)
            assert newest.outdated(hashed)
            assert await newest.matches("openhours-demo", hashed)
            assert not await newest.matches("another", hashed)
        assert not newest.outdated(await newest.hash("openhours-demo"))


async def test_a_stolen_hash_cannot_be_tried_without_the_pepper() -> None:
    with hashing("one") as peppered, hashing("plain") as thief:
        hashed = await peppered.hash("openhours-demo")
        assert not await thief.matches("openhours-demo", hashed.rpartition(":")[2])


async def test_a_pepper_that_came_since_is_asked_for() -> None:
    async def renew() -> str:
        return json.dumps({"active": "v2", "v1": ONE, "v2": TWO})

    with hashing("two") as newest, hashing("one", renew) as older, hashing("one") as alone:
        hashed = await newest.hash("openhours-demo")
        assert await older.matches("openhours-demo", hashed)
        with pytest.raises(Unavailable):
            await alone.matches("openhours-demo", hashed)
