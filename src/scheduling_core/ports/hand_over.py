"""Whoever passes tasks on to others, who do them elsewhere."""

from typing import Protocol

from scheduling_core.tasks import Task


class HandOver(Protocol):
    async def hand_over(self, task: Task) -> None:
        """Tell those who do such tasks that this one is to be done: at least once, and by its id alone. Raise
        ProviderUnavailable to be asked again."""
        ...
