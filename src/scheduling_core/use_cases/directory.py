"""Finding a doctor and a time: open to everybody, signed in or not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from heapq import nsmallest
from uuid import UUID

from scheduling_core.doctor import Doctor
from scheduling_core.feedback import Feedback
from scheduling_core.ids import DoctorId
from scheduling_core.money import Money, Quote
from scheduling_core.other_names import other_names
from scheduling_core.ports.directory import DoctorFilter, ListedDoctor
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Clock
from scheduling_core.roll import Facet, Ratings
from scheduling_core.search import rank, searchable
from scheduling_core.terms import Terms
from scheduling_core.use_cases.fields import sound_limit, sound_words
from scheduling_core.use_cases.ordering import UNRATED, Sort, Standing, place_of, read_cursor, write_cursor
from scheduling_core.use_cases.soonest import Soonest, foremost

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

_NO_RATINGS = Ratings({})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDoctor:
    """A listed doctor with what a visit costs and when the next one could be; None if never within the horizon."""

    listed: ListedDoctor
    quote: Quote
    next_free_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page. Counts and facets are of the whole match, not of the page; `dearest` is of everybody listed, whoever fits."""

    items: list[FoundDoctor]
    next_cursor: str | None
    total_count: int
    specializations: list[Facet]
    languages: list[Facet]
    dearest: Money
    steady_until: datetime | None
    """The page stays as it is until then, and whenever `FindDoctors.mark` says `mark`; None for one that no mark is about."""
    mark: str = ""


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
        marked = _only_of_a_field(wanted) and sort is Sort.NEXT_FREE and available_before is None and last_seen is None
        now = self.clock.now()
        async with self.storage.reading() as unit:
            soonest = Soonest(unit=unit, terms=self.terms, now=now)
            mark = await unit.directory.foremost(wanted.specialization, limit=foremost(limit)) if marked else ""
            roll = await unit.directory.roll()
            chosen = roll.narrowed(wanted.specialization, wanted.max_fee, wanted.language)
            match = rank(wanted.text, chosen.texts) if wanted.text else {}
            rated = wanted.min_rating is not None or sort is Sort.RATING
            ratings = await unit.directory.ratings() if rated else _NO_RATINGS
            if wanted.min_rating is not None:
                chosen = ratings.well_rated(chosen, wanted.min_rating)
            if wanted.text:
                chosen = chosen.of(match)
            free: dict[DoctorId, datetime | None] = {}
            if available_before is not None:
                chosen = await soonest.before(chosen, wanted.specialization, available_before)
            if sort is Sort.NEXT_FREE:
                # One more than is shown, to know whether there is one.
                found = await soonest.page(chosen, wanted.specialization, behind=last_seen, size=limit + 1)
                free |= {place.id: free_at for place, free_at in found}
                rest = [place for place, _ in found]
            else:
                places = (
                    place_of(Standing(each, None, match.get(each.id, 0), ratings.of.get(each.id, UNRATED)), sort)
                    for each in chosen.entries
                )
                rest = nsmallest(limit + 1, (place for place in places if last_seen is None or place > last_seen))
            page = [place.id for place in rest[:limit]]
            free |= await soonest.times([id for id in page if id not in free])
            listed = {each.doctor.id: each for each in await unit.directory.listed(page)}
        return Found(
            items=[_found(listed[id], free[id], self.terms) for id in page],
            next_cursor=write_cursor(rest[limit - 1], sort) if len(rest) > limit else None,
            total_count=len(chosen.entries),
            specializations=chosen.specializations,
            languages=chosen.languages,
            dearest=Money(roll.everybody.dearest, self.terms.currency),
            steady_until=soonest.until if marked and soonest.steps < 2 else None,
            mark=mark,
        )

    async def mark(self, specialization: str | None, *, limit: int) -> str:
        """What the first page of who is free first follows from, beside the time, at a moment after the call. A page that
        was found with this mark is true as often as it is the same again: see `Found.steady_until`."""
        sound_limit(limit)
        wanted = _sound_filter(DoctorFilter(specialization=specialization))
        return await self.storage.foremost(wanted.specialization, limit=foremost(limit))


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
            free = await Soonest(unit=unit, terms=self.terms, now=now).times([doctor_id])
        return _found(listed, free[doctor_id], self.terms)


@dataclass(frozen=True, slots=True)
class ListSpecializations:
    """What listed doctors are specialized in, by name."""

    storage: Storage

    async def __call__(self) -> list[Facet]:
        async with self.storage.reading() as unit:
            return (await unit.directory.roll()).everybody.specializations


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
            everybody = (await unit.directory.roll()).everybody
            facets = {each.name: each for each in everybody.specializations}
            fitting = rank(words, {name: searchable(name) + other_names(name) for name in facets})
            names = sorted(fitting, key=lambda name: (fitting[name], -facets[name].count, name))[:limit]
            doctors = await self._doctors(unit, words, everybody.texts, limit) if words else []
        return Suggestions(specializations=[facets[name] for name in names], doctors=doctors)

    async def _doctors(self, unit: Unit, words: str, texts: Mapping[DoctorId, str], limit: int) -> list[Doctor]:
        fitting = rank(words, texts)
        best = nsmallest(limit, fitting, key=lambda id: (fitting[id], texts[id], id))
        found = {each.doctor.id: each.doctor for each in await unit.directory.listed(best)}
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


def _only_of_a_field(wanted: DoctorFilter) -> bool:
    return wanted == DoctorFilter(specialization=wanted.specialization)


def _sound_filter(wanted: DoctorFilter) -> DoctorFilter:
    return replace(
        wanted,
        text=sound_words("q", wanted.text),
        specialization=wanted.specialization and sound_words("specialization", wanted.specialization),
        language=wanted.language and sound_words("language", wanted.language),
    )


def _found(listed: ListedDoctor, free_at: datetime | None, terms: Terms) -> FoundDoctor:
    quote = _quote(listed.doctor.fee, terms.tax_percent)
    return FoundDoctor(listed=listed, quote=quote, next_free_at=free_at)


@lru_cache(maxsize=1_024)
def _quote(fee: Money, tax_percent: Decimal) -> Quote:
    """Many doctors ask for the same."""
    return Quote.of(fee, tax_percent=tax_percent)
