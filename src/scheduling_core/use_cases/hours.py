"""A doctor's hours and time off. Whatever changes here, a booked visit stays where it is or is ended openly."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.errors import InvalidInput, NotFound
from scheduling_core.hours import Hours, Source, TimeOff
from scheduling_core.ids import DoctorId, TimeOffId
from scheduling_core.instants import Interval
from scheduling_core.money import Money
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance, Clock
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.use_cases.changes import end
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.fields import sound_text
from scheduling_core.use_cases.releasing import release, release_opened

LONGEST_TIME_OFF = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedTimeOff:
    """The time off with the visits that it ended; or, when there is none, the visits that stand in its way."""

    time_off: TimeOff | None
    conflicts: list[AppointmentDetails]


@dataclass(frozen=True, slots=True)
class ReadHours:
    """The signed-in doctor's own hours."""

    storage: Storage

    async def __call__(self, actor: Actor) -> Hours:
        doctor_id = actor.as_doctor()
        async with self.storage.reading() as unit:
            return await unit.schedules.hours(doctor_id)


@dataclass(frozen=True, slots=True)
class SetHours:
    """Replace the signed-in doctor's hours, their zone included. What is held or booked stays where it is; time that
    they open is offered to those who wait for it."""

    storage: Storage
    chance: Chance

    async def __call__(self, actor: Actor, hours: Hours) -> Hours:
        doctor_id = actor.as_doctor()
        async with self.storage.writing() as unit:
            now = await unit.schedules.lock(doctor_id)
            before = await unit.schedules.hours(doctor_id)
            await unit.schedules.set_hours(doctor_id, hours)
            await release_opened(unit, self.chance, doctor_id, before, hours, now)
        return hours


@dataclass(frozen=True, slots=True)
class ListTimeOff:
    """The signed-in doctor's time off that is not over, earliest first."""

    storage: Storage
    clock: Clock

    async def __call__(self, actor: Actor) -> list[TimeOff]:
        doctor_id = actor.as_doctor()
        now = self.clock.now()
        async with self.storage.reading() as unit:
            time_off = await unit.schedules.time_off(doctor_id)
        return [each for each in time_off if each.source is Source.DOCTOR and each.interval.end > now]


@dataclass(frozen=True, slots=True)
class RemoveTimeOff:
    """Take time off back. Visits that it ended stay ended; its time is offered to those who wait for it.

    Raise NotFound for time off that is not this doctor's.
    """

    storage: Storage
    chance: Chance

    async def __call__(self, actor: Actor, time_off_id: TimeOffId) -> None:
        doctor_id = actor.as_doctor()
        async with self.storage.writing() as unit:
            now = await unit.schedules.lock(doctor_id)
            time_off = await unit.schedules.time_off(doctor_id)
            taken_back = [each for each in time_off if each.id == time_off_id and each.source is Source.DOCTOR]
            if not taken_back:
                raise NotFound
            await unit.schedules.remove_time_off(doctor_id, time_off_id)
            await release(unit, self.chance, doctor_id, taken_back[0].interval, now)


class _Undecided(Exception):
    """Visits stand in the way. Raised to roll everything back, so that the answer may come under the same key."""

    def __init__(self, conflicts: list[AppointmentDetails]) -> None:
        super().__init__()
        self.conflicts = conflicts


@dataclass(frozen=True, slots=True)
class AddTimeOff:
    """Close a stretch of time. Visits booked in it are listed first, and ended with a full refund once agreed to.

    Nothing is stored while the doctor has not agreed. Holds give way without asking: nothing has been paid for them
    that is not released. Visits that are over already are left alone. Raise InvalidInput for a stretch that is over
    or longer than 366 days.
    """

    storage: Storage
    chance: Chance

    async def __call__(
        self,
        actor: Actor,
        request: RequestKey | None,
        *,
        interval: Interval,
        note: str = "",
        cancel_conflicts: bool = False,
    ) -> AddedTimeOff:
        doctor_id = actor.as_doctor()
        if interval.end - interval.start > LONGEST_TIME_OFF:
            raise InvalidInput("ends_at", f"Time off lasts at most {LONGEST_TIME_OFF.days} days.")
        time_off = TimeOff(
            id=TimeOffId(self.chance.new_id()), interval=interval, note=sound_text("note", note, longest=200)
        )
        try:
            return await self._add(actor, doctor_id, request, time_off, cancel_conflicts)
        except _Undecided as undecided:
            return AddedTimeOff(time_off=None, conflicts=undecided.conflicts)

    @decide_again
    async def _add(
        self, actor: Actor, doctor_id: DoctorId, request: RequestKey | None, time_off: TimeOff, agreed: bool
    ) -> AddedTimeOff:
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, AddedTimeOff)):
                return done
            now = await unit.schedules.lock(doctor_id)
            if time_off.interval.end <= now:
                raise InvalidInput("ends_at", "This time is over already.")
            ahead = Interval(start=max(time_off.interval.start, now), end=time_off.interval.end)
            visits = await unit.appointments.booked_within(doctor_id, ahead)
            if visits and not agreed:
                raise _Undecided(await _details(unit, visits, actor))
            for struck in (*visits, *await _live_holds(unit, doctor_id, ahead, now)):
                nothing = Money(0, struck.quote.total.currency)
                await end(unit, self.chance, struck, Verb.STRIKE, actor, now, keep=nothing, reason="time off")
            await unit.schedules.add_time_off(doctor_id, time_off)
            added = AddedTimeOff(time_off=time_off, conflicts=await _details(unit, visits, actor))
            if request:
                await unit.requests.remember(request, added)
            return added


async def _live_holds(unit: Unit, doctor_id: DoctorId, within: Interval, now: datetime) -> list[Appointment]:
    # What reaches into the time with its gap alone is no visit in it; a lapsed hold has ended by itself.
    return [
        held
        for held in await unit.appointments.occupying(doctor_id, within)
        if held.status is Status.PENDING and held.interval.overlaps(within) and not held.hold_lapsed(now)
    ]


async def _details(unit: Unit, visits: list[Appointment], actor: Actor) -> list[AppointmentDetails]:
    return [await unit.appointments.details(visit.id, actor) for visit in visits]
