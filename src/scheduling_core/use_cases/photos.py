"""A person's picture: where to send it, making it theirs, taking it away, and letting go of those before it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduling_core.access import Actor, Role
from scheduling_core.errors import Forbidden, NotFound, Unauthenticated
from scheduling_core.ids import DoctorId, PatientId, TaskId
from scheduling_core.ports.photos import Photos, Upload
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance
from scheduling_core.tasks import Recipient, Task, tidy_photos
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.people import Me, read_me

SETTLED = timedelta(minutes=1)
"""A picture taken this long ago is somebody's by now, or never will be: no request lasts longer."""


def _owner(actor: Actor) -> Recipient:
    if actor.role is Role.ANONYMOUS:
        raise Unauthenticated
    if actor.role not in (Role.PATIENT, Role.DOCTOR) or actor.id is None:
        raise Forbidden
    return Recipient(actor.role, actor.id)


async def _picture(unit: Unit, owner: Recipient) -> str | None:
    """The address of the one that they have now; None for somebody who is gone, too."""
    try:
        if owner.role is Role.DOCTOR:
            return (await unit.doctors.get(DoctorId(owner.id))).photo_url
        return (await unit.patients.get(PatientId(owner.id))).photo_url
    except NotFound:
        return None


async def _show(unit: Unit, chance: Chance, owner: Recipient, url: str | None) -> None:
    """Give a person another picture, or none; those before it are let go of later."""
    if owner.role is Role.DOCTOR:
        doctor = await unit.doctors.get(DoctorId(owner.id))
        await unit.doctors.save(replace(doctor, photo_url=url))
    else:
        patient = await unit.patients.get(PatientId(owner.id))
        await unit.patients.save(replace(patient, photo_url=url))
    await let_go_of_photos(unit, chance, owner, at=await unit.now())


async def let_go_of_photos(unit: Unit, chance: Chance, owner: Recipient, *, at: datetime) -> None:
    """Have every picture but the one that they have now removed, once no request can be at work on one any more."""
    await unit.tasks.wake(tidy_photos(TaskId(chance.new_id()), owner, due_at=at + SETTLED, at=at))


@dataclass(frozen=True, slots=True)
class InvitePhoto:
    """Where the signed-in patient or doctor may send a picture."""

    photos: Photos
    chance: Chance

    async def __call__(self, actor: Actor) -> Upload:
        _owner(actor)
        return await self.photos.invite(self.chance.new_secret())


@dataclass(frozen=True, slots=True)
class SetPhoto:
    """Make what was sent the picture of the signed-in patient or doctor. Raise what `Photos.take` raises."""

    storage: Storage
    photos: Photos
    chance: Chance

    async def __call__(self, actor: Actor, upload_id: str) -> Me:
        owner = _owner(actor)
        url = await self.photos.take(upload_id, owner.id)
        return await self._store(actor, owner, url)

    @decide_again
    async def _store(self, actor: Actor, owner: Recipient, url: str) -> Me:
        async with self.storage.writing() as unit:
            await _show(unit, self.chance, owner, url)
            return await read_me(unit, actor)


@dataclass(frozen=True, slots=True)
class RemovePhoto:
    """Show no picture of the signed-in patient or doctor any more."""

    storage: Storage
    chance: Chance

    @decide_again
    async def __call__(self, actor: Actor) -> None:
        owner = _owner(actor)
        async with self.storage.writing() as unit:
            await _show(unit, self.chance, owner, None)


@dataclass(frozen=True, slots=True)
class TidyPhotos:
    """Have the keeper of pictures let go of all but the one that a person has now; when to look again, None when done."""

    storage: Storage
    photos: Photos

    async def __call__(self, task: Task) -> datetime | None:
        if task.recipient is None:
            raise ValueError("nobody's photos")
        async with self.storage.reading() as unit:
            now, url = await unit.now(), await _picture(unit, task.recipient)
        done = await self.photos.keep_only(task.recipient.id, url, before=now - SETTLED)
        return None if done else now + SETTLED
