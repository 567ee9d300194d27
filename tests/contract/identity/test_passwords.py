"""Passwords, by whichever hash."""

import asyncio
import statistics
import time
from collections.abc import Iterator

import pytest

from adapters.identity.passwords import Argon2Passwords
from scheduling_core.errors import Unavailable
from scheduling_core.ports.system import Passwords


@pytest.fixture(params=["argon2"])
def passwords(request: pytest.FixtureRequest) -> Iterator[Passwords]:
    passwords = Argon2Passwords()
    yield passwords
    passwords.close()


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
    assert one.startswith("$argon2id$")


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
