"""How the providers outside answer: what whoever runs the clinic wants to know when something does not work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Standing(StrEnum):
    """How it stands with a provider, by its newest call."""

    UNTRIED = "untried"
    WELL = "well"
    REFUSED = "refused"
    """It is there, and said no to the newest thing that it was asked for."""
    BUSY = "busy"
    """It asks to be left alone for a while."""
    AWAY = "away"
    """It does not answer, or not what it should, or says itself that it failed."""
    SHUT_OUT = "shut_out"
    """It does not let us in: a person must renew what we have of it, or finish setting up the account."""


_SHUT_OUT = frozenset({"revoked", "forbidden", "calendar"})
"""Codes of refusals that concern our access and no single request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderState:
    """How the newest call to a provider ended, in this process: `outcome` in one word, `reason` in words unless it was answered.

    Neither quotes the provider. `answered_at` is when it last gave what was asked for; None: not yet. `troubled_since` is
    when the first call failed of those that have failed since. `calls` and `failures` count from when the process began.
    """

    provider: str
    outcome: str = "untried"
    code: str = ""
    reason: str = ""
    at: datetime | None = None
    answered_at: datetime | None = None
    troubled_since: datetime | None = None
    rests_until: datetime | None = None
    """It is not asked before then."""
    calls: int = 0
    failures: int = 0

    @property
    def standing(self) -> Standing:
        """What the newest call says of the provider."""
        match self.outcome:
            case "untried":
                return Standing.UNTRIED
            case "answered":
                return Standing.WELL
            case "refused":
                return Standing.SHUT_OUT if self.code in _SHUT_OUT else Standing.REFUSED
            case "not_let_in":
                return Standing.SHUT_OUT
            case "come_back_later":
                return Standing.BUSY
            case _:
                return Standing.AWAY


class Providers(Protocol):
    def states(self) -> Sequence[ProviderState]:
        """Of each provider that this deployment uses, by name."""
        ...
