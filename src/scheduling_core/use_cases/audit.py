"""Looking into the history, chaining it, and proving that nobody has altered it."""

from dataclasses import dataclass

from scheduling_core.access import Actor
from scheduling_core.audit import Entry, Link, link_after
from scheduling_core.ports.history import Wanted
from scheduling_core.ports.storage import Storage
from scheduling_core.use_cases.fields import sound_limit

AT_ONCE = 500
"""How many entries are chained or verified in one transaction."""


@dataclass(frozen=True, slots=True)
class ReadAudit:
    """The history, newest first, for administrators."""

    storage: Storage

    async def __call__(
        self, actor: Actor, wanted: Wanted, *, before: int | None = None, limit: int = 50
    ) -> list[Entry]:
        actor.as_administrator()
        sound_limit(limit)
        async with self.storage.reading() as unit:
            return await unit.history.find(wanted, before=before, limit=limit)


@dataclass(frozen=True, slots=True)
class ChainHistory:
    """Link what was committed since the last time. Any number of processes may do so at once; answers how many links."""

    storage: Storage

    async def __call__(self, *, limit: int = AT_ONCE) -> int:
        async with self.storage.reading() as unit:
            if not await unit.history.unchained(1):
                return 0
        links: list[Link] = []
        async with self.storage.writing() as unit:
            if not await unit.history.begin_chaining():
                return 0
            last = await unit.history.newest_link()
            for entry in await unit.history.unchained(limit):
                last = link_after(last, entry)
                links.append(last)
            if links:
                await unit.history.extend(links)
        return len(links)


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first place at which the history is not what was chained."""

    position: int
    number: int | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What verifying found. `newest` is the last link that holds: kept elsewhere, it shows a later shortening too."""

    checked: int
    newest: Link | None
    waiting: int
    broken: Break | None


@dataclass(frozen=True, slots=True)
class VerifyHistory:
    """Reckon the whole chain anew. For the command line: whoever runs it owns the database, so it takes no actor.

    With `expected`, a link that was noted earlier, the chain must still hold it.
    """

    storage: Storage

    async def __call__(self, expected: tuple[int, str] | None = None) -> Verdict:
        last: Link | None = None
        broken: Break | None = None
        while broken is None:
            async with self.storage.reading() as unit:
                page = await unit.history.chained(after=last.position if last else 0, limit=AT_ONCE)
                waiting = await unit.history.count_unchained() if len(page) < AT_ONCE else 0
            for link, entry in page:
                broken = break_at(last, link, entry) or unexpected(link, expected)
                if broken:
                    break
                last = link
            if len(page) < AT_ONCE:
                break
        broken = broken or too_short(last, expected)
        return Verdict(checked=last.position if last else 0, newest=last, waiting=waiting, broken=broken)


def break_at(last: Link | None, link: Link, entry: Entry | None) -> Break | None:
    """What is wrong with `link` behind `last`, which holds."""
    position = last.position + 1 if last else 1
    if link.position != position:
        return Break(position=position, number=None, why="a link was removed")
    if entry is None:
        return Break(position=position, number=link.number, why="the entry was removed")
    if link_after(last, entry) != link:
        return Break(position=position, number=link.number, why="the entry or its link was altered")
    return None


def unexpected(link: Link, expected: tuple[int, str] | None) -> Break | None:
    """What is wrong with `link` where an earlier one of its place was noted, by position and hash."""
    if expected and link.position == expected[0] and link.hash != expected[1]:
        return Break(position=link.position, number=link.number, why="the chain is not the one that was noted")
    return None


def too_short(last: Link | None, expected: tuple[int, str] | None) -> Break | None:
    """What is wrong with a chain that ends with `last`."""
    end = last.position if last else 0
    if expected and end < expected[0]:
        return Break(position=end + 1, number=None, why="the chain ends before the link that was noted")
    return None
