"""Calls to providers as tests make them: with real limits, and no chance in their pauses."""

from prometheus_client import CollectorRegistry

from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls, Limits
from adapters.kit.system import SystemChance


def calls_to(provider: str, *, limits: Limits | None = None) -> Calls:
    return Calls(provider, CallFigures(CollectorRegistry()), SystemChance(), limits=limits or Limits(tries=1))
