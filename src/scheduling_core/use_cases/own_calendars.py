"""Doctors' own calendars: read again and again, so that nobody books a time at which the doctor is busy elsewhere.

What cannot be read is never taken for free: slots stay as they were read last, and close when that is too long ago.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduling_core.access import Actor, Role
from scheduling_core.errors import InvalidInput, ProviderRefused, ProviderUnavailable
from scheduling_core.hours import Source, TimeOff
from scheduling_core.ids import DoctorId, TaskId, TimeOffId
from scheduling_core.instants import Interval
from scheduling_core.own_calendar import READ_EVERY, OwnCalendar, differences, time_off_by, to_read
from scheduling_core.ports.calendar import Calendar
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance, Patience
from scheduling_core.tasks import LookAgain, MessageKind, Recipient, read_calendar, said_of
from scheduling_core.use_cases.changes import tell
from scheduling_core.use_cases.fields import sound_email
from scheduling_core.use_cases.meetings import TAKES_PLACE
from scheduling_core.use_cases.releasing import release, release_all
from scheduling_core.widening import merged, without

WAITED_FOR = timedelta(seconds=1)
"""The longest that somebody who takes a time waits for what its doctor's own calendar says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was asked for, and what was answered."""

    seen: Interval
    busy: tuple[Interval, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A doctor's own calendar, if one is read, and to whom it is to be shown, where that is known."""

    own: OwnCalendar | None
    shared_with: str | None


@dataclass(frozen=True, slots=True)
class ReadBusyTimes:
    """Ask a doctor's own calendar when they are busy, and have their slots agree with it."""

    storage: Storage
    calendar: Calendar
    chance: Chance
    patience: Patience

    async def __call__(self, doctor_id: DoctorId, *, most: timedelta | None = None) -> LookAgain | None:
        """When to ask again; None where no calendar is read any more. With `most`, an answer that takes longer is none.

        Raise ProviderRefused where a person must act: the doctor was told then."""
        async with self.storage.reading() as unit:
            own, now = await unit.own_calendars.of(doctor_id), await unit.now()
            horizon = (await unit.schedules.hours(doctor_id)).horizon_days
        if own is None:
            return None
        try:
            reading = await self._ask(own.address, now, horizon_days=horizon, most=most)
        except ProviderRefused as refusal:
            await self._failed(own, now, refusal.code or "refused")
            raise
        except ProviderUnavailable as trouble:
            await self._failed(own, now, "unavailable")
            return LookAgain(now + READ_EVERY, said_of(trouble))
        async with self.storage.writing() as unit:
            await unit.schedules.lock(doctor_id)
            current = await unit.own_calendars.of(doctor_id)
            # Somebody chose another calendar meanwhile, or read this one later and was sooner here.
            if current is not None and current.address == own.address and current.read_at <= now:
                await unit.own_calendars.put(replace(current, read_at=now, tried_at=now, trouble=""))
                await agree(unit, self.chance, doctor_id, reading)
        return LookAgain(now + READ_EVERY)

    async def freshen(self, doctor_id: DoctorId) -> None:
        """Ask now, for somebody who waits; one asks for all who wait. They go on by what is known in any case, also where the one
        who asked gave up.

        A calendar that could not be read the last time is left to its task, and nobody waits for that. The task asks on, or where
        reading was refused has told the doctor, who chooses anew, and waits for an administrator.
        """
        await self.patience.once(doctor_id, lambda: self._freshen(doctor_id))

    async def _freshen(self, doctor_id: DoctorId) -> None:
        async with self.storage.reading() as unit:
            own = await unit.own_calendars.of(doctor_id)
        if own is None or own.trouble:
            return
        try:
            await self(doctor_id, most=WAITED_FOR)
        except ProviderRefused:
            # It stands with the calendar, and its doctor was told.
            return

    async def _ask(self, address: str, now: datetime, *, horizon_days: int, most: timedelta | None) -> Reading:
        async def asked() -> Reading:
            return await ask(self.calendar, address, now, horizon_days=horizon_days)

        return await (self.patience.briefly(asked, most=most) if most else asked())

    async def _failed(self, asked: OwnCalendar, now: datetime, trouble: str) -> None:
        async with self.storage.writing() as unit:
            await unit.schedules.lock(asked.doctor_id)
            current = await unit.own_calendars.of(asked.doctor_id)
            if current is None or current.address != asked.address or current.read_at > now:
                return
            await unit.own_calendars.put(replace(current, tried_at=now, trouble=trouble))
            if trouble != "unavailable" or now >= current.closes_at:
                doctor = Recipient(Role.DOCTOR, current.doctor_id)
                about = f"{current.doctor_id}:{current.read_at.isoformat()}"
                await tell(unit, self.chance, MessageKind.CALENDAR_UNREAD, doctor, at=now, about=about)


@dataclass(frozen=True, slots=True)
class SeeOwnCalendar:
    """The signed-in doctor's own calendar."""

    storage: Storage
    calendar: Calendar

    async def __call__(self, actor: Actor) -> Connection:
        doctor_id = actor.as_doctor()
        async with self.storage.reading() as unit:
            own = await unit.own_calendars.of(doctor_id)
        return Connection(own=own, shared_with=self.calendar.shared_with)


@dataclass(frozen=True, slots=True)
class ConnectCalendar:
    """From now on a calendar of the signed-in doctor's own is read; again, it is read at once.

    Nothing is stored unless it could be read: raise InvalidInput for one that is not shown to us, ProviderUnavailable
    while nobody can tell.
    """

    storage: Storage
    calendar: Calendar
    chance: Chance

    async def __call__(self, actor: Actor, address: str) -> Connection:
        doctor_id, address = actor.as_doctor(), sound_email(address, "address")
        if address == (self.calendar.shared_with or "").lower():
            raise InvalidInput("address", "That is the clinic's own calendar.")
        async with self.storage.reading() as unit:
            now, hours = await unit.now(), await unit.schedules.hours(doctor_id)
        try:
            reading = await ask(self.calendar, address, now, horizon_days=hours.horizon_days)
        except ProviderRefused as refusal:
            if refusal.code == "unshared":
                raise InvalidInput(
                    "address", "This calendar does not show us when you are busy. Share it first."
                ) from None
            raise ProviderUnavailable("calendars cannot be read at the moment") from refusal
        own = OwnCalendar(doctor_id=doctor_id, address=address, connected_at=now, read_at=now, tried_at=now)
        async with self.storage.writing() as unit:
            await unit.schedules.lock(doctor_id)
            before = await unit.own_calendars.of(doctor_id)
            if before is not None and before.address == address:
                own = replace(own, connected_at=before.connected_at)
            await unit.own_calendars.put(own)
            await agree(unit, self.chance, doctor_id, reading)
            again = read_calendar(TaskId(self.chance.new_id()), doctor_id, due_at=now + READ_EVERY, at=now)
            await unit.tasks.wake(again)
        return Connection(own=own, shared_with=self.calendar.shared_with)


@dataclass(frozen=True, slots=True)
class DisconnectCalendar:
    """No calendar of the signed-in doctor's is read any more; what it kept closed is open, whether or not there was one."""

    storage: Storage
    chance: Chance

    async def __call__(self, actor: Actor) -> None:
        doctor_id = actor.as_doctor()
        async with self.storage.writing() as unit:
            now = await unit.schedules.lock(doctor_id)
            await unit.own_calendars.remove(doctor_id)
            await _change(unit, self.chance, doctor_id, [], now)


async def ask(calendar: Calendar, address: str, now: datetime, *, horizon_days: int) -> Reading:
    """What a calendar says of all that can be booked. Outside of any transaction."""
    seen = to_read(now, horizon_days=horizon_days)
    return Reading(seen=seen, busy=tuple(await calendar.busy(address, seen)))


async def agree(unit: Unit, chance: Chance, doctor_id: DoctorId, reading: Reading) -> None:
    """Make the schedule say what was read. The caller holds its lock."""
    visits = [
        visit.interval
        for visit in await unit.appointments.occupying(doctor_id, reading.seen)
        if visit.status in TAKES_PLACE
    ]
    after = time_off_by(reading.busy, seen=reading.seen, visits=visits, new_id=lambda: TimeOffId(chance.new_id()))
    await _change(unit, chance, doctor_id, after, reading.seen.start)


async def _change(unit: Unit, chance: Chance, doctor_id: DoctorId, after: list[TimeOff], now: datetime) -> None:
    """Replace what calendars said so far, and have what that opens offered to those who wait for it."""
    before = [each for each in await unit.schedules.time_off(doctor_id) if each.source is not Source.DOCTOR]
    gone, come = differences(before, after)
    for each in gone:
        await unit.schedules.remove_time_off(doctor_id, each.id)
    for each in come:
        await unit.schedules.add_time_off(doctor_id, each)
    if any(each.counts_from is not None and each.counts_at(now) for each in gone):
        await release_all(unit, chance, doctor_id, now)
        return
    closed = merged(each.interval for each in after if each.counts_from is None)
    for each in gone:
        for opened in without(each.interval, closed) if each.counts_from is None else ():
            await release(unit, chance, doctor_id, opened, now)
