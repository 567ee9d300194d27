"""The real clock and real chance: the only place that asks the machine for the time or for randomness."""

import secrets
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import time_ns
from uuid import UUID

_NANOSECONDS_A_MILLISECOND = 1_000_000


class SystemClock:
    """The machine's clock, moved by `offset` (development only); matches ports.system.Clock."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self._offset = offset

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset


class SystemChance:
    """Ids, secrets and jitter from the operating system; matches ports.system.Chance."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._latest = 0

    def new_id(self) -> UUID:
        """A UUIDv7 (RFC 9562, 6.2 method 3: rand_a is the fraction of the millisecond).

        Each is greater than the one before it in this process, also when the clock stands still or goes back.
        """
        milliseconds, rest = divmod(time_ns(), _NANOSECONDS_A_MILLISECOND)
        with self._lock:
            self._latest = max(milliseconds << 12 | (rest << 12) // _NANOSECONDS_A_MILLISECOND, self._latest + 1)
            instant = self._latest
        high = instant >> 12 << 16 | 0x7 << 12 | instant & 0xFFF
        return UUID(int=high << 64 | 0b10 << 62 | secrets.randbits(62))

    def new_secret(self) -> str:
        """43 URL-safe characters: 256 bits."""
        return secrets.token_urlsafe(32)

    def fraction(self) -> float:
        return secrets.randbits(53) / 2**53
