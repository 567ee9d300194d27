"""A person's own data: taking it along, having it erased, and keeping nothing longer than it is needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduling_core.access import SYSTEM, Actor, Role
from scheduling_core.audit import Act, Deed, Subject
from scheduling_core.errors import CannotErase, Forbidden, InvalidInput
from scheduling_core.ids import DoctorId, PatientId, PersonId
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance
from scheduling_core.privacy import NO_EMAIL, Erasure, Kept, Records
from scheduling_core.tasks import Recipient
from scheduling_core.use_cases.people import read_me
from scheduling_core.use_cases.photos import let_go_of_photos

AT_ONCE = 200
"""How many rows are forgotten in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """All that is held about one person at one moment."""

    about: Actor
    made_at: datetime
    records: Records


@dataclass(frozen=True, slots=True)
class ExportMyData:
    """Everything about the patient or doctor who asks, in one reading. History knows that it was asked for."""

    storage: Storage

    async def __call__(self, actor: Actor) -> Export:
        who = _owner(actor)
        async with self.storage.writing() as unit:
            await read_me(unit, who)
            now = await unit.now()
            await unit.history.record(_act(Deed.EXPORT_DATA, who, who, now))
        async with self.storage.reading() as unit:
            return Export(about=who, made_at=now, records=await unit.privacy.everything(who))


@dataclass(frozen=True, slots=True)
class EraseMyData:
    """Forget the patient or doctor who asks, for good: they confirm by typing their e-mail address.

    Visits, money and history stay, with nobody's name on them. Raise CannotErase while a visit is held or ahead, or money
    is not settled; InvalidInput for another address; NotFound for somebody who is erased already.
    """

    storage: Storage
    chance: Chance

    async def __call__(self, actor: Actor, confirmation: str) -> None:
        who = _owner(actor)
        async with self.storage.writing() as unit:
            await _lock(unit, who)
            me = await read_me(unit, who)
            if me.email == NO_EMAIL or confirmation.strip().lower() != me.email.lower():
                raise InvalidInput("confirmation", "Type the e-mail address of your account.")
            now = await unit.now()
            if needed := await unit.privacy.needed_for(who, now=now):
                raise CannotErase(needed)
            await unit.privacy.erase(who, at=now)
            await let_go_of_photos(unit, self.chance, Recipient(who.role, who.known()), at=now)
            await unit.history.record(_act(Deed.ERASE_DATA, who, who, now))


@dataclass(frozen=True, slots=True)
class ListErasures:
    """Who was erased. For the command line, so it takes no actor."""

    storage: Storage

    async def __call__(self) -> list[Erasure]:
        async with self.storage.reading() as unit:
            return await unit.privacy.erasures()


@dataclass(frozen=True, slots=True)
class ReplayErasures:
    """Erase again whoever was erased, here or in the notes of another copy: after a backup was restored, for example.

    For the command line, so it takes no actor. Answers how many there are.
    """

    storage: Storage
    chance: Chance

    async def __call__(self, noted: Iterable[Erasure] = ()) -> int:
        async with self.storage.reading() as unit:
            known = await unit.privacy.erasures()
        erasures = {erasure.actor: erasure for erasure in (*noted, *known)}
        for erasure in erasures.values():
            async with self.storage.writing() as unit:
                await unit.privacy.erase(erasure.actor, at=erasure.at)
                owner = Recipient(erasure.actor.role, erasure.actor.known())
                await let_go_of_photos(unit, self.chance, owner, at=await unit.now())
                if erasure not in known:
                    now = await unit.now()
                    await unit.history.record(_act(Deed.ERASE_DATA, SYSTEM, erasure.actor, now))
        return len(erasures)


@dataclass(frozen=True, slots=True)
class ForgetInTime:
    """Remove a small batch of each kind that was kept for long enough; answers how much there was."""

    storage: Storage
    retention: Mapping[Kept, timedelta]

    async def __call__(self, *, limit: int = AT_ONCE) -> int:
        forgotten = 0
        for kept, time in self.retention.items():
            async with self.storage.writing() as unit:
                before = await unit.now() - time
                forgotten += await unit.privacy.forget(kept, before=before, limit=limit)
        return forgotten


def _owner(actor: Actor) -> Actor:
    if actor.role not in (Role.ANONYMOUS, Role.PATIENT, Role.DOCTOR):
        raise Forbidden
    actor.known()
    return actor


def _act(deed: Deed, actor: Actor, about: Actor, at: datetime) -> Act:
    subject = Subject.DOCTOR if about.role is Role.DOCTOR else Subject.PERSON
    return Act(deed=deed, actor=actor, subject=subject, subject_id=about.known(), at=at)


async def _lock(unit: Unit, who: Actor) -> None:
    """Nobody claims their time meanwhile."""
    if who.role is Role.DOCTOR:
        await unit.schedules.lock(DoctorId(who.known()))
        return
    patient_id = PatientId(who.known())
    # The patient first, as whoever books for others does.
    for person_id in (PersonId(patient_id), *sorted(each.id for each in await unit.dependants.list(patient_id))):
        await unit.patients.lock_person(person_id)
