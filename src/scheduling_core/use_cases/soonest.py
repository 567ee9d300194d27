"""Who of many doctors is free first, without reckoning it for all of them.

Doctors are looked at in the order of what nothing is free before. Whoever is found free sooner than that of everybody not
looked at yet has their place for certain, so a page costs about as much as there is on it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from scheduling_core.ids import DoctorId
from scheduling_core.instants import EPOCH
from scheduling_core.outlook import Outlook, Prospect
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Clock
from scheduling_core.roll import Chosen
from scheduling_core.terms import Terms
from scheduling_core.use_cases.offers import outlooks
from scheduling_core.use_cases.ordering import Place, Sort, Standing, place_of

_AT_MOST = 2_000
FEW = 40
_SPARE = 19
"""A page of the usual size then looks at as many as are looked at together where they are few, and those who hold the first of
them for a quarter of an hour do not send every search further."""


def foremost(limit: int) -> int:
    """How many of those whom nothing is free before are known to be looked at, at most, before a first page of so many is
    called steady."""
    return max(FEW, limit + 1 + _SPARE)


@dataclass(slots=True, kw_only=True)
class Soonest:
    """Looks at listed doctors as the unit sees them at `now`; at all at once where they are `few`. At first at some to `spare`:
    who was booked meanwhile stands further back than it seems."""

    unit: Unit
    terms: Terms
    now: datetime
    few: int = FEW
    spare: int = _SPARE
    until: datetime = field(default=datetime.max.replace(tzinfo=UTC), init=False)
    """Time alone changes nothing before then of what was found."""
    steps: int = field(default=0, init=False)
    """How often it had to look further."""
    _reckoned: dict[DoctorId, Outlook] = field(default_factory=dict, init=False)

    async def times(self, ids: Collection[DoctorId]) -> dict[DoctorId, datetime | None]:
        """When each of these is free next."""
        return await self._times(await self.unit.directory.prospects(now=self.now, among=ids)) if ids else {}

    async def page(
        self, chosen: Chosen, specialization: str | None, *, behind: Place | None, size: int
    ) -> list[tuple[Place, datetime | None]]:
        """The first `size` places behind that one, of those chosen."""
        found: list[tuple[Place, datetime | None]] = []
        walk = _Walk(self, chosen, specialization, step=size + self.spare)
        while not (walk.over or walk.has_passed(found, size)):
            for id, free_at in (await self._times(await walk.on())).items():
                place = place_of(Standing(chosen.by_id[id], free_at), Sort.NEXT_FREE)
                if behind is None or place > behind:
                    found.append((place, free_at))
        return sorted(found)[:size]

    async def before(self, chosen: Chosen, specialization: str | None, limit: datetime) -> Chosen:
        """Everybody of those chosen who is free before that instant."""
        if len(chosen.entries) <= self.few:
            return chosen.of(_free_before(await self.times(chosen.by_id.keys()), limit))
        directory = self.unit.directory
        later = await directory.free_later(since=limit, specialization=specialization)
        doubtful = await directory.doubtful(now=self.now, before=limit, specialization=specialization)
        times = await self._times([each for each in doubtful if each.doctor_id in chosen.by_id])
        return chosen.without({*later, *(times.keys() - _free_before(times, limit))})

    async def _times(self, prospects: Sequence[Prospect]) -> dict[DoctorId, datetime | None]:
        known = {each.doctor_id: each.outlook or self._reckoned.get(each.doctor_id) for each in prospects}
        unknown = [id for id, found in known.items() if found is None]
        if unknown:
            listed = await self.unit.directory.listed(unknown)
            self._reckoned |= await outlooks(self.unit, listed, self.terms, self.now)
        relied_upon = {id: found or self._reckoned[id] for id, found in known.items() if found or id in self._reckoned}
        self.until = min((self.until, *(each.steady_until(self.now) for each in relied_upon.values())))
        return {id: found.free_at(self.now) for id, found in relied_upon.items()}


class _Walk:
    """Through those chosen, in the order of what nothing is free before, in steps that grow."""

    def __init__(self, soonest: Soonest, chosen: Chosen, specialization: str | None, *, step: int) -> None:
        self._soonest, self._chosen, self._specialization, self._step = soonest, chosen, specialization, step
        self.last: tuple[datetime, DoctorId] | None = None
        """Everybody up to here was looked at."""
        self.over = not chosen.entries

    def has_passed(self, found: Sequence[tuple[Place, datetime | None]], size: int) -> bool:
        """Whether so many of those found have their place for certain."""
        if self.last is None:
            return False
        edge = _edge(*self.last)
        return sum(place <= edge for place, _ in found) >= size

    async def on(self) -> list[Prospect]:
        """The next ones."""
        directory, now = self._soonest.unit.directory, self._soonest.now
        self._soonest.steps += 1
        if len(self._chosen.entries) <= self._soonest.few:
            self.over = True
            return await directory.prospects(now=now, among=self._chosen.by_id.keys())
        found = await directory.prospects(
            now=now, specialization=self._specialization, after=self.last, limit=self._step
        )
        self.over = len(found) < self._step
        self.last = (found[-1].not_before, found[-1].doctor_id) if found else self.last
        self._step = min(self._step * 2, _AT_MOST)
        return [each for each in found if each.doctor_id in self._chosen.by_id]


def _free_before(times: Mapping[DoctorId, datetime | None], limit: datetime) -> set[DoctorId]:
    return {id for id, free_at in times.items() if free_at is not None and free_at < limit}


def _edge(not_before: datetime, id: DoctorId) -> Place:
    return Place(0, (not_before - EPOCH) // timedelta(microseconds=1), "", id)


@dataclass(frozen=True, slots=True)
class KeepOutlooks:
    """Reckon anew when doctors are free of whom it is not known any more; answers of how many where there may be more of them,
    else 0. Nothing depends on it but how long searches take."""

    storage: Storage
    clock: Clock
    terms: Terms

    async def __call__(self, *, limit: int = 500) -> int:
        now = self.clock.now()
        async with self.storage.reading() as unit:
            lagging = {each.doctor_id: each for each in await unit.directory.lagging(now=now, limit=limit)}
            listed = await unit.directory.listed(lagging)
            reckoned = await outlooks(unit, listed, self.terms, now)
        if reckoned:
            async with self.storage.writing() as unit:
                await unit.directory.keep([(lagging[id], found) for id, found in reckoned.items()])
        return len(lagging) if len(lagging) == limit else 0
