"""What people were told, and what of it they want by e-mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from scheduling_core.ids import TaskId
from scheduling_core.notices import Delivery, Notice, Topic
from scheduling_core.tasks import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDetails:
    """A notice with what it is about, as that is now; None for one that is about no visit."""

    notice: Notice
    starts_at: datetime | None
    doctor_name: str | None
    patient_name: str | None
    """Who is seen."""


class NoticeRecords(Protocol):
    async def add(self, notice: Notice) -> None:
        """A message that was written down in this transaction."""
        ...

    async def mark(self, id: TaskId, delivery: Delivery, *, at: datetime) -> None:
        """What became of it at that time, which is when it becomes news if it was due later; `sent_at` is kept when it was
        sent. Nothing happens to one that is not there."""
        ...

    async def shown(
        self, recipient: Recipient, *, now: datetime, after: tuple[datetime, UUID] | None, limit: int
    ) -> list[NoticeDetails]:
        """This person's, as `Notice.shown` says, newest first; `after` is the (at, id) of the last one seen."""
        ...

    async def unread(self, recipient: Recipient, *, now: datetime) -> int:
        """How many of those that are shown were not read."""
        ...

    async def read(self, recipient: Recipient, ids: Sequence[UUID] | None, *, now: datetime) -> None:
        """Mark those of this person's that are shown now as read, or all with None; ones read before keep their time."""
        ...

    async def list(self, delivery: Delivery | None, *, after: UUID | None, limit: int) -> list[Notice]:
        """Everybody's, newest first, by id; `after` is the id of the last one seen."""
        ...


class Preferences(Protocol):
    async def changed(self, recipient: Recipient) -> frozenset[Topic]:
        """What this person wants otherwise than usual: what usually comes is off, what is `OPT_IN` is on. Nothing until they
        say so."""
        ...

    async def set_changed(self, recipient: Recipient, topics: frozenset[Topic]) -> None:
        """Replace it."""
        ...
