"""What becomes of the visits of a doctor who was suspended: an administrator sees them, and calls them off."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.doctor import DoctorStatus
from scheduling_core.errors import IllegalTransition
from scheduling_core.ids import AppointmentId, DoctorId
from scheduling_core.instants import Interval
from scheduling_core.money import Money
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance, Clock
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.use_cases.changes import end
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.fields import sound_text

LONGEST_REASON = 500
MOST_AT_ONCE = 200
"""How many visits one request calls off, so that it ends in time; whoever asks again goes on."""
_AHEAD = timedelta(days=800)
"""No visit begins later: hours are published for 730 days at most."""
_ENDED_BY = {Status.BOOKED: Verb.CANCEL, Status.ARRIVED: Verb.STRIKE}


@dataclass(frozen=True, slots=True)
class ListDoctorVisits:
    """A doctor's visits that are still to begin, by start, for administrators. Raise NotFound for no such doctor."""

    storage: Storage
    clock: Clock

    async def __call__(
        self,
        actor: Actor,
        doctor_id: DoctorId,
        *,
        after: tuple[datetime, UUID] | None = None,
        limit: int | None = None,
    ) -> list[AppointmentDetails]:
        actor.as_administrator()
        now = self.clock.now()
        async with self.storage.reading() as unit:
            await unit.doctors.get(doctor_id)
            found = await unit.appointments.schedule(doctor_id, Interval(start=now, end=now + _AHEAD))
        ahead = [each for each in found if _is_ahead(each.appointment, now)]
        return [each for each in ahead if after is None or _place(each.appointment) > after][:limit]


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledVisits:
    """How many visits were called off, and how many are left for the next request."""

    cancelled: int
    left: int


class _NotAnswered(Exception):
    """Nobody has asked under this key. Raised to roll back, since the work is in transactions of its own."""


@dataclass(frozen=True, slots=True)
class CancelDoctorVisits:
    """Call off what a suspended doctor has ahead, each visit with a full refund in a transaction of its own.

    Interrupted anywhere, what was called off stays so, and asking again goes on. A visit that is moved or cancelled
    meanwhile is decided on as it then is. Raise NotFound for no such doctor, IllegalTransition for one who is not suspended.
    """

    storage: Storage
    clock: Clock
    chance: Chance
    most_at_once: int = MOST_AT_ONCE

    async def __call__(
        self, actor: Actor, request: RequestKey | None, *, doctor_id: DoctorId, reason: str = ""
    ) -> CancelledVisits:
        actor.as_administrator()
        why = sound_text("reason", reason, longest=LONGEST_REASON)
        if request and (done := await self._answered(request)):
            return done
        ahead = await ListDoctorVisits(self.storage, self.clock)(actor, doctor_id)
        ended = [await self._cancel(actor, doctor_id, each.appointment.id, why) for each in ahead[: self.most_at_once]]
        if not ahead:
            await self._require_suspended(doctor_id)
        result = CancelledVisits(cancelled=sum(ended), left=max(0, len(ahead) - self.most_at_once))
        return await self._remember(request, result) if request else result

    @decide_again
    async def _cancel(self, actor: Actor, doctor_id: DoctorId, appointment_id: AppointmentId, reason: str) -> bool:
        async with self.storage.writing() as unit:
            now = await unit.schedules.lock(doctor_id)
            await _check_suspended(unit, doctor_id)
            visit = await unit.appointments.lock(appointment_id, actor)
            if not _is_ahead(visit, now):
                return False
            nothing = Money(0, visit.quote.total.currency)
            await end(unit, self.chance, visit, _ENDED_BY[visit.status], actor, now, keep=nothing, reason=reason)
            return True

    async def _require_suspended(self, doctor_id: DoctorId) -> None:
        async with self.storage.reading() as unit:
            await _check_suspended(unit, doctor_id)

    async def _answered(self, request: RequestKey) -> CancelledVisits | None:
        try:
            async with self.storage.writing() as unit:
                if done := await unit.requests.begin(request, CancelledVisits):
                    return done
                raise _NotAnswered
        except _NotAnswered:
            return None

    @decide_again
    async def _remember(self, request: RequestKey, result: CancelledVisits) -> CancelledVisits:
        async with self.storage.writing() as unit:
            if done := await unit.requests.begin(request, CancelledVisits):
                return done
            await unit.requests.remember(request, result)
            return result


async def let_holds_go(unit: Unit, chance: Chance, actor: Actor, doctor_id: DoctorId, now: datetime) -> None:
    """End the live holds on a doctor's time: nobody pays for a visit with a doctor who was just suspended."""
    for held in await unit.appointments.occupying(doctor_id, Interval(start=now, end=now + _AHEAD)):
        if held.status is Status.PENDING and not held.hold_lapsed(now):
            await end(unit, chance, held, Verb.STRIKE, actor, now, keep=Money(0, held.quote.total.currency))


async def _check_suspended(unit: Unit, doctor_id: DoctorId) -> None:
    if (await unit.doctors.get(doctor_id)).status is not DoctorStatus.SUSPENDED:
        raise IllegalTransition("Suspend the doctor first, so that nobody books what is called off.")


def _is_ahead(visit: Appointment, now: datetime) -> bool:
    return visit.status in _ENDED_BY and visit.starts_at > now


def _place(visit: Appointment) -> tuple[datetime, UUID]:
    return visit.starts_at, visit.id
