"""The roll of listed doctors: the little of each by which a search narrows, ranks and counts.

It changes when a doctor is approved or edits a profile, and is read again only then: whoever keeps one keeps with it what
was asked of it before. Ratings, which change more often, are kept in the same way beside it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache

from scheduling_core.doctor import Rating
from scheduling_core.ids import DoctorId

_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One listed doctor. `name` is folded for sorting, `text` is what `rank` looks through: name and
    specialization, and beside them `other_names`."""

    id: DoctorId
    name: str
    specialization: str
    fee: int
    languages: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    count: int


class Chosen:
    """Some of the roll, by id, and what can be said of them as a whole."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries

    @cached_property
    def by_id(self) -> Mapping[DoctorId, Entry]:
        return {each.id: each for each in self.entries}

    @cached_property
    def texts(self) -> Mapping[DoctorId, str]:
        """What a search looks through."""
        return {each.id: each.text for each in self.entries}

    @cached_property
    def specializations(self) -> list[Facet]:
        """By name, each with how many there are."""
        return _facets(each.specialization for each in self.entries)

    @cached_property
    def languages(self) -> list[Facet]:
        """By name, each with how many speak it."""
        return _facets(language for each in self.entries for language in {*each.languages})

    @cached_property
    def dearest(self) -> int:
        """The highest fee that one of them asks, in minor units; 0 where there is nobody."""
        return max((each.fee for each in self.entries), default=0)

    def of(self, ids: Iterable[DoctorId]) -> "Chosen":
        """Those of these ids, in the order of the roll."""
        wanted = {*ids}
        found = [each for each in self.entries if each.id in wanted]
        return self if len(found) == len(self.entries) else Chosen(found)

    def without(self, ids: AbstractSet[DoctorId]) -> "Chosen":
        """All but those of these ids, in the order of the roll."""
        return self if ids.isdisjoint(self.by_id) else Chosen([each for each in self.entries if each.id not in ids])


class Roll:
    """Everybody who is listed, in the order of their ids."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.everybody = Chosen(entries)
        self.narrowed = lru_cache(maxsize=_REMEMBERED)(self._narrowed)

    def _narrowed(self, specialization: str | None, max_fee: int | None, language: str | None) -> Chosen:
        """Those who fit; None asks for nothing."""
        if specialization is None and max_fee is None and language is None:
            return self.everybody
        return Chosen(
            [
                each
                for each in self.everybody.entries
                if (specialization is None or each.specialization == specialization)
                and (max_fee is None or each.fee <= max_fee)
                and (language is None or language in each.languages)
            ]
        )


class Ratings:
    """Of all doctors whom somebody has rated, be they listed or not."""

    def __init__(self, of: Mapping[DoctorId, Rating]) -> None:
        self.of = of
        self.well_rated = lru_cache(maxsize=_REMEMBERED)(self._well_rated)

    def _well_rated(self, chosen: Chosen, least: float) -> Chosen:
        """Those of whom people see that average or a better one; nobody who was never rated."""
        return chosen.of(id for id in chosen.by_id if id in self.of and _average(self.of[id]) >= least)


def _average(rating: Rating) -> float:
    return -1.0 if rating.average is None else rating.average


def _facets(names: Iterable[str]) -> list[Facet]:
    return [Facet(name, count) for name, count in sorted(Counter(names).items())]
