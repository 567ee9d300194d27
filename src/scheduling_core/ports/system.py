"""Time, chance and secrets: injected, so that every run can be replayed."""

from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from scheduling_core.access import Actor

T = TypeVar("T")


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class Chance(Protocol):
    """Everything that is drawn at random."""

    def new_id(self) -> UUID:
        """A fresh UUID whose order follows its time of making (UUIDv7, RFC 9562)."""
        ...

    def new_secret(self) -> str:
        """A fresh URL-safe secret of at least 256 bits."""
        ...

    def fraction(self) -> float:
        """A number in [0, 1), for jitter."""
        ...


class Patience(Protocol):
    """How long is waited for somebody outside, and by how many."""

    async def briefly(self, work: Callable[[], Awaitable[T]], *, most: timedelta) -> T:
        """What it answers or raises. Raise ProviderUnavailable where that takes longer than `most`: it is broken off then."""
        ...

    async def once(self, key: Hashable, work: Callable[[], Awaitable[None]]) -> None:
        """Do it; or, while somebody in this process is at it for that key, return when they are through, however it ended."""
        ...


class Passwords(Protocol):
    """Password hashes (argon2id). Hashing and matching are slow on purpose; no call blocks the event loop."""

    async def hash(self, password: str) -> str:
        """A salted hash that carries its own parameters."""
        ...

    def outdated(self, hashed: str) -> bool:
        """Whether a hash made today would be a better one: its owner's next sign-in makes it anew."""
        ...

    async def common(self, password: str) -> bool:
        """Whether it is among those that people choose most often, which are the first that anybody tries."""
        ...

    async def matches(self, password: str, hashed: str | None) -> bool:
        """Whether it fits. With no hash it takes as long as with one, so that unknown e-mails cannot be told apart."""
        ...


class AccessTokens(Protocol):
    """Short-lived signed tokens that name an actor and nothing else."""

    def issue(self, actor: Actor, *, now: datetime) -> tuple[str, int]:
        """A token and the seconds that it lives."""
        ...

    def read(self, token: str, *, now: datetime) -> Actor:
        """Who it names. Raise Unauthenticated for anything forged, expired, or of another use."""
        ...

    async def catch_up(self, token: str) -> bool:
        """Look for keys that came since we last did, if the token names one that we do not know; whether we know it now."""
        ...
