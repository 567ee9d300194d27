"""Who is let in when more ask than can be answered: beyond a bound, requests are turned away before any work is done for them.

An event loop shares itself among all who are inside, so that with too many everybody waits, and whoever waits too long asks
again and makes it worse. With a bound those inside are answered in good time, and the others hear at once when to come back.
"""

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Generator
from types import coroutine
from typing import Any, TypeVar, cast

from litestar.types import Scope

from adapters.http import problems
from adapters.http.limits import address_of

T = TypeVar("T")

MOST_INSIDE = 64
"""At ten milliseconds of work each, the last of them waits two thirds of a second. `make overload` measures it."""
_COME_BACK_AFTER = problems.OVERLOADED.retry_after or 0
_MOST_REMEMBERED = 10_000
_ALWAYS_IN = ("/health/", "/metrics", "/api/webhooks/")


class Place:
    """One request's. While it waits for a provider, for the rest of a body or for a slow reader its place is free for others:
    that is no work, and whoever is slow would else shut the door for all.
    """

    __slots__ = ("_address", "_admission", "_out", "_token")

    def __init__(self, admission: "Admission | None", address: object, token: bytes | None) -> None:
        self._admission, self._address, self._token = admission, address, token
        self._out = 0

    def step_out(self) -> None:
        """It waits. Who waits for two things at once has stepped out twice, and is back after both."""
        self._out += 1
        if self._out == 1 and self._admission is not None:
            self._admission.count(-1, self._address, self._token)

    def step_in(self) -> None:
        """It is worked on again, however full it is by now."""
        self._out -= 1
        if self._out == 0 and self._admission is not None:
            self._admission.count(+1, self._address, self._token)

    def leave(self) -> None:
        """For good; whatever still runs in its name counts no more."""
        if self._out == 0 and self._admission is not None:
            self._admission.count(-1, self._address, self._token)
        self._admission = None

    @coroutine
    def away_in(self, exchange: Awaitable[T]) -> Generator[Any, Any, T]:
        """What `exchange` gives, one of a request's `receive` or `send`; while it waits the request does not count."""
        steps = exchange.__await__()
        try:
            waits_for = next(steps)
        except StopIteration as done:
            # Most need not wait. Stepping out for them as well took a twelfth of what a request costs around its use case.
            return cast("T", done.value)
        self.step_out()
        try:
            while True:
                try:
                    answer = yield waits_for
                except BaseException as thrown:  # noqa: BLE001  # whoever waits is to hear it, whatever it is
                    waits_for = steps.throw(thrown)
                else:
                    waits_for = steps.send(answer)
        except StopIteration as done:
            return cast("T", done.value)
        finally:
            self.step_in()


class Admission:
    """Bounds the requests of one process that are worked on at once.

    One caller (who says to be signed in, or else an address) has half of the places at most, and all callers of one address
    together three quarters: that is enough to keep the process busy, and leaves it to the others. The second bound is there
    because nobody has looked at a caller's token yet: any number of them can be made up.

    An eighth more is for those who were turned away and come back as late as they were told, one place for each wait. A flood
    that does not listen has none of it, and would else shut the door on them again and again. It is a better chance, no
    promise: many may come back at once, and who waits is told apart by address alone.
    """

    def __init__(self, *, most: int = MOST_INSIDE, now: Callable[[], float] = time.monotonic) -> None:
        self._most, self._of_one_caller, self._of_one_address = most, most // 2, most * 3 // 4
        self._with_those_who_waited = most + max(1, most // 8)
        self._now = now
        self._turned_away_at: dict[object, float] = {}
        """By address, the latest last."""
        self._inside = 0
        self._callers: Counter[object] = Counter()
        self._addresses: Counter[object] = Counter()

    def enter(self, scope: Scope) -> Place | None:
        """A place, which must be left, or None: turned away. Health, figures and the provider's events always come in."""
        if scope["path"].startswith(_ALWAYS_IN):
            return Place(None, None, None)
        address, token = address_of(scope["client"]), _token(scope)
        if self._turns_away(address, token):
            return None
        if self._inside >= self._most:
            self._turned_away_at.pop(address, None)  # one wait, one place: else whoever waited once came in for ever
        self.count(+1, address, token)
        return Place(self, address, token)

    def turns_away(self, scope: Scope) -> bool:
        """Whether `enter` would; for whoever asks, that is the answer."""
        return not scope["path"].startswith(_ALWAYS_IN) and self._turns_away(address_of(scope["client"]), _token(scope))

    def is_crowded(self, client: tuple[str, int] | None) -> bool:
        """Whether the house is full, or half of it is whoever's at the other end of this connection: they may be turned away."""
        half = self._of_one_caller
        return self._inside >= half and (self._inside >= self._most or self._addresses[address_of(client)] >= half)

    def _turns_away(self, address: object, token: bytes | None) -> bool:
        if (
            self._addresses[address] < self._of_one_address
            and self._callers[token or address] < self._of_one_caller
            and (self._inside < self._most or (self._inside < self._with_those_who_waited and self._waited(address)))
        ):
            return False
        self._turned_away_at.pop(address, None)
        self._turned_away_at[address] = self._now()
        if len(self._turned_away_at) > _MOST_REMEMBERED:
            del self._turned_away_at[next(iter(self._turned_away_at))]
        return True

    def _waited(self, address: object) -> bool:
        """Whether nobody of there has asked in vain since they were told to come back later."""
        told_at = self._turned_away_at.get(address)
        return told_at is not None and self._now() - told_at >= _COME_BACK_AFTER

    def count(self, change: int, address: object, token: bytes | None) -> None:
        """Somebody came in, or went out."""
        self._inside += change
        for counted, who in ((self._addresses, address), (self._callers, token or address)):
            counted[who] += change
            if not counted[who]:
                del counted[who]


def _token(scope: Scope) -> bytes | None:
    for name, value in scope["headers"]:
        if name == b"authorization":
            return value
    return None
