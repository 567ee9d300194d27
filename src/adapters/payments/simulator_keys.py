"""Idempotency keys as Stripe keeps them: the first answer under a key is its answer for a day, a failure included."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from adapters.kit.simulator_state import Books, Shelf
from scheduling_core.errors import ProviderFailed, ProviderRefused
from scheduling_core.payment import Observation

KEY_LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the provider said: an observation, a definite no, or (neither) a 5xx."""

    seen: Observation | None = None
    refused: str | None = None
    why: str = ""

    def given(self) -> Observation:
        """The observation. Raise ProviderRefused or ProviderFailed, whichever was said instead."""
        if self.seen is not None:
            return self.seen
        if self.refused is not None:
            raise ProviderRefused(self.refused, self.why)
        raise ProviderFailed("the payment provider answered 500")


BROKEN = Answer()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remembered:
    fingerprint: str
    answer: Answer
    at: datetime


_KEYS = Shelf("payments.keys", _Remembered)


def once(books: Books, key: str, parameters: tuple[object, ...], now: datetime, act: Callable[[], Answer]) -> Answer:
    """What `act` answers the first time, and that same answer whenever the key comes again within 24 hours.

    The same key with other parameters is refused, as Stripe's `idempotency_error`.
    """
    fingerprint = hashlib.sha256(msgspec.json.encode(parameters)).hexdigest()
    known = _KEYS.get(books, key)
    if known is None or now - known.at >= KEY_LIFE:
        answer = act()
        _KEYS.put(books, key, _Remembered(fingerprint=fingerprint, answer=answer, at=now))
        return answer
    if known.fingerprint != fingerprint:
        return Answer(refused="key_reused", why="the idempotency key was used with other parameters")
    return known.answer
