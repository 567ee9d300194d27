"""Doctors' schedules in memory."""

from dataclasses import replace
from datetime import datetime

from adapters.persistence.memory.transaction import Schedule, Transaction
from scheduling_core.errors import NotFound
from scheduling_core.hours import Hours, TimeOff
from scheduling_core.ids import DoctorId, TimeOffId
from scheduling_core.instants import Interval


class MemorySchedules:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def lock(self, doctor_id: DoctorId) -> datetime:
        await self._write(doctor_id, await self._schedule(doctor_id))
        return self._transaction.clock.now()

    async def version(self, doctor_id: DoctorId) -> int:
        return (await self._schedule(doctor_id)).version

    async def hours(self, doctor_id: DoctorId) -> Hours:
        return (await self._schedule(doctor_id)).hours

    async def set_hours(self, doctor_id: DoctorId, hours: Hours) -> None:
        await self._write(doctor_id, replace(await self._schedule(doctor_id), hours=hours))

    async def time_off(self, doctor_id: DoctorId, *, within: Interval | None = None) -> list[TimeOff]:
        schedule = await self._schedule(doctor_id)
        return [each for each in schedule.time_off if within is None or each.interval.overlaps(within)]

    async def add_time_off(self, doctor_id: DoctorId, time_off: TimeOff) -> None:
        schedule = await self._schedule(doctor_id)
        ordered = sorted((*schedule.time_off, time_off), key=lambda each: (each.interval.start, each.id))
        await self._write(doctor_id, replace(schedule, time_off=tuple(ordered)))

    async def remove_time_off(self, doctor_id: DoctorId, time_off_id: TimeOffId) -> None:
        schedule = await self._schedule(doctor_id)
        kept = tuple(each for each in schedule.time_off if each.id != time_off_id)
        if kept == schedule.time_off:
            raise NotFound
        await self._write(doctor_id, replace(schedule, time_off=kept))

    async def _schedule(self, doctor_id: DoctorId) -> Schedule:
        schedule = (await self._transaction.view()).schedules.get(doctor_id)
        if schedule is None:
            raise NotFound
        return schedule

    async def _write(self, doctor_id: DoctorId, schedule: Schedule) -> None:
        view = await self._transaction.view()
        view.schedules.put(doctor_id, replace(schedule, version=schedule.version + 1))
