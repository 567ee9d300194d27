"""Providers as administrators see them."""

from collections.abc import Sequence
from datetime import datetime

from adapters.http.views.fields import Answer
from scheduling_core.ports import providers


class ProviderState(Answer):
    """How the newest call ended: `answered`, `refused` (a definite no), `not_let_in` (our credentials), `come_back_later`, `failed`
    (its own failure) or `unavailable`. `answered_at` is when it last gave what was asked for."""

    provider: str
    outcome: str
    reason: str
    at: datetime
    answered_at: datetime | None

    @classmethod
    def of(cls, state: providers.ProviderState) -> "ProviderState":
        return cls(
            provider=state.provider,
            outcome=state.outcome,
            reason=state.reason,
            at=state.at,
            answered_at=state.answered_at,
        )


class ProviderStates(Answer):
    """Of each provider that was called, by name."""

    items: list[ProviderState]

    @classmethod
    def of(cls, states: Sequence[providers.ProviderState]) -> "ProviderStates":
        return cls(items=[ProviderState.of(state) for state in states])
