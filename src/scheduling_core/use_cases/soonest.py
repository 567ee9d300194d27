"""Who of many doctors is free first, without reckoning it for all of them.

Doctors are looked at in the order of what nothing is free before. Whoever is found free sooner than that of everybody not
looked at yet has their place for certain, so a page costs about as much as there is on it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from scheduling_core.ids import DoctorId
from scheduling_core.instants import EPOCH
from scheduling_core.outlook import Prospect
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Clock
from scheduling_core.roll import Chosen
from scheduling_core.terms import Terms
from scheduling_core.use_cases.offers import outlooks
from scheduling_core.use_cases.ordering import Place, Sort, Standing, place_of

_AT_MOST = 2_000
FEW = 40
_SPARE = 4


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

    async def times(self, ids: Collection[DoctorId]) -> dict[DoctorId, datetime | None]:
        """When each of these is free next."""
        return await self._times(await self.unit.directory.prospects(now=self.now, among=ids)) if ids else {}

    async def page(
        self, chosen: Chosen, specialization: str | None, *, behind: Place | None, size: int
    ) -> list[tuple[Place, datetime | None]]:
        """The first `size` places behind that one, of those chosen."""
        found: list[tuple[Place, datetime | None]] = []
        walk = _Walk(self, chosen, specialization, step=size + self.spare)
        while not walk.over and not (walk.last and sum(place <= _edge(*walk.last) for place, _ in found) >= size):
            for id, free_at in (await self._times(await walk.on())).items():
                place = place_of(Standing(chosen.by_id[id], free_at), Sort.NEXT_FREE)
                if behind is None or place > behind:
                    found.append((place, free_at))
        return sorted(found)[:size]

    async def before(self, chosen: Chosen, specialization: str | None, limit: datetime) -> dict[DoctorId, datetime]:
        """Everybody of those chosen who is free before that instant, and when."""
        found: dict[DoctorId, datetime] = {}
        walk = _Walk(self, chosen, specialization, step=_AT_MOST)
        while not walk.over and not (walk.last and walk.last[0] >= limit):
            times = await self._times([each for each in await walk.on() if each.not_before < limit])
            found |= {id: free_at for id, free_at in times.items() if free_at is not None and free_at < limit}
        return found

    async def _times(self, prospects: Sequence[Prospect]) -> dict[DoctorId, datetime | None]:
        known = {each.doctor_id: each.outlook for each in prospects if each.outlook is not None}
        unknown = [each.doctor_id for each in prospects if each.outlook is None]
        if unknown:
            known |= await outlooks(self.unit, await self.unit.directory.listed(unknown), self.terms, self.now)
        self.until = min((self.until, *(each.steady_until(self.now) for each in known.values())))
        return {id: found.free_at(self.now) for id, found in known.items()}


class _Walk:
    """Through those chosen, in the order of what nothing is free before, in steps that grow."""

    def __init__(self, soonest: Soonest, chosen: Chosen, specialization: str | None, *, step: int) -> None:
        self._soonest, self._chosen, self._specialization, self._step = soonest, chosen, specialization, step
        self.last: tuple[datetime, DoctorId] | None = None
        """Everybody up to here was looked at."""
        self.over = not chosen.entries

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
