"""Providers as administrators see them."""

from collections.abc import Sequence
from datetime import datetime

from adapters.http.views.fields import Answer
from scheduling_core.ports import providers
from scheduling_core.ports.providers import Standing


class ProviderState(Answer):
    """How it stands with a provider, seen by the process that answers.

    `standing`: `well`; `untried`; `refused` (a definite no to the newest request); `busy` (it asked to be left alone); `away` (no
    answer, or a failure of its own); `shut_out` (a person must renew our access). `outcome` and `reason` are of the newest call.
    `troubled_since` is when it began, `rests_until` when it is asked again at the earliest, `answered_at` when it last gave what
    was asked for. `calls` and `failures` count since the process began.
    """

    provider: str
    standing: Standing
    outcome: str
    reason: str
    at: datetime | None
    answered_at: datetime | None
    troubled_since: datetime | None
    rests_until: datetime | None
    calls: int
    failures: int

    @classmethod
    def of(cls, state: providers.ProviderState) -> "ProviderState":
        return cls(
            provider=state.provider,
            standing=state.standing,
            outcome=state.outcome,
            reason=state.reason,
            at=state.at,
            answered_at=state.answered_at,
            troubled_since=state.troubled_since,
            rests_until=state.rests_until,
            calls=state.calls,
            failures=state.failures,
        )


class ProviderStates(Answer):
    """Of each provider that this deployment uses, by name; `simulated` are the ports whose provider is a simulator."""

    items: list[ProviderState]
    simulated: list[str]

    @classmethod
    def of(cls, states: Sequence[providers.ProviderState], *, simulated: Sequence[str]) -> "ProviderStates":
        return cls(items=[ProviderState.of(state) for state in states], simulated=list(simulated))
