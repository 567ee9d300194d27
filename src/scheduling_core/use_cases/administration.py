"""What administrators do: decide on doctors, look after failed work."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from scheduling_core.access import SYSTEM, Actor, Role
from scheduling_core.audit import Act, Deed, Subject
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.ids import AdministratorId, DoctorId, TaskId
from scheduling_core.notices import Delivery
from scheduling_core.ports.accounts import Administrator, Credential
from scheduling_core.ports.providers import Providers, ProviderState
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.system import Chance, Passwords
from scheduling_core.tasks import MessageKind, Recipient, Task, TaskState
from scheduling_core.use_cases.changes import tell
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.fields import (
    sound_email,
    sound_limit,
    sound_line,
    sound_password,
    sound_text,
    sound_zone,
)
from scheduling_core.use_cases.releasing import release_all
from scheduling_core.use_cases.suspension import let_holds_go

_DEEDS = {
    DoctorStatus.APPROVED: Deed.APPROVE_DOCTOR,
    DoctorStatus.REJECTED: Deed.REJECT_DOCTOR,
    DoctorStatus.SUSPENDED: Deed.SUSPEND_DOCTOR,
}
_TOLD = {DoctorStatus.APPROVED: MessageKind.APPROVED, DoctorStatus.REJECTED: MessageKind.REJECTED}


@dataclass(frozen=True, slots=True)
class ListDoctors:
    """Doctors of one status, or of all, oldest registration first."""

    storage: Storage

    async def __call__(self, actor: Actor, status: DoctorStatus | None = None) -> list[Doctor]:
        actor.as_administrator()
        async with self.storage.reading() as unit:
            return await unit.doctors.list(status)


@dataclass(frozen=True, slots=True)
class InspectDoctor:
    """A doctor of any status, as administrators see them. Raise NotFound for no such doctor and for one who was erased."""

    storage: Storage

    async def __call__(self, actor: Actor, doctor_id: DoctorId) -> Doctor:
        actor.as_administrator()
        async with self.storage.reading() as unit:
            return (await unit.doctors.get(doctor_id)).here()


@dataclass(frozen=True, slots=True)
class DecideDoctor:
    """Approve, reject or suspend a doctor. From the commit on, availability goes by it; booked visits stay.

    Suspending lets the live holds go, so that nobody pays for them any more; approving takes a suspension back, and offers
    the doctor's time to those who wait for it.

    Raise NotFound for no such doctor and for one who was erased, IllegalTransition where the doctor's state does not allow it.
    """

    storage: Storage
    chance: Chance

    @decide_again
    async def __call__(
        self,
        actor: Actor,
        doctor_id: DoctorId,
        status: DoctorStatus,
        reason: str = "",
        *,
        request: RequestKey | None = None,
    ) -> Doctor:
        actor.as_administrator()
        why = sound_text("reason", reason, longest=500)
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, Doctor)):
                return done
            # Whoever is claiming a slot of this doctor decides before this or after it, never across it.
            now = await unit.schedules.lock(doctor_id)
            doctor = (await unit.doctors.get(doctor_id)).here()
            decided = await unit.doctors.save(doctor.become(status, reason=why))
            act = Act(
                deed=_DEEDS[status],
                actor=actor,
                subject=Subject.DOCTOR,
                subject_id=doctor_id,
                at=now,
                before=doctor.status,
                after=status,
            )
            await unit.history.record(act)
            if status is DoctorStatus.SUSPENDED:
                await let_holds_go(unit, self.chance, actor, doctor_id, now)
            if status is DoctorStatus.APPROVED:
                await release_all(unit, self.chance, doctor_id, now)
            if kind := _TOLD.get(status):
                recipient = Recipient(Role.DOCTOR, doctor_id)
                await tell(unit, self.chance, kind, recipient, at=now, about=f"{doctor_id}:{decided.version}")
            if request:
                await unit.requests.remember(request, decided)
        return decided


@dataclass(frozen=True, slots=True)
class SeeProviders:
    """How the providers outside answer, in this process."""

    providers: Providers

    async def __call__(self, actor: Actor) -> Sequence[ProviderState]:
        actor.as_administrator()
        return self.providers.states()


@dataclass(frozen=True, slots=True)
class ListTasks:
    """Durable work, newest first; `state` narrows it, to what failed for good for example."""

    storage: Storage

    async def __call__(
        self, actor: Actor, state: TaskState | None = None, *, after: UUID | None = None, limit: int = 50
    ) -> list[Task]:
        actor.as_administrator()
        sound_limit(limit)
        async with self.storage.reading() as unit:
            return await unit.tasks.list(state, after=after, limit=limit)


@dataclass(frozen=True, slots=True)
class RetryTask:
    """Make work that failed for good due again. Raise Outdated for work that has not."""

    storage: Storage

    async def __call__(self, actor: Actor, task_id: TaskId, *, request: RequestKey | None = None) -> Task:
        actor.as_administrator()
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, Task)):
                return done
            task = await unit.tasks.retry(task_id)
            now = await unit.now()
            await unit.notices.mark(task_id, Delivery.WAITING, at=now)
            act = Act(deed=Deed.RETRY_TASK, actor=actor, subject=Subject.TASK, subject_id=task_id, at=now)
            await unit.history.record(act)
            if request:
                await unit.requests.remember(request, task)
        return task


@dataclass(frozen=True, slots=True)
class CreateAdministrator:
    """A new administrator. For the command line alone: whoever runs it owns the database, so it takes no actor.

    Raise EmailTaken if a doctor or an administrator has the e-mail.
    """

    storage: Storage
    chance: Chance
    passwords: Passwords

    async def __call__(self, *, name: str, email: str, password: str, time_zone: str) -> Administrator:
        address = sound_email(email)
        secret = await sound_password(password, self.passwords, email=address)
        line, zone = sound_line("name", name), sound_zone(time_zone)
        id = AdministratorId(self.chance.new_id())
        password_hash = await self.passwords.hash(secret)
        async with self.storage.writing() as unit:
            now = await unit.now()
            administrator = Administrator(id=id, name=line, email=address, time_zone=zone, created_at=now)
            await unit.accounts.add_administrator(administrator)
            await unit.accounts.add_credential(Credential(Actor.administrator(id), address, password_hash))
            made = Act(
                deed=Deed.CREATE_ADMINISTRATOR, actor=SYSTEM, subject=Subject.ADMINISTRATOR, subject_id=id, at=now
            )
            await unit.history.record(made)
        return administrator
