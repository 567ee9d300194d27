"""How the providers outside answer: what whoever runs the clinic wants to know when something does not work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderState:
    """How the newest call to a provider ended, in this process: `outcome` in one word, `reason` in words unless it was answered.

    Neither quotes the provider. `answered_at` is when it last gave what was asked for; None: not yet.
    """

    provider: str
    outcome: str
    reason: str
    at: datetime
    answered_at: datetime | None


class Providers(Protocol):
    def states(self) -> Sequence[ProviderState]:
        """Of each provider that was called, by name."""
        ...
