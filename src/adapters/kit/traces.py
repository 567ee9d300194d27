"""What takes how long, step by step, for those who collect traces. Names of routes, providers and operations alone: no path
that was asked for, no id of a person, nothing that anybody wrote."""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Span(Protocol):
    """One step of a trace while it lasts."""

    def ended(self, name: str, *, well: bool, **attributes: str | int) -> None:
        """How it shall be called, whether it went well, and what may be known of it."""
        ...


class Traces(Protocol):
    def request(self, headers: Iterable[tuple[bytes, bytes]]) -> AbstractContextManager[Span]:
        """The step of answering a request, in the trace that its headers name, if they do (W3C Trace Context)."""
        ...

    def call(self, provider: str) -> AbstractContextManager[Span]:
        """The step of asking a provider, within whatever step is being taken."""
        ...

    def close(self) -> None:
        """Send what is left, for a few seconds at most. It blocks."""
        ...


class _NoSpan:
    def ended(self, name: str, *, well: bool, **attributes: str | int) -> None:
        """Nobody asked."""


class NoTraces:
    """Nothing is collected, at next to no cost."""

    _nothing = nullcontext(_NoSpan())

    def request(self, headers: Iterable[tuple[bytes, bytes]]) -> AbstractContextManager[Span]:
        return self._nothing

    def call(self, provider: str) -> AbstractContextManager[Span]:
        return self._nothing

    def close(self) -> None:
        """There is nothing left."""


NO_TRACES = NoTraces()
