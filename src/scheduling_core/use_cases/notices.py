"""News in the application: what a person was told, and how it reached them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from scheduling_core.access import Actor, Role
from scheduling_core.errors import Forbidden, InvalidInput, Unauthenticated
from scheduling_core.notices import Delivery, Notice
from scheduling_core.ports.notice_records import NoticeDetails
from scheduling_core.ports.storage import Storage
from scheduling_core.tasks import Recipient
from scheduling_core.use_cases.fields import sound_limit

MOST_READ_AT_ONCE = 200


def reader_of(actor: Actor) -> Recipient:
    """Whose news a signed-in person reads. Raise Unauthenticated for nobody, Forbidden for the system."""
    if actor.role is Role.ANONYMOUS:
        raise Unauthenticated
    if actor.id is None:
        raise Forbidden
    return Recipient(actor.role, actor.id)


@dataclass(frozen=True, slots=True)
class News:
    """Some of a person's news, and how much of all of it is unread."""

    items: list[NoticeDetails]
    unread: int


@dataclass(frozen=True, slots=True)
class ReadNews:
    """The signed-in person's messages, newest first. What is not due yet and what was never told is not among them."""

    storage: Storage

    async def __call__(self, actor: Actor, *, after: tuple[datetime, UUID] | None = None, limit: int = 20) -> News:
        reader = reader_of(actor)
        sound_limit(limit)
        async with self.storage.reading() as unit:
            now = await unit.now()
            items = await unit.notices.shown(reader, now=now, after=after, limit=limit)
            return News(items, await unit.notices.unread(reader, now=now))


@dataclass(frozen=True, slots=True)
class MarkNewsRead:
    """Mark the named ones, or with None all that are shown, as read; answers how many are left. Others' are left alone."""

    storage: Storage

    async def __call__(self, actor: Actor, ids: Sequence[UUID] | None = None) -> int:
        reader = reader_of(actor)
        if ids is not None and len(ids) > MOST_READ_AT_ONCE:
            raise InvalidInput("ids", f"Name at most {MOST_READ_AT_ONCE}.")
        async with self.storage.writing() as unit:
            now = await unit.now()
            await unit.notices.read(reader, ids, now=now)
            return await unit.notices.unread(reader, now=now)


@dataclass(frozen=True, slots=True)
class ListDeliveries:
    """Everybody's messages for administrators, newest first: ids, kinds and states, never content."""

    storage: Storage

    async def __call__(
        self, actor: Actor, delivery: Delivery | None = None, *, after: UUID | None = None, limit: int = 50
    ) -> list[Notice]:
        actor.as_administrator()
        sound_limit(limit)
        async with self.storage.reading() as unit:
            return await unit.notices.list(delivery, after=after, limit=limit)
