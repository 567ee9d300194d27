"""How a search is answered: the page that most ask for, who is free first, is encoded once for each state of what it shows.

Nothing is answered from memory unless the database has said, after the request came, that all that the page follows from is as it
was, and no time has passed that changes it. See docs/decisions/0025-answers-by-version.md.
"""

from dataclasses import dataclass
from datetime import datetime
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
        mark = await self._use.find_doctors.mark(wanted.specialization, limit=limit)
        kept: KeptAnswer[PageTag] | None = self._kept.get(key)
        if kept is not None and kept.tag.mark == mark and kept.tag.until is not None:
            if kept.tag.since <= self._clock.now() < kept.tag.until:
                return kept
            self._kept.drop(key)
        answer = await self._made(wanted, None, None, None, limit, mark)
        # The same before the page was found and after: a mark that came in between, and went again, may be of another page.
        if answer.tag.until is not None and mark == await self._use.find_doctors.mark(
            wanted.specialization, limit=limit
        ):
            self._kept.put(key, answer)
        return answer

    async def _made(
        self,
        wanted: DoctorFilter,
        before: datetime | None,
        sort: Sort | None,
        after: str | None,
        limit: int,
        mark: str = "",
    ) -> KeptAnswer[PageTag]:
        now = self._clock.now()
        found = await self._use.find_doctors(wanted, available_before=before, sort=sort, after=after, limit=limit)
        met = ((each.listed.doctor.id, each.listed.doctor.name) for each in found.items)
        return KeptAnswer(PageTag(mark, now, found.steady_until, tuple(met)), _encode(DoctorPage.of(found)))
