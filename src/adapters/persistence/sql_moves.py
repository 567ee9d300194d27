"""Changes of status: the row and its event, written together or not at all.

On PostgreSQL they are one statement. SQLite has no statement that writes two tables, and no round trip to save.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.sql.dml import Insert

from adapters.persistence.sql_rows_visits import appointment_values, event_values
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.tables_visits import appointments, events
from scheduling_core.appointment import Appointment, Move
from scheduling_core.errors import Outdated
from scheduling_core.event import Event

_ROW = [column for column in appointments.c if column is not appointments.c.id]
_EVENT = [column for column in events.c if column.name not in {"number", "subject", "subject_id"}]

CHANGE = update(appointments).where(
    appointments.c.id == bindparam("wanted"), appointments.c.version == bindparam("read")
)
"""One row's change, where it is still as it was read; `change_of` makes the parameters."""
_ADD = insert(appointments)
_ADD_EVENT = insert(events).inline()


def _with_event(row: Any) -> Insert:
    """The event, for the row that another part of the statement has written, if it has."""
    written = row.returning(appointments.c.id).cte("written")
    values = select(*(bindparam(f"event_{column.name}", type_=column.type) for column in _EVENT)).select_from(written)
    return insert(events).inline().from_select([column.name for column in _EVENT], values)


def _new(columns: list[Any]) -> dict[str, Any]:
    return {column.name: bindparam(f"new_{column.name}", type_=column.type) for column in columns}


_ADD_BOTH = _with_event(insert(appointments).values(_new([appointments.c.id, *_ROW])))
_CHANGE_BOTH = _with_event(CHANGE.values(_new(_ROW)))


def change_of(appointment: Appointment) -> dict[str, Any]:
    """What `CHANGE` needs to turn the version before this one into this one."""
    values = appointment_values(appointment)
    return {"wanted": appointment.id, "read": appointment.version - 1, "version": appointment.version, **values}


async def add(transaction: Transaction, move: Move) -> None:
    """What `Appointments.add` does."""
    values = {"id": move.after.id, "version": move.after.version, **appointment_values(move.after)}
    event = event_values(Event.of(move))
    if transaction.on_postgresql:
        await transaction.run(_ADD_BOTH, _prefixed("new_", values) | _prefixed("event_", event))
    else:
        await transaction.run(_ADD, values)
        await transaction.run(_ADD_EVENT, event)


def add_at_end(transaction: Transaction, move: Move) -> None:
    """What `Appointments.add_at_end` does."""
    values = {"id": move.after.id, "version": move.after.version, **appointment_values(move.after)}
    transaction.together(_ADD, values)
    transaction.together(_ADD_EVENT, event_values(Event.of(move)))


async def store(transaction: Transaction, move: Move) -> Appointment:
    """What `Appointments.store` does."""
    stored = replace(move.after, version=move.after.version + 1)
    change, event = change_of(stored), event_values(Event.of(move))
    if transaction.on_postgresql:
        where = {"wanted": change.pop("wanted"), "read": change.pop("read")}
        if not await transaction.run(_CHANGE_BOTH, where | _prefixed("new_", change) | _prefixed("event_", event)):
            raise Outdated
    else:
        if not await transaction.run(CHANGE, change):
            raise Outdated
        await transaction.run(_ADD_EVENT, event)
    return stored


def _prefixed(prefix: str, values: dict[str, Any]) -> dict[str, Any]:
    return {prefix + name: value for name, value in values.items()}
