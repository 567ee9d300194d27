"""Finding a doctor and a time: open to everybody, signed in or not."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import nsmallest
from operator import itemgetter
from uuid import UUID

from scheduling_core.doctor import Doctor
from scheduling_core.feedback import Feedback
from scheduling_core.ids import DoctorId
from scheduling_core.money import Quote
from scheduling_core.ports.directory import DoctorFilter, Facet, ListedDoctor
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Clock
from scheduling_core.search import rank, searchable
from scheduling_core.terms import Terms
from scheduling_core.use_cases.fields import sound_limit, sound_words
from scheduling_core.use_cases.offers import free_times
from scheduling_core.use_cases.ordering import Sort, place_of, read_cursor, write_cursor

__all__ = [
    "FindDoctors",
    "Found",
    "FoundDoctor",
    "ListSpecializations",
    "ReadDoctor",
    "ReadFeedback",
    "Sort",
    "SuggestDoctors",
    "Suggestions",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDoctor:
    """A listed doctor with what a visit costs and when the next one could be; None if never within the horizon."""

    listed: ListedDoctor
    quote: Quote
    next_free_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page. Counts and facets are of the whole match, not of the page."""

    items: list[FoundDoctor]
    next_cursor: str | None
    total_count: int
    specializations: list[Facet]
    languages: list[Facet]


@dataclass(frozen=True, slots=True)
class FindDoctors:
    """Listed doctors that fit, a page at a time: by relevance where words are searched for, else by who is free soonest,
    unless said otherwise. A cursor stays good while doctors come, go and get booked."""

    storage: Storage
    clock: Clock
    terms: Terms

    async def __call__(
        self,
        wanted: DoctorFilter,
        *,
        available_before: datetime | None = None,
        sort: Sort | None = None,
        after: str | None = None,
        limit: int = 20,
    ) -> Found:
        wanted = _sound_filter(wanted)
        sound_limit(limit)
        sort = sort or (Sort.RELEVANCE if wanted.text else Sort.NEXT_FREE)
        last_seen = None if after is None else read_cursor(after, sort)
        now = self.clock.now()
        async with self.storage.reading() as unit:
            match = await _search(unit, wanted) if wanted.text else None
            listed = await unit.directory.matching(wanted, among=match)
            # Reckoned for everybody only where everybody's place depends on it.
            for_all = sort is Sort.NEXT_FREE or available_before is not None
            free = await free_times(unit, listed if for_all else [], self.terms, now)
            if available_before is not None:
                listed = [each for each in listed if _is_before(free[each.doctor.id], available_before)]
            placed = sorted(
                (
                    (place_of(each, free.get(each.doctor.id), sort, match=match[each.doctor.id] if match else 0), each)
                    for each in listed
                ),
                key=itemgetter(0),
            )
            rest = [(place, each) for place, each in placed if last_seen is None or place > last_seen]
            page = rest[:limit]
            free |= await free_times(unit, [] if for_all else [each for _, each in page], self.terms, now)
        return Found(
            items=[_found(each, free[each.doctor.id], self.terms) for _, each in page],
            next_cursor=write_cursor(page[-1][0], sort) if len(rest) > limit else None,
            total_count=len(listed),
            specializations=_facets(each.doctor.specialization for each in listed),
            languages=_facets(language for each in listed for language in each.doctor.languages),
        )


@dataclass(frozen=True, slots=True)
class ReadDoctor:
    """One listed doctor. Raise NotFound for any other."""

    storage: Storage
    clock: Clock
    terms: Terms

    async def __call__(self, doctor_id: DoctorId) -> FoundDoctor:
        now = self.clock.now()
        async with self.storage.reading() as unit:
            listed = await unit.directory.one(doctor_id)
            free = await free_times(unit, [listed], self.terms, now)
        return _found(listed, free[doctor_id], self.terms)


@dataclass(frozen=True, slots=True)
class ListSpecializations:
    """What listed doctors are specialized in, by name."""

    storage: Storage

    async def __call__(self) -> list[Facet]:
        async with self.storage.reading() as unit:
            return await unit.directory.specializations()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What somebody who typed that may mean, the likeliest first."""

    specializations: list[Facet]
    doctors: list[Doctor]


@dataclass(frozen=True, slots=True)
class SuggestDoctors:
    """Specializations and doctors to choose from while somebody types; of nothing, the specializations with most doctors."""

    storage: Storage

    async def __call__(self, text: str, *, limit: int = 5) -> Suggestions:
        words = sound_words("q", text)
        async with self.storage.reading() as unit:
            facets = {each.name: each for each in await unit.directory.specializations()}
            fitting = rank(words, {name: searchable(name) for name in facets})
            names = sorted(fitting, key=lambda name: (fitting[name], -facets[name].count, name))[:limit]
            doctors = await self._doctors(unit, words, limit) if words else []
        return Suggestions(specializations=[facets[name] for name in names], doctors=doctors)

    async def _doctors(self, unit: Unit, words: str, limit: int) -> list[Doctor]:
        texts = await unit.directory.texts(DoctorFilter())
        fitting = rank(words, texts)
        best = nsmallest(limit, fitting, key=lambda id: (fitting[id], texts[id], id))
        found = {each.doctor.id: each.doctor for each in await unit.directory.matching(DoctorFilter(), among=best)}
        return [found[id] for id in best]


@dataclass(frozen=True, slots=True)
class ReadFeedback:
    """What patients said of a listed doctor, newest first; `after` is the (given_at, appointment id) seen last."""

    storage: Storage

    async def __call__(
        self, doctor_id: DoctorId, *, after: tuple[datetime, UUID] | None = None, limit: int = 20
    ) -> list[Feedback]:
        sound_limit(limit)
        async with self.storage.reading() as unit:
            await unit.directory.one(doctor_id)
            return await unit.feedback.of_doctor(doctor_id, after=after, limit=limit)


def _sound_filter(wanted: DoctorFilter) -> DoctorFilter:
    return replace(
        wanted,
        text=sound_words("q", wanted.text),
        specialization=wanted.specialization and sound_words("specialization", wanted.specialization),
        language=wanted.language and sound_words("language", wanted.language),
    )


async def _search(unit: Unit, wanted: DoctorFilter) -> dict[DoctorId, int]:
    """Who fits the words, with how badly, of those whom the other filters leave."""
    return rank(wanted.text, await unit.directory.texts(wanted))


def _is_before(free_at: datetime | None, limit: datetime) -> bool:
    return free_at is not None and free_at < limit


def _found(listed: ListedDoctor, free_at: datetime | None, terms: Terms) -> FoundDoctor:
    quote = Quote.of(listed.doctor.fee, tax_percent=terms.tax_percent)
    return FoundDoctor(listed=listed, quote=quote, next_free_at=free_at)


def _facets(names: Iterable[str]) -> list[Facet]:
    return [Facet(name, count) for name, count in sorted(Counter(names).items())]
