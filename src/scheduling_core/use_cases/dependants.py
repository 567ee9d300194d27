"""Those for whom patients book: children, parents, whoever cannot or does not book alone."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from scheduling_core.access import Actor
from scheduling_core.appointment import Status
from scheduling_core.errors import DependantHasVisits, DependantLimit, InvalidInput
from scheduling_core.ids import PatientId, PersonId
from scheduling_core.instants import Interval
from scheduling_core.patient import Dependant, Relation
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.fields import sound_line
from scheduling_core.use_cases.waiting import close_waits
from scheduling_core.waitlist import WaitState

MOST_DEPENDANTS = 20
OLDEST = date(1900, 1, 1)
_FURTHEST_AHEAD = timedelta(days=3 * 366)
"""Further ahead than any horizon reaches."""
_TO_COME = frozenset({Status.PENDING, Status.BOOKED, Status.ARRIVED})


async def lock_person_seen(unit: Unit, patient_id: PatientId, dependant_id: PersonId | None) -> PersonId:
    """Whom a patient books for, locked: themself, or the dependant they name. Raise NotFound for anybody else's.

    The patient is locked first in any case: what one patient may hold is counted over all for whom they book.
    """
    await unit.patients.lock_person(PersonId(patient_id))
    if dependant_id is None:
        return PersonId(patient_id)
    await unit.patients.lock_person(dependant_id)
    # After the lock, which whoever removes the dependant holds as well.
    await unit.dependants.get(patient_id, dependant_id)
    return dependant_id


async def booked_for_still(unit: Unit, patient_id: PatientId, person_id: PersonId) -> bool:
    """Whether the patient can book for this person, themself or a dependant who was not removed meanwhile. The caller holds
    the person's lock, so that it stays so."""
    if person_id == patient_id:
        return True
    return any(dependant.id == person_id for dependant in await unit.dependants.list(patient_id))


def sound_birth_date(day: date, *, now: datetime) -> date:
    """A day that has come somewhere on earth, and within living memory."""
    if not OLDEST <= day <= (now + timedelta(hours=14)).date():
        raise InvalidInput("birth_date", "Give a date of birth from 1900 until today.")
    return day


@dataclass(frozen=True, slots=True)
class ListDependants:
    """Those for whom the signed-in patient can book, the first one added first."""

    storage: Storage

    async def __call__(self, actor: Actor) -> list[Dependant]:
        patient_id = actor.as_patient()
        async with self.storage.reading() as unit:
            return await unit.dependants.list(patient_id)


@dataclass(frozen=True, slots=True)
class AddDependant:
    """Somebody for whom the signed-in patient books from now on. Raise DependantLimit at the twentieth."""

    storage: Storage
    chance: Chance

    async def __call__(
        self, actor: Actor, request: RequestKey | None = None, *, name: str, birth_date: date, relation: Relation
    ) -> Dependant:
        patient_id = actor.as_patient()
        line = sound_line("name", name)
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, Dependant)):
                return done
            await unit.patients.lock_person(PersonId(patient_id))
            (await unit.patients.get(patient_id)).here()
            now = await unit.now()
            if len(await unit.dependants.list(patient_id)) >= MOST_DEPENDANTS:
                raise DependantLimit
            dependant = Dependant(
                id=PersonId(self.chance.new_id()),
                patient_id=patient_id,
                name=line,
                birth_date=sound_birth_date(birth_date, now=now),
                relation=relation,
                created_at=now,
            )
            await unit.dependants.add(dependant)
            if request:
                await unit.requests.remember(request, dependant)
        return dependant


@dataclass(frozen=True, slots=True)
class ChangeDependant:
    """Change what is given; None leaves as it is. Visits, past ones too, show the name as it is now."""

    storage: Storage

    @decide_again
    async def __call__(
        self,
        actor: Actor,
        dependant_id: PersonId,
        *,
        name: str | None = None,
        birth_date: date | None = None,
        relation: Relation | None = None,
    ) -> Dependant:
        patient_id = actor.as_patient()
        line = None if name is None else sound_line("name", name)
        async with self.storage.writing() as unit:
            dependant = await unit.dependants.get(patient_id, dependant_id)
            born = None if birth_date is None else sound_birth_date(birth_date, now=await unit.now())
            changed = replace(
                dependant,
                name=line or dependant.name,
                birth_date=born or dependant.birth_date,
                relation=relation or dependant.relation,
            )
            return await unit.dependants.save(changed)


@dataclass(frozen=True, slots=True)
class RemoveDependant:
    """Nobody can be booked for them any more, and their medical profile is forgotten. Past visits keep the name.

    Raise DependantHasVisits while a visit or a live hold lies ahead.
    """

    storage: Storage

    @decide_again
    async def __call__(self, actor: Actor, dependant_id: PersonId) -> None:
        patient_id = actor.as_patient()
        async with self.storage.writing() as unit:
            await lock_person_seen(unit, patient_id, dependant_id)
            dependant = await unit.dependants.get(patient_id, dependant_id)
            now = await unit.now()
            ahead = await unit.appointments.occupying_person(
                dependant_id, Interval(start=now, end=now + _FURTHEST_AHEAD)
            )
            if any(visit.status in _TO_COME and not visit.hold_lapsed(now) for visit in ahead):
                raise DependantHasVisits
            await unit.dependants.save(replace(dependant, removed_at=now))
            await unit.medical.remove(dependant_id)
            await close_waits(unit, patient_id, WaitState.LEFT, now, person_id=dependant_id)
