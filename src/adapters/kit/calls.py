"""Every call to an outside provider goes through here: in time, not too many at once, repeated only where that is safe.

An adapter keeps one `Calls` for its provider and gives it the work of each of its methods. The work says how the call ended
in the words of the core: ProviderUnavailable (nobody knows, or come back later), ProviderFailed (a failure of its own),
ProviderRefused (a definite no).
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

import structlog

from adapters.kit.breaker import Breaker
from adapters.kit.call_figures import ANSWERED, GIVEN_UP, CallFigures
from adapters.kit.deadlines import ending_in
from adapters.kit.places import stepped_out
from adapters.kit.threads import in_thread
from adapters.kit.traces import Span
from adapters.kit.transactions import require_no_transaction
from scheduling_core.errors import ProviderFailed, ProviderRefused, ProviderUnavailable
from scheduling_core.ports.system import Chance

T = TypeVar("T")
log = structlog.get_logger(__name__)


class Repeat(Enum):
    """Whether a call whose outcome is unknown may be made again at once."""

    NEVER = "never"
    """It could happen twice."""
    KEYED = "keyed"
    """It carries an idempotency key: again after silence, but not after a 5xx, which the provider replays under the key."""
    ALWAYS = "always"
    """It only reads, or says how things shall be."""


class ComeBackLater(ProviderUnavailable):
    """The provider asks to be left alone for `seconds` (429 or 503 with Retry-After; None where it names no time)."""

    def __init__(self, message: str, *, seconds: float | None = None) -> None:
        super().__init__(message)
        self.seconds = seconds


class NotLetIn(ProviderUnavailable):
    """The provider does not accept our credentials: nothing was done, and a person must renew them. Work waits meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`seconds` bounds a whole call: waiting for a place, every repeat, and the pauses between."""

    seconds: float = 9.0
    at_once: int = 8
    tries: int = 3
    first_pause: float = 0.2
    longest_pause: float = 2.0
    longest_rest: float = 300.0
    """However long the provider asks to be left alone, it is asked again after this."""


class Calls:
    """The calls to one provider from one process.

    Raises ProviderUnavailable by itself when the time is up, when no place is free in it, and at once while the provider
    rests: after five failures in a row, or because it asked for that.
    """

    def __init__(
        self,
        provider: str,
        figures: CallFigures,
        chance: Chance,
        *,
        limits: Limits = Limits(),
        breaker: Breaker | None = None,
    ) -> None:
        self._provider = provider
        self._figures = figures
        self._chance = chance
        self._limits = limits
        self._breaker = breaker or Breaker()
        self._places = asyncio.Semaphore(limits.at_once)
        self._why = ""
        figures.know(provider)

    async def make(self, operation: str, work: Callable[[], Awaitable[T]], *, repeat: Repeat) -> T:
        """What `work` answers or raises. Never inside a transaction (CalledInsideTransaction)."""

        async def once() -> T:
            async with self._places:
                return await work()

        return await self._guarded(operation, once, repeat)

    async def make_blocking(self, operation: str, work: Callable[[], T], *, repeat: Repeat) -> T:
        """The same for a library that blocks: `work` is done in a thread, which keeps its place for as long as it hangs.

        What it reads through `deadlines` ends with the time of the call.
        """

        async def once() -> T:
            await self._places.acquire()
            name = f"{self._provider}-{operation}"
            return await in_thread(work, name=name, ended=self._places.release)

        return await self._guarded(operation, once, repeat)

    async def _guarded(self, operation: str, once: Callable[[], Awaitable[T]], repeat: Repeat) -> T:
        require_no_transaction()
        self._refuse_while_resting(operation)
        with stepped_out(), self._figures.traces.call(self._provider) as span:
            async with self._watched(operation, span):
                self._breaker.begin()
                try:
                    async with asyncio.timeout(self._limits.seconds):
                        with ending_in(self._limits.seconds):
                            return await self._repeated(once, repeat)
                except TimeoutError as late:
                    silence = f"{self._provider} did not answer within {self._limits.seconds:g} s"
                    raise ProviderUnavailable(silence) from late

    async def _repeated(self, once: Callable[[], Awaitable[T]], repeat: Repeat) -> T:
        again_at = asyncio.get_running_loop().time() + self._limits.seconds
        for attempt in range(1, self._limits.tries + 1):
            try:
                return await once()
            except ProviderUnavailable as trouble:
                pause = self._pause(attempt, trouble)
                in_time = asyncio.get_running_loop().time() + pause < again_at
                if attempt == self._limits.tries or not in_time or not _repeatable(trouble, repeat):
                    raise
            self._figures.repeated(self._provider)
            await asyncio.sleep(pause)
        raise AssertionError("the last try answers or raises")

    def _pause(self, attempt: int, trouble: ProviderUnavailable) -> float:
        """Full jitter, and never less than what the provider asked for."""
        most = min(self._limits.longest_pause, self._limits.first_pause * 2.0 ** (attempt - 1))
        asked = trouble.seconds if isinstance(trouble, ComeBackLater) else None
        return (asked or 0.0) + most * self._chance.fraction()

    def _refuse_while_resting(self, operation: str) -> None:
        rests = self._breaker.rests(asyncio.get_running_loop().time())
        if rests:
            self._figures.not_made(self._provider, operation)
            raise ProviderUnavailable(f"{self._provider} is not asked for {rests:.0f} s more: {self._why}")

    @asynccontextmanager
    async def _watched(self, operation: str, span: Span) -> AsyncIterator[None]:
        """Count it, remember how it ended, and log what went wrong: names and kinds, nothing that the provider said."""
        loop = asyncio.get_running_loop()
        began, outcome, reason, code = loop.time(), GIVEN_UP, "", ""
        self._figures.began(self._provider)
        try:
            yield
            outcome = ANSWERED
            self._breaker.succeeded()
        except ProviderRefused as refusal:
            outcome, reason, code = "refused", str(refusal), refusal.code
            self._breaker.succeeded()
            log.info("provider_refused", provider=self._provider, operation=operation, code=refusal.code)
            raise
        except ProviderUnavailable as trouble:
            outcome, reason = _outcome(trouble), str(trouble)
            self._note(trouble, loop.time())
            log.warning("provider_unavailable", provider=self._provider, operation=operation, outcome=outcome)
            raise
        finally:
            if outcome == GIVEN_UP:
                self._breaker.given_up()
            self._figures.ended(
                self._provider,
                operation,
                outcome=outcome,
                seconds=loop.time() - began,
                reason=reason,
                code=code,
                rests=self._breaker.rests(loop.time()),
            )
            well = outcome in (ANSWERED, "refused")
            span.ended(f"{self._provider} {operation}", well=well, openhours__outcome=outcome)

    def _note(self, trouble: ProviderUnavailable, now: float) -> None:
        self._why = str(trouble)
        if isinstance(trouble, ComeBackLater):
            self._breaker.given_up()
            self._breaker.pause(now, min(trouble.seconds or 0.0, self._limits.longest_rest))
        else:
            self._breaker.failed(now)


def _repeatable(trouble: ProviderUnavailable, repeat: Repeat) -> bool:
    if isinstance(trouble, NotLetIn):
        return False
    if isinstance(trouble, ProviderFailed):
        return repeat is Repeat.ALWAYS
    return repeat is not Repeat.NEVER


def _outcome(trouble: ProviderUnavailable) -> str:
    kinds = ((NotLetIn, "not_let_in"), (ComeBackLater, "come_back_later"), (ProviderFailed, "failed"))
    return next((outcome for kind, outcome in kinds if isinstance(trouble, kind)), "unavailable")
