"""Secret addresses under which calendars read a person's visits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from scheduling_core.access import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeed:
    """The one address of a patient or a doctor. Only a hash of its secret is kept."""

    actor: Actor
    secret_hash: str
    created_at: datetime


class CalendarFeeds(Protocol):
    async def put(self, feed: CalendarFeed) -> None:
        """Replace the one that the actor had, if any: its address is nobody's from then on."""
        ...

    async def of(self, actor: Actor) -> CalendarFeed | None:
        """The actor's own."""
        ...

    async def find(self, secret_hash: str) -> CalendarFeed | None:
        """Whose address has this secret."""
        ...

    async def remove(self, actor: Actor) -> None:
        """Whether there was one or not."""
        ...
