"""Time that became free again: noted in the transaction that frees it, for those who wait for it."""

from dataclasses import replace
from datetime import datetime

from scheduling_core.hours import Hours
from scheduling_core.ids import DoctorId, ReleaseId, TaskId
from scheduling_core.instants import Interval
from scheduling_core.ports.storage import Unit
from scheduling_core.ports.system import Chance
from scheduling_core.tasks import offer_time
from scheduling_core.waitlist import Release
from scheduling_core.widening import newly_open


async def release(unit: Unit, chance: Chance, doctor_id: DoctorId, interval: Interval, now: datetime) -> None:
    """Have what is still ahead of `interval` offered to those who wait for it, if anybody does."""
    if interval.end <= now:
        return
    ahead = Interval(start=max(interval.start, now), end=interval.end)
    noted = Release(id=ReleaseId(chance.new_id()), doctor_id=doctor_id, interval=ahead, at=now)
    if await unit.waitlist.release(noted):
        await unit.tasks.wake_at_end(offer_time(TaskId(chance.new_id()), doctor_id, due_at=now, at=now))


async def release_opened(
    unit: Unit, chance: Chance, doctor_id: DoctorId, before: Hours, after: Hours, now: datetime
) -> None:
    """Have what a change of hours opens offered to those who wait for it."""
    line = await unit.waitlist.line(doctor_id, now=now)
    if line:
        waited_for = Interval(
            start=min(entry.window.start for entry in line), end=max(entry.window.end for entry in line)
        )
        for opened in newly_open(before, after, within=waited_for, now=now):
            await release(unit, chance, doctor_id, opened, now)


async def release_all(unit: Unit, chance: Chance, doctor_id: DoctorId, now: datetime) -> None:
    """Have all the time of a doctor who can be booked from now on offered to those who wait for it."""
    hours = await unit.schedules.hours(doctor_id)
    closed = replace(hours, weekly=((),) * 7, overrides={})
    await release_opened(unit, chance, doctor_id, closed, hours, now)
