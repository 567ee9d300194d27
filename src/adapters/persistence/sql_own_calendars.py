"""Doctors' own calendars."""

from sqlalchemy import bindparam, delete, select

from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import upsert
from adapters.persistence.tables_doctors import own_calendars
from scheduling_core.ids import DoctorId
from scheduling_core.own_calendar import OwnCalendar

_NEW = upsert(own_calendars)
_PUT = _NEW.on_conflict_do_update(
    index_elements=[own_calendars.c.doctor_id],
    set_={column.name: _NEW.excluded[column.name] for column in own_calendars.c if not column.primary_key},
)
_OF = select(own_calendars).where(own_calendars.c.doctor_id == bindparam("doctor"))
_REMOVE = delete(own_calendars).where(own_calendars.c.doctor_id == bindparam("doctor"))


class SqlOwnCalendars:
    """Matches ports.own_calendars.OwnCalendars."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, calendar: OwnCalendar) -> None:
        values = {
            "doctor_id": calendar.doctor_id, "address": calendar.address, "connected_at": calendar.connected_at,
            "read_at": calendar.read_at, "tried_at": calendar.tried_at, "trouble": calendar.trouble,
        }  # fmt: skip
        await self._transaction.run(_PUT, values)

    async def of(self, doctor_id: DoctorId) -> OwnCalendar | None:
        row = await self._transaction.first(_OF, {"doctor": doctor_id})
        if row is None:
            return None
        return OwnCalendar(
            doctor_id=row.doctor_id,
            address=row.address,
            connected_at=row.connected_at,
            read_at=row.read_at,
            tried_at=row.tried_at,
            trouble=row.trouble,
        )

    async def remove(self, doctor_id: DoctorId) -> None:
        await self._transaction.run(_REMOVE, {"doctor": doctor_id})
