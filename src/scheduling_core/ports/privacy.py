"""Everything that is held about one person, wherever it stands."""

from datetime import datetime
from typing import Protocol

from scheduling_core.access import Actor
from scheduling_core.privacy import Erasure, Kept, Records, StillNeeded


class PersonalData(Protocol):
    """Of patients and doctors. Others hold nothing that is exported or erased: ValueError."""

    async def everything(self, actor: Actor) -> Records:
        """All that is held about them, without secrets and without what belongs to others."""
        ...

    async def needed_for(self, actor: Actor, *, now: datetime) -> StillNeeded | None:
        """What keeps them from being erased: a visit that is held or ahead, or money that is not settled."""
        ...

    async def erase(self, actor: Actor, *, at: datetime) -> None:
        """Take away whatever tells who they are and what they wrote, end their sessions, keep books, ledger and history
        with nobody's name in them, and note the erasure. Doing so again changes nothing."""
        ...

    async def erasures(self) -> list[Erasure]:
        """Everybody who was erased, the first one first."""
        ...

    async def forget(self, kept: Kept, *, before: datetime, limit: int) -> int:
        """Remove at most so many of what was over before then; how many there were."""
        ...
