"""Doctors' own calendars in memory."""

from adapters.persistence.memory.transaction import Transaction
from scheduling_core.ids import DoctorId
from scheduling_core.own_calendar import OwnCalendar


class MemoryOwnCalendars:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, calendar: OwnCalendar) -> None:
        (await self._transaction.view()).own_calendars.put(calendar.doctor_id, calendar)

    async def of(self, doctor_id: DoctorId) -> OwnCalendar | None:
        return (await self._transaction.view()).own_calendars.get(doctor_id)

    async def remove(self, doctor_id: DoctorId) -> None:
        (await self._transaction.view()).own_calendars.remove(doctor_id)
