"""Calendars of people's own, as the simulated provider keeps them: when somebody is busy, and whether we are shown it."""

from dataclasses import dataclass
from datetime import datetime

from adapters.kit.simulator_state import Books, Shelf, SimulatorState
from scheduling_core.errors import NotFound, ProviderRefused
from scheduling_core.instants import Interval

MOST_ENTRIES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A time at which somebody is busy; with what is nobody's business."""

    id: str
    address: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """Whether a calendar is shared with the clinic. Every calendar is, until its owner ends it."""

    address: str
    shared: bool


_ENTRIES = Shelf("calendar.entries", Entry)
_DIARIES = Shelf("calendar.diaries", Diary)


class SimulatedDiaries:
    """What people see and change of their own calendars. Addresses are the same in whatever case they are written."""

    def __init__(self, state: SimulatorState) -> None:
        self._state = state

    async def of(self, address: str) -> tuple[list[Entry], bool]:
        """What is in it, earliest first, and whether it is shared."""

        def look(books: Books) -> tuple[list[Entry], bool]:
            entries = sorted(_ENTRIES.tagged(books, address.casefold()), key=lambda each: (each.starts_at, each.id))
            return entries, _shared(books, address)

        return await self._state.read(look)

    async def add(self, address: str, interval: Interval, *, id: str) -> None:
        """Busy then. Nothing happens where the calendar is full."""
        entry = Entry(id=id, address=address, starts_at=interval.start, ends_at=interval.end)

        def work(books: Books) -> None:
            if len(_ENTRIES.tagged(books, address.casefold())) < MOST_ENTRIES:
                _ENTRIES.put(books, id, entry, tag=address.casefold())

        await self._state.write(work)

    async def remove(self, id: str) -> str:
        """Not busy then after all; whose it was. Raise NotFound."""

        def work(books: Books) -> str:
            entry = _ENTRIES.get(books, id)
            if entry is None:
                raise NotFound
            _ENTRIES.drop(books, id)
            return entry.address

        return await self._state.write(work)

    async def share(self, address: str, *, shared: bool) -> None:
        diary = Diary(address=address, shared=shared)
        await self._state.write(lambda books: _DIARIES.put(books, address.casefold(), diary))


def busy_in(books: Books, address: str) -> list[Interval]:
    """When its owner is busy by their own entries. Raise ProviderRefused("unshared")."""
    if not _shared(books, address):
        raise ProviderRefused("unshared", "the calendar is not there, or does not show us when its owner is busy")
    entries = _ENTRIES.tagged(books, address.casefold())
    return [Interval(start=entry.starts_at, end=entry.ends_at) for entry in entries]


def _shared(books: Books, address: str) -> bool:
    diary = _DIARIES.get(books, address.casefold())
    return diary is None or diary.shared
