"""How a search is answered: the page that most ask for, who is free first, is encoded once for each state of what it shows.

Nothing is answered from memory unless the database has said, after the request came, that all that the page follows from is as it
was, and no time has passed that changes it. Who comes while that very page is being made waits for it, on the same terms. See
docs/decisions/0025-answers-by-version.md.
"""

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

import msgspec

from adapters.http.introductions import Introductions
from adapters.http.kept_answers import KeptAnswer, KeptAnswers
from adapters.http.views.doctors import DoctorPage
from adapters.http.wiring import UseCases
from scheduling_core.ports.directory import DoctorFilter
from scheduling_core.ports.system import Clock
from scheduling_core.use_cases.directory import Sort

_encode = msgspec.json.Encoder().encode
_WAITS = 2
"""How often a request waits for a page that another makes, before it has one made of its own."""
_Page: TypeAlias = tuple[Hashable, str]
"""What is asked for, and the mark under which it is made."""


@dataclass(frozen=True, slots=True)
class PageTag:
    """True while the mark stays, between two instants; no page of which nobody can tell is kept. And who is on it."""

    mark: str
    since: datetime
    until: datetime | None
    names: tuple[tuple[UUID, str], ...]


class SearchAnswers:
    """What is answered about doctors who are looked for, over one memory. Whoever is answered with is met."""

    def __init__(self, use: UseCases, clock: Clock, kept: KeptAnswers, introductions: Introductions) -> None:
        self._use, self._clock, self._kept, self._introductions = use, clock, kept, introductions
        self._making: dict[_Page, asyncio.Future[KeptAnswer[PageTag] | None]] = {}

    async def __call__(
        self, wanted: DoctorFilter, *, before: datetime | None, sort: Sort | None, after: str | None, limit: int
    ) -> KeptAnswer[PageTag]:
        """Raise what `FindDoctors` raises."""
        usual = wanted == DoctorFilter(specialization=wanted.specialization)
        if usual and before is None and after is None and sort in {None, Sort.NEXT_FREE}:
            answer = await self._first_page(wanted, limit)
        else:
            answer = await self._made(wanted, before, sort, after, limit)
        for id, name in answer.tag.names:
            self._introductions.meet(id, name)
        return answer

    async def _first_page(self, wanted: DoctorFilter, limit: int) -> KeptAnswer[PageTag]:
        key = ("first page", wanted.specialization, limit)
        for _ in range(_WAITS):
            mark = await self._mark(wanted, limit)
            kept: KeptAnswer[PageTag] | None = self._kept.get(key)
            if kept is not None and kept.tag.mark == mark:
                if self._is_true_now(kept):
                    return kept
                self._kept.drop(key)
            under_way = self._making.get((key, mark))
            if under_way is None:
                return await self._make((key, mark), wanted, limit)
            # The mark was read after this request came, and nobody is given a page that was found with another.
            # Shielded: whoever gives up leaves it to the others.
            made = await asyncio.shield(under_way)
            if made is not None and self._is_true_now(made):
                return made
        return await self._made(wanted, None, None, None, limit)

    def _is_true_now(self, answer: KeptAnswer[PageTag]) -> bool:
        return answer.tag.until is not None and answer.tag.since <= self._clock.now() < answer.tag.until

    async def _make(self, page: _Page, wanted: DoctorFilter, limit: int) -> KeptAnswer[PageTag]:
        """The page, kept under the mark that it was found with, and given to all who wait for it under that one."""
        key, mark = page
        waited_for = self._making[page] = asyncio.get_running_loop().create_future()
        shared: KeptAnswer[PageTag] | None = None
        try:
            answer = await self._made(wanted, None, None, None, limit)
            if answer.tag.until is not None:
                self._kept.put(key, answer)
                shared = answer if answer.tag.mark == mark else None
            return answer
        finally:
            del self._making[page]
            waited_for.set_result(shared)

    async def _mark(self, wanted: DoctorFilter, limit: int) -> str:
        return await self._use.find_doctors.mark(wanted.specialization, limit=limit)

    async def _made(
        self,
        wanted: DoctorFilter,
        before: datetime | None,
        sort: Sort | None,
        after: str | None,
        limit: int,
    ) -> KeptAnswer[PageTag]:
        now = self._clock.now()
        found = await self._use.find_doctors(wanted, available_before=before, sort=sort, after=after, limit=limit)
        met = ((each.listed.doctor.id, each.listed.doctor.name) for each in found.items)
        return KeptAnswer(PageTag(found.mark, now, found.steady_until, tuple(met)), _encode(DoctorPage.of(found)))
