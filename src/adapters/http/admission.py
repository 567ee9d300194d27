"""Who is let in when more ask than can be answered: beyond a bound, requests are turned away before any work is done for them.

An event loop shares itself among all who are inside, so that with too many everybody waits, and whoever waits too long asks
again and makes it worse. With a bound those inside are answered in good time, and the others hear at once when to come back.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from litestar.types import Scope

from adapters.http.limits import address_of

P = ParamSpec("P")
T = TypeVar("T")

MOST_INSIDE = 64
"""At ten milliseconds of work each, the last of them waits two thirds of a second. `make overload` measures it."""
_ALWAYS_IN = ("/health/", "/metrics", "/api/webhooks/")


class Admission:
    """Bounds the requests of one process that are worked on at once. Those that wait for a provider, for the rest of a body or
    for a slow reader do not count: they are no work, and whoever is slow would else shut the door for all.

    One caller (a signed-in person, or an address) has half of the places at most: that is enough to keep the process busy,
    and leaves it to the others.
    """

    def __init__(self, *, most: int = MOST_INSIDE, elsewhere: Callable[[], int] = lambda: 0) -> None:
        self._most, self._elsewhere = most, elsewhere
        self._inside, self._away = 0, 0
        self._callers: Counter[object] = Counter()

    def enter(self, scope: Scope) -> Callable[[], None] | None:
        """How to leave again, or None: turned away. Health, figures and the provider's events always come in."""
        if scope["path"].startswith(_ALWAYS_IN):
            return _leave_freely
        caller = _caller(scope)
        if self._inside - self._away - self._elsewhere() >= self._most or self._callers[caller] >= self._most // 2:
            return None
        self._inside += 1
        self._callers[caller] += 1

        def leave() -> None:
            self._inside -= 1
            self._callers[caller] -= 1
            if not self._callers[caller]:
                del self._callers[caller]

        return leave

    def away_in(self, exchange: Callable[P, Awaitable[T]]) -> Callable[P, Coroutine[Any, Any, T]]:
        """`exchange`, a request's `receive` or `send`, as it is; while it is awaited its request does not count."""

        async def away(*args: P.args, **kwargs: P.kwargs) -> T:
            self._away += 1
            try:
                return await exchange(*args, **kwargs)
            finally:
                self._away -= 1

        return away


def _leave_freely() -> None:
    """Whoever took no place leaves none."""


def _caller(scope: Scope) -> object:
    for name, value in scope["headers"]:
        if name == b"authorization":
            return value
    return address_of(scope["client"])
