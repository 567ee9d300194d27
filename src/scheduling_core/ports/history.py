"""The append-only history as a whole, and the chain of hashes over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from scheduling_core.access import Role
from scheduling_core.audit import Act, Entry, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries somebody looks for; None asks for nothing. `about` is an appointment's or a deed's subject's id."""

    verb: str | None = None
    role: Role | None = None
    actor_id: UUID | None = None
    about: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


class History(Protocol):
    async def record(self, act: Act) -> None:
        """Add an act, together with everything else of this transaction."""
        ...

    async def find(self, wanted: Wanted, *, before: int | None, limit: int) -> list[Entry]:
        """Newest first; `before` is the number of the last one seen."""
        ...

    async def begin_chaining(self) -> bool:
        """Be the only one who adds links until the transaction ends; False if another does, who is not waited for."""
        ...

    async def newest_link(self) -> Link | None:
        """The end of the chain; None before the first link."""
        ...

    async def unchained(self, limit: int) -> list[Entry]:
        """Committed entries without a link, by number. One that commits after a later number has got its link is among
        them still: a transaction ends within SETTLED of its beginning."""
        ...

    async def extend(self, links: Sequence[Link]) -> None:
        """Add links behind the newest one. The caller has begun chaining."""
        ...

    async def chained(self, *, after: int, limit: int) -> list[tuple[Link, Entry | None]]:
        """Links from position `after` on, in order, each with its entry; None where that is gone."""
        ...

    async def count_unchained(self) -> int:
        """How many committed entries have no link, however old they are."""
        ...
