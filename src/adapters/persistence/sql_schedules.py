"""The schedule: its lock, its version, and the hours and time off that it stands for."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update

from adapters.persistence.sql_rows import hours_of, hours_values, time_off_of
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import INSTANT
from adapters.persistence.tables_doctors import hours, schedules, time_off
from scheduling_core.errors import NotFound
from scheduling_core.hours import Hours, TimeOff
from scheduling_core.ids import DoctorId, TimeOffId
from scheduling_core.instants import Interval

_GROW = update(schedules).where(schedules.c.doctor_id == bindparam("doctor")).values(version=schedules.c.version + 1)
_LOCK = _GROW.returning(schedules.c.version)
_LOCK_AND_TIME = _GROW.returning(func.clock_timestamp(type_=INSTANT))
_VERSION = select(schedules.c.version).where(schedules.c.doctor_id == bindparam("doctor"))
_HOURS = select(hours).where(hours.c.doctor_id == bindparam("doctor"))
_SET_HOURS = update(hours).where(hours.c.doctor_id == bindparam("doctor"))
_TIME_OFF = (
    select(time_off).where(time_off.c.doctor_id == bindparam("doctor")).order_by(time_off.c.starts_at, time_off.c.id)
)
_TIME_OFF_WITHIN = _TIME_OFF.where(
    time_off.c.ends_at > bindparam("start", type_=INSTANT), time_off.c.starts_at < bindparam("end", type_=INSTANT)
)
_ADD_TIME_OFF = insert(time_off)
_REMOVE = delete(time_off).where(time_off.c.doctor_id == bindparam("doctor"), time_off.c.id == bindparam("time_off"))


class SqlSchedules:
    """Matches ports.storage.Schedules. The lock is an UPDATE of the doctor's one narrow row, alone in its statement:
    reading the time or anything else in a statement that also waits would answer as of before the wait."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def lock(self, doctor_id: DoctorId) -> datetime:
        timed = self._transaction.on_database_time
        row = await self._transaction.first(_LOCK_AND_TIME if timed else _LOCK, {"doctor": doctor_id})
        if row is None:
            raise NotFound
        locked_at: datetime = row[0] if timed else await self._transaction.now()
        return locked_at

    async def version(self, doctor_id: DoctorId) -> int:
        row = await self._transaction.first(_VERSION, {"doctor": doctor_id})
        if row is None:
            raise NotFound
        return int(row.version)

    async def hours(self, doctor_id: DoctorId) -> Hours:
        row = await self._transaction.first(_HOURS, {"doctor": doctor_id})
        if row is None:
            raise NotFound
        return hours_of(row)

    async def set_hours(self, doctor_id: DoctorId, hours: Hours) -> None:
        await self._grow(doctor_id)
        await self._transaction.run(_SET_HOURS, {"doctor": doctor_id, **hours_values(hours)})

    async def time_off(self, doctor_id: DoctorId, *, within: Interval | None = None) -> list[TimeOff]:
        if within is None:
            rows = await self._transaction.rows(_TIME_OFF, {"doctor": doctor_id})
        else:
            window = {"doctor": doctor_id, "start": within.start, "end": within.end}
            rows = await self._transaction.rows(_TIME_OFF_WITHIN, window)
        return [time_off_of(row) for row in rows]

    async def add_time_off(self, doctor_id: DoctorId, time_off: TimeOff) -> None:
        await self._grow(doctor_id)
        await self._transaction.run(
            _ADD_TIME_OFF,
            {
                "id": time_off.id,
                "doctor_id": doctor_id,
                "starts_at": time_off.interval.start,
                "ends_at": time_off.interval.end,
                "note": time_off.note,
                "source": time_off.source.value,
                "counts_from": time_off.counts_from,
            },
        )

    async def remove_time_off(self, doctor_id: DoctorId, time_off_id: TimeOffId) -> None:
        await self._grow(doctor_id)
        if not await self._transaction.run(_REMOVE, {"doctor": doctor_id, "time_off": time_off_id}):
            raise NotFound

    async def _grow(self, doctor_id: DoctorId) -> None:
        if not await self._transaction.run(_GROW, {"doctor": doctor_id}):
            raise NotFound
