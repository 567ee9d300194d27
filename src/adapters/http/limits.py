"""How often one caller may ask: token buckets in the memory of one process.

A bucket starts full, holds a minute's worth and refills steadily, so that a burst is allowed and a flood is not. Callers
are counted by who they are once they have signed in, and before that by the address of their connection. Headers that
claim another address are read only as far as proxies of ours wrote them (`proxies.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from math import ceil

from adapters.http import problems
from adapters.http.problems import Declined

_MOST_BUCKETS = 50_000


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests a minute, counted under one name."""

    name: str
    a_minute: int


GENERAL = Limit("general", 300)
HOLDS = Limit("holds", 30)
SIGN_IN = Limit("sign-in", 10)
SIGN_IN_ACCOUNT = Limit("sign-in-account", 10)
PROVIDER_SIGN_IN = Limit("provider-sign-in", 60)
"""Two for each sign-in at the provider, who guards against guessing by itself."""
PASSWORD_MAIL = Limit("password-mail", 3)
"""To one address, whoever asks."""
REGISTRATION = Limit("registration", 10)
REPORTS = Limit("reports", 5)
PRIVACY = Limit("privacy", 5)
PHOTOS = Limit("photos", 20)
CALENDAR_FEED = Limit("calendar-feed", 60)
"""One address may be a provider's who asks for many people."""


@dataclass(slots=True)
class _Bucket:
    left: float
    filled_at: float


@dataclass(slots=True)
class Limits:
    """Buckets by limit and subject. Switched off, it lets everything pass."""

    enabled: bool
    now: Callable[[], float]
    _buckets: dict[tuple[str, str], _Bucket] = field(default_factory=dict)

    def spend(self, limit: Limit, subject: str) -> None:
        """Count one request. Raise Declined (429), with the seconds to wait, when there were too many."""
        if not self.enabled:
            return
        now = self.now()
        bucket = self._bucket(limit, subject, now)
        rate = limit.a_minute / 60
        bucket.left = min(float(limit.a_minute), bucket.left + (now - bucket.filled_at) * rate)
        bucket.filled_at = now
        if bucket.left < 1:
            wait = max(1, ceil((1 - bucket.left) / rate))
            raise Declined(problems.TOO_MANY_REQUESTS, headers={"Retry-After": str(wait)})
        bucket.left -= 1

    def _bucket(self, limit: Limit, subject: str, now: float) -> _Bucket:
        key = (limit.name, subject)
        bucket = self._buckets.pop(key, None) or _Bucket(float(limit.a_minute), now)
        # Put back at the end, so that the front of the dict is what was not asked for the longest.
        self._buckets[key] = bucket
        if len(self._buckets) > _MOST_BUCKETS:
            del self._buckets[next(iter(self._buckets))]
        return bucket


def address_of(client: tuple[str, int] | None) -> str:
    """The caller's address as it is counted: IPv6 by its /64, which is what one household gets."""
    return "unknown" if client is None else _counted(client[0])


@lru_cache(maxsize=4_096)
def _counted(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)
