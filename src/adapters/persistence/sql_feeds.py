"""Secret addresses of calendars."""

from typing import Any

from sqlalchemy import Row, bindparam, delete, select

from adapters.persistence.sql_rows import actor_of
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import upsert
from adapters.persistence.tables_people import calendar_feeds
from scheduling_core.access import Actor
from scheduling_core.ports.feeds import CalendarFeed

_COLUMNS = calendar_feeds.c
_NEW = upsert(calendar_feeds)
_PUT = _NEW.on_conflict_do_update(
    index_elements=[_COLUMNS.actor_id],
    set_={column.name: _NEW.excluded[column.name] for column in _COLUMNS if not column.primary_key},
)
_OWN = (_COLUMNS.actor_id == bindparam("owner"), _COLUMNS.role == bindparam("as_role"))
_OF = select(calendar_feeds).where(*_OWN)
_FIND = select(calendar_feeds).where(_COLUMNS.secret_hash == bindparam("wanted"))
_REMOVE = delete(calendar_feeds).where(*_OWN)


class SqlFeeds:
    """Matches ports.feeds.CalendarFeeds."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, feed: CalendarFeed) -> None:
        values = {
            "actor_id": feed.actor.known(), "role": feed.actor.role.value, "secret_hash": feed.secret_hash,
            "created_at": feed.created_at,
        }  # fmt: skip
        await self._transaction.run(_PUT, values)

    async def of(self, actor: Actor) -> CalendarFeed | None:
        return _feed_of(await self._transaction.first(_OF, _owner(actor)))

    async def find(self, secret_hash: str) -> CalendarFeed | None:
        return _feed_of(await self._transaction.first(_FIND, {"wanted": secret_hash}))

    async def remove(self, actor: Actor) -> None:
        await self._transaction.run(_REMOVE, _owner(actor))


def _owner(actor: Actor) -> dict[str, Any]:
    return {"owner": actor.known(), "as_role": actor.role.value}


def _feed_of(row: Row[Any] | None) -> CalendarFeed | None:
    if row is None:
        return None
    return CalendarFeed(actor=actor_of(row.role, row.actor_id), secret_hash=row.secret_hash, created_at=row.created_at)
