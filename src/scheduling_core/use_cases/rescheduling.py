"""Moving a visit to another time of its doctor, for the same person and the same money."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.availability import offered
from scheduling_core.errors import CannotReschedule, Forbidden, SlotNotOffered, Superseded
from scheduling_core.hours import Hours
from scheduling_core.ids import AppointmentId
from scheduling_core.instants import Interval
from scheduling_core.money import Money
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance, Clock
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.rescheduling import bar_to_move, full_refund_until, move_to
from scheduling_core.terms import Terms
from scheduling_core.use_cases.asking_first import asking_first, require_fresh
from scheduling_core.use_cases.changes import end, reschedule
from scheduling_core.use_cases.claims import Claim, require_free
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.own_calendars import ReadBusyTimes
from scheduling_core.use_cases.visit_verbs import answered, under_locks

NOT_LISTED = "not_listed"
"""Why nothing can be claimed of a doctor who is suspended."""


def _require_participant(actor: Actor) -> None:
    """Patients and doctors move visits. Raise Forbidden for administrators, Unauthenticated for nobody."""
    actor.known()
    if actor.role not in (Role.PATIENT, Role.DOCTOR):
        raise Forbidden


@dataclass(frozen=True, slots=True, kw_only=True)
class ReschedulePreview:
    """Whether the actor could move the visit now. `why_not` is a Bar or NOT_LISTED; `moves_left` is None for doctors,
    who have no limit; `until` is the last instant at which they may, as things stand."""

    allowed: bool
    why_not: str | None
    moves_left: int | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class PreviewReschedule:
    """What Reschedule would say of the visit itself at this moment, whatever the new time."""

    storage: Storage
    clock: Clock
    terms: Terms

    async def __call__(self, actor: Actor, appointment_id: AppointmentId) -> ReschedulePreview:
        _require_participant(actor)
        now, most = self.clock.now(), self.terms.most_moves
        async with self.storage.reading() as unit:
            visit = (await unit.appointments.get(appointment_id, actor)).seen_at(now)
            listed = (await unit.doctors.get(visit.doctor_id)).listed
        bar = bar_to_move(visit, actor.role, now, most_moves=most)
        why_not = str(bar) if bar else None if listed else NOT_LISTED
        by_doctor = actor.role is Role.DOCTOR
        last = visit.ends_at if by_doctor else full_refund_until(visit)
        return ReschedulePreview(
            allowed=why_not is None,
            why_not=why_not,
            moves_left=None if by_doctor else max(0, most - visit.moves),
            until=last if why_not is None else None,
        )


@dataclass(frozen=True, slots=True)
class Reschedule:
    """Give a booked visit another start: same row, same payment, same doctor, same length.

    Of rivals for a time exactly one gets it, and the visit has its old time until the moment in which it has the new one;
    its own old time is not in its way. A visit whose doctor has changed the slot length keeps its own: it begins where a
    slot of today's hours begins, and all of it must be open and free. Asked for the start that it has, nothing changes.
    The doctor's own calendar is asked before, as for a hold.

    Raise CannotReschedule, SlotNotOffered, SlotTaken, PatientBusy; Superseded where the visit is no longer the
    `expected_version`.
    """

    storage: Storage
    chance: Chance
    terms: Terms
    read_busy_times: ReadBusyTimes

    async def __call__(
        self,
        actor: Actor,
        request: RequestKey | None,
        *,
        appointment_id: AppointmentId,
        starts_at: datetime,
        expected_version: int | None = None,
    ) -> AppointmentDetails:
        _require_participant(actor)
        return await asking_first(
            self.read_busy_times,
            lambda asked: self._decide(actor, request, appointment_id, starts_at, expected_version, asked=asked),
        )

    @decide_again
    async def _decide(
        self,
        actor: Actor,
        request: RequestKey | None,
        appointment_id: AppointmentId,
        starts_at: datetime,
        expected_version: int | None,
        *,
        asked: bool,
    ) -> AppointmentDetails:
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, AppointmentDetails)):
                return done
            visit, now = await under_locks(unit, appointment_id, actor, person=True)
            if expected_version not in (None, visit.version):
                raise Superseded
            if (visit.status, visit.starts_at) != (Status.BOOKED, starts_at):
                await self._move(unit, actor, visit, starts_at, now, asked=asked)
            return await answered(unit, request, actor, appointment_id)

    async def _move(
        self, unit: Unit, actor: Actor, visit: Appointment, starts_at: datetime, now: datetime, *, asked: bool
    ) -> None:
        if bar := bar_to_move(visit, actor.role, now, most_moves=self.terms.most_moves):
            raise CannotReschedule(bar)
        if not (await unit.doctors.get(visit.doctor_id)).listed:
            raise SlotNotOffered(NOT_LISTED)
        hours = await unit.schedules.hours(visit.doctor_id)
        interval = await _open_time(unit, visit, hours, starts_at, now, asked=asked)
        gap = timedelta(minutes=hours.gap_minutes)
        if actor.role is Role.PATIENT:
            await self._let_own_hold_go(unit, actor, visit, interval, now)
        claim = Claim(
            doctor_id=visit.doctor_id,
            person_id=visit.person_id,
            interval=interval,
            occupied=Interval(start=interval.start, end=interval.end + gap),
            but=visit.id,
        )
        await require_free(unit, self.chance, claim, now)
        patient = await unit.patients.get(visit.booked_by)
        zones = (hours.time_zone, patient.time_zone)
        move = move_to(visit, interval, actor, now, gap=gap, zones=zones)
        await reschedule(unit, self.chance, move, freed=visit.occupied)

    async def _let_own_hold_go(
        self, unit: Unit, actor: Actor, visit: Appointment, interval: Interval, now: datetime
    ) -> None:
        """Whoever began to book that very time before they thought of moving is not kept out by their own hold."""
        for mine in await unit.appointments.pending_of(visit.booked_by):
            same = mine.doctor_id == visit.doctor_id and mine.hold_kind is HoldKind.PATIENT
            if same and mine.interval.overlaps(interval) and not mine.hold_lapsed(now):
                nothing = Money(0, mine.quote.total.currency)
                await end(unit, self.chance, mine, Verb.REPLACE, actor, now, keep=nothing)


async def _open_time(
    unit: Unit, visit: Appointment, hours: Hours, starts_at: datetime, now: datetime, *, asked: bool
) -> Interval:
    length = visit.ends_at - visit.starts_at
    wanted = Interval(start=starts_at, end=starts_at + length)
    time_off = await unit.schedules.time_off(visit.doctor_id, within=wanted)
    if not asked:
        require_fresh(visit.doctor_id, time_off, now)
    return offered(hours, time_off=time_off, starts_at=starts_at, now=now, length=length)
