"""Secret addresses of calendars in memory."""

from dataclasses import replace

from adapters.persistence.memory import places
from adapters.persistence.memory.transaction import Transaction
from scheduling_core.access import Actor
from scheduling_core.ports.feeds import CalendarFeed

_NONE = ""


class MemoryFeeds:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, feed: CalendarFeed) -> None:
        (await self._transaction.view()).feeds.put(feed.actor, feed)

    async def of(self, actor: Actor) -> CalendarFeed | None:
        feed = (await self._transaction.view()).feeds.get(actor)
        return feed if feed and feed.secret_hash else None

    async def find(self, secret_hash: str) -> CalendarFeed | None:
        return (await self._transaction.view()).feeds.first(places.feed_of_secret, secret_hash)

    async def remove(self, actor: Actor) -> None:
        view = await self._transaction.view()
        # Rows of these tables are never deleted: one without a secret is none.
        if feed := view.feeds.get(actor):
            view.feeds.put(actor, replace(feed, secret_hash=_NONE))
