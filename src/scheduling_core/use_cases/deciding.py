"""Deciding again: when a row changed between its reading and its writing, a verb starts afresh on what is true now."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from scheduling_core.errors import Outdated, Superseded

P = ParamSpec("P")
R = TypeVar("R")

MOST_DECISIONS = 5


def decide_again(verb: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """Run `verb`, whole, up to MOST_DECISIONS times while it raises Outdated; the last one is raised to the caller, as is
    Superseded at once."""

    @wraps(verb)
    async def again(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(MOST_DECISIONS - 1):
            try:
                return await verb(*args, **kwargs)
            except Superseded:
                raise
            except Outdated:
                continue
        return await verb(*args, **kwargs)

    return again
