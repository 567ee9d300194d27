"""The history in memory, and the chain over it."""

from collections.abc import Iterator, Sequence
from itertools import islice

from adapters.persistence.memory import places
from adapters.persistence.memory.transaction import Transaction, View
from scheduling_core.audit import Act, Entry, Link
from scheduling_core.event import Event
from scheduling_core.ports.history import Wanted


def note(view: View, happened: Event | Act) -> None:
    """Add one entry behind the newest."""
    newest = next(view.history.walk(places.whole_history, places.EVERYBODY, newest_first=True), None)
    number = newest.number + 1 if newest else 1
    made = Entry.of_event if isinstance(happened, Event) else Entry.of_act
    view.history.insert(number, made(happened, number=number))  # type: ignore[arg-type]  # chosen by what happened


class MemoryHistory:
    """Matches ports.history.History. There is one writer at a time, so numbers are in the order of commits."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def record(self, act: Act) -> None:
        note(await self._transaction.view(), act)

    async def find(self, wanted: Wanted, *, before: int | None, limit: int) -> list[Entry]:
        view = await self._transaction.view()
        bound = None if before is None else (before,)
        newest_first = view.history.walk(places.whole_history, places.EVERYBODY, before=bound, newest_first=True)
        return list(islice((entry for entry in newest_first if _is_wanted(entry, wanted)), limit))

    async def begin_chaining(self) -> bool:
        await self._transaction.view()
        return True

    async def newest_link(self) -> Link | None:
        return _newest(await self._transaction.view())

    async def unchained(self, limit: int) -> list[Entry]:
        return list(islice(_unchained(await self._transaction.view()), limit))

    async def extend(self, links: Sequence[Link]) -> None:
        view = await self._transaction.view()
        for link in links:
            view.links.insert(link.position, link)

    async def chained(self, *, after: int, limit: int) -> list[tuple[Link, Entry | None]]:
        view = await self._transaction.view()
        links = view.links.walk(places.whole_chain, places.EVERYBODY, after=(after, after))
        return [(link, view.history.get(link.number)) for link in islice(links, limit)]

    async def count_unchained(self) -> int:
        return sum(1 for _ in _unchained(await self._transaction.view()))


def _newest(view: View) -> Link | None:
    return next(view.links.walk(places.whole_chain, places.EVERYBODY, newest_first=True), None)


def _unchained(view: View) -> Iterator[Entry]:
    newest = _newest(view)
    after = (newest.number, newest.number) if newest else None
    return view.history.walk(places.whole_history, places.EVERYBODY, after=after)


def _is_wanted(entry: Entry, wanted: Wanted) -> bool:
    return (
        (wanted.verb is None or entry.verb == wanted.verb)
        and (wanted.role is None or entry.role is wanted.role)
        and (wanted.actor_id is None or entry.actor_id == wanted.actor_id)
        and (wanted.about is None or wanted.about in (entry.appointment_id, entry.subject_id))
        and (wanted.since is None or entry.at >= wanted.since)
        and (wanted.until is None or entry.at < wanted.until)
    )
