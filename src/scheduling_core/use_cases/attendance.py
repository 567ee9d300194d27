"""Who came: what happens to a visit from shortly before its start until it is history."""

from dataclasses import dataclass
from datetime import datetime

from scheduling_core.access import SYSTEM, Actor, Role
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.ids import AppointmentId, TaskId
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.tasks import fulfil_visit
from scheduling_core.terms import Terms
from scheduling_core.use_cases.changes import fulfil
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.visit_verbs import answered
from scheduling_core.windows import Action, Case, permit, require, window_of


@dataclass(frozen=True, slots=True)
class _Step:
    """What the verbs of this room share: none changes who has the time, so the appointment's own lock is enough."""

    storage: Storage
    chance: Chance
    terms: Terms

    async def _take(
        self, action: Action, verb: Verb, actor: Actor, request: RequestKey | None, appointment_id: AppointmentId
    ) -> AppointmentDetails:
        permit(action, actor)
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, AppointmentDetails)):
                return done
            appointment = await unit.appointments.lock(appointment_id, actor)
            now = await unit.now()
            if not _said_already(verb, appointment):
                require(action, self._case(appointment, actor.role), now)
                await self._move(unit, appointment, verb, actor, now)
            return await answered(unit, request, actor, appointment_id)

    async def _move(self, unit: Unit, appointment: Appointment, verb: Verb, actor: Actor, now: datetime) -> None:
        """The step, and what follows from it in the same transaction."""
        await unit.appointments.store(appointment.move(verb, actor, now))

    def _case(self, appointment: Appointment, role: Role) -> Case:
        return Case(appointment=appointment, role=role, terms=self.terms)


def _said_already(verb: Verb, appointment: Appointment) -> bool:
    # Whoever lost the connection joins again, and the other party may have said so first.
    return verb is Verb.ARRIVE and appointment.status is Status.ARRIVED


@dataclass(frozen=True, slots=True)
class Arrive(_Step):
    """The patient joins, or the doctor says that they came; said again, it changes nothing.

    Raise TooEarly more than `terms.arrive_early` before the start, TooLate from the end on, IllegalTransition for what
    is not booked.
    """

    @decide_again
    async def __call__(
        self, actor: Actor, request: RequestKey | None, *, appointment_id: AppointmentId
    ) -> AppointmentDetails:
        return await self._take(Action.ARRIVE, Verb.ARRIVE, actor, request, appointment_id)


@dataclass(frozen=True, slots=True)
class Fulfil(_Step):
    """The doctor says that the visit took place. Raise TooEarly before its start."""

    @decide_again
    async def __call__(
        self, actor: Actor, request: RequestKey | None, *, appointment_id: AppointmentId
    ) -> AppointmentDetails:
        return await self._take(Action.FULFIL, Verb.FULFIL, actor, request, appointment_id)

    async def _move(self, unit: Unit, appointment: Appointment, verb: Verb, actor: Actor, now: datetime) -> None:
        await fulfil(unit, self.chance, appointment, actor, now)


@dataclass(frozen=True, slots=True)
class MarkMissed(_Step):
    """The doctor says that the patient did not come; the clinic keeps the money. Raise TooEarly within `terms.grace`."""

    @decide_again
    async def __call__(
        self, actor: Actor, request: RequestKey | None, *, appointment_id: AppointmentId
    ) -> AppointmentDetails:
        return await self._take(Action.NO_SHOW, Verb.MISS, actor, request, appointment_id)


@dataclass(frozen=True, slots=True)
class UndoMissed(_Step):
    """The doctor takes it back, and the visit is again what it was. Raise TooLate after `terms.undo_within`."""

    @decide_again
    async def __call__(
        self, actor: Actor, request: RequestKey | None, *, appointment_id: AppointmentId
    ) -> AppointmentDetails:
        return await self._take(Action.UNDO_NO_SHOW, Verb.UNDO_MISS, actor, request, appointment_id)

    async def _move(self, unit: Unit, appointment: Appointment, verb: Verb, actor: Actor, now: datetime) -> None:
        await unit.appointments.store(appointment.move(verb, actor, now))
        # The task that closes the visit may have found it missed, and been done with it.
        due_at = max(now, appointment.ends_at)
        await unit.tasks.wake(fulfil_visit(TaskId(self.chance.new_id()), appointment.id, due_at=due_at, at=now))


@dataclass(frozen=True, slots=True)
class FulfilAfterwards(_Step):
    """A visit of which nobody said otherwise took place: fulfilled `terms.fulfilled_after` its end. Answers when to look
    again; None when there is nothing left to wait for."""

    @decide_again
    async def __call__(self, appointment_id: AppointmentId) -> datetime | None:
        async with self.storage.writing() as unit:
            appointment = await unit.appointments.lock(appointment_id, SYSTEM)
            now = await unit.now()
            window = window_of(Action.FULFIL, self._case(appointment, Role.SYSTEM))
            if window is None:
                return None
            if not window.open(now):
                return window.opens_at
            await fulfil(unit, self.chance, appointment, SYSTEM, now)
            return None
