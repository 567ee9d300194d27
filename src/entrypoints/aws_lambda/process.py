"""One process of Lambda: its settings, its container and its event loop outlive an invocation, since the next comes to the same.

Lambda calls one handler at a time in a process, and freezes it in between: a connection that was lost meanwhile is replaced
by whoever needs it next.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, Protocol, TypeVar

import bootstrap
from entrypoints.logs import configure_logs

T = TypeVar("T")
Event = dict[str, Any]


class Context(Protocol):
    """What Lambda says of an invocation."""

    def get_remaining_time_in_millis(self) -> int:
        """Until when it must have ended."""
        ...


class Process:
    """Everything that is made once. Raise WrongSetting for an environment that cannot be used."""

    def __init__(self) -> None:
        settings = bootstrap.settings_of(os.environ)
        configure_logs(production=settings.production)
        # A function is told of those secrets alone that its own work needs.
        self._wired = bootstrap.container(settings, whole=False)
        self._loop = asyncio.Runner()

    def run(self, work: Callable[[bootstrap.Container], Awaitable[T]]) -> T:
        """What the work answers, given everything that is wired."""

        async def whole() -> T:
            try:
                return await work(self._wired)
            finally:
                # Nothing runs between invocations that could write them each minute.
                if self._wired.settings().metrics == "embedded":
                    self._wired.embedded_metrics().flush()

        return self._loop.run(whole())

    def close(self) -> None:
        """Give every connection back."""
        self._loop.run(bootstrap.close(self._wired))
        self._loop.close()


# One that could not be made is not kept: the next invocation tries again.
@cache
def this_process() -> Process:
    """The one of this process, made at the first invocation."""
    return Process()
